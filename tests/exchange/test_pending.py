"""What happens when an agency does not answer: statuses, time budget, jobs, breaker, and the end of waiting."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings
from tests.exchange.conftest import ALIVE, DEAD, DEATH
from tests.exchange.county import SYSTEM, citizen, job, lines_about, make_person, officer, queued, replies_about

from hrss.exchange import gateway as gateways
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.asking import ask, ask_many
from hrss.exchange.breaker import FAILURES_TO_OPEN, FIRST_PAUSE_SECONDS, Breaker
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.completing import abandon
from hrss.exchange.consulting import WEB_BUDGET_SECONDS
from hrss.exchange.jobs import complete_batch
from hrss.exchange.models import KeptAnswer
from hrss.exchange.queries import answer_of, asked_about
from hrss.exchange.retry import PAUSES_SECONDS
from hrss.exchange.simulators import fleet
from hrss.foundation.scope import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


def fault(folder: Path, **plan: object) -> None:
    fleet.admin(folder, "police", "/admin/faults", dict(plan))


def batch_of(subject: UUID) -> UUID:
    return lines_about(subject)[-1].batch


def calls(folder: Path) -> int:
    stats = fleet.admin(folder, "police", "/admin/stats")
    return sum(number for what, number in stats.items() if what.endswith((".query", ".bulk")))


@pytest.mark.parametrize(
    ("plan", "status", "failure", "code"),
    [
        ({"error_rate": 1.0}, "pending", "", ""),
        ({"kind": "reset"}, "pending", "", ""),
        ({"kind": "truncated"}, "pending", "", ""),
        ({"kind": "garbage"}, "pending", "", ""),
        ({"kind": "timeout"}, "pending", "", ""),
        ({"kind": "drip"}, "pending", "", ""),
        ({"kind": "wrong_signature"}, "failed", "untrusted", "auth.signature"),
        ({"kind": "garbage_signed"}, "failed", "permanent", "agency.envelope"),
        ({"kind": "unexpected_fields"}, "failed", "permanent", "exchange.unfit"),
        ({"kind": "not_found_path"}, "failed", "permanent", "path.unknown"),
    ],
)
def test_failures_become_statuses(
    agencies: Path, plan: dict[str, object], status: str, failure: str, code: str
) -> None:
    person = make_person(DEAD)
    fault(agencies, **plan)
    answer = ask("police.death", person, actor=officer())
    assert (answer.status, answer.data) == (status, None)
    assert answer.reason
    assert answer.may_be_promised
    replies = [(reply.status, reply.failure, reply.code) for reply in replies_about(person)]
    assert replies == ([("failed", failure, code)] if status == "failed" else [])
    assert [row["attempt"] for row in queued(batch_of(person))] == ([1] if status == "pending" else [])


@pytest.mark.parametrize("plan", [{"kind": "timeout"}, {"kind": "drip"}, {"delay_ms": 3000}])
def test_nobody_at_a_page_waits_longer_than_the_budget(agencies: Path, plan: dict[str, object]) -> None:
    person = make_person(DEAD)
    fault(agencies, **plan)
    began = time.monotonic()
    assert ask("police.death", person, actor=officer()).status == "pending"
    assert time.monotonic() - began < WEB_BUDGET_SECONDS + 0.4


def test_an_automatic_step_within_a_page_does_not_wait_either(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, delay_ms=1500)
    with acting(officer()):
        assert ask("police.death", person, actor=job()).status == "pending"
    assert ask("police.death", person, actor=job()).status == "answered"


def test_a_pending_question_is_completed_by_its_job(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, delay_ms=1000, times=1)
    answer = ask("police.death", person, actor=officer())
    assert answer_of(answer.line_id, actor=officer()).status == "pending"
    assert [line.outcome for line in asked_about(person, actor=citizen(person))] == ["pending"]
    complete_batch(batch=str(batch_of(person)), attempt=1)
    later = answer_of(answer.line_id, actor=officer())
    assert (later.status, later.data) == ("answered", DEATH)
    assert [line.outcome for line in asked_about(person, actor=citizen(person))] == ["answered"]
    assert ask("police.death", person, actor=officer()).is_kept


def test_a_job_that_runs_twice_changes_nothing(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, kind="reset", times=1)
    ask("police.death", person, actor=officer())
    complete_batch(batch=str(batch_of(person)), attempt=1)
    with acting(SYSTEM):
        KeptAnswer.objects.filter(subject_id=person).update(valid_until="2020-01-01T00:00:00Z")
    before = calls(agencies)
    complete_batch(batch=str(batch_of(person)), attempt=1)
    assert calls(agencies) == before
    assert len(replies_about(person)) == 1


def test_a_slow_question_never_waits_in_a_page_and_does_in_a_job(agencies: Path) -> None:
    person, before = make_person(DEAD), calls(agencies)
    clerk = officer(line="card", purpose="counter")
    assert ask("police.photo_hash", person, actor=clerk).status == "pending"
    assert calls(agencies) == before
    complete_batch(batch=str(batch_of(person)), attempt=1)
    assert calls(agencies) == before + 1
    assert replies_about(person)[0].status == "none"
    other = make_person(ALIVE)
    assert ask("police.photo_hash", other, actor=job()).status == "none"


def test_each_attempt_waits_longer_and_the_last_one_gives_up(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, error_rate=1.0)
    ask("police.death", person, actor=officer())
    batch = str(batch_of(person))
    attempts = len(PAUSES_SECONDS[Failure.TRANSIENT]) + 1
    for attempt in range(1, attempts):
        gateways.forget_gateway()
        complete_batch(batch=batch, attempt=attempt)
        assert replies_about(person) == []
    waits = [row["seconds"] for row in queued(UUID(batch))]
    assert waits[1:] == sorted(waits[1:])
    assert len(waits) == attempts
    complete_batch(batch=batch, attempt=attempts)
    (reply,) = replies_about(person)
    assert (reply.status, reply.failure, reply.code) == ("failed", "transient", "agency.busy")
    assert len(queued(UUID(batch))) == attempts


def test_a_job_closes_a_permanent_failure_at_once(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, kind="reset", times=1)
    ask("police.death", person, actor=officer())
    fault(agencies, kind="wrong_signature")
    complete_batch(batch=str(batch_of(person)), attempt=1)
    assert [reply.failure for reply in replies_about(person)] == ["untrusted"]
    assert len(queued(batch_of(person))) == 1


def test_bulk_in_a_page_has_one_budget_and_leaves_the_rest_to_one_job_a_page(
    agencies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrss.exchange.asking.PAGE_SIZE", 2)
    people = [make_person(f"99923619500101{number:04d}") for number in range(6)]
    fault(agencies, delay_ms=300)
    began = time.monotonic()
    answers = ask_many("police.death", people, actor=officer())
    assert time.monotonic() - began < WEB_BUDGET_SECONDS + 0.5
    statuses = [answers[person].status for person in people]
    assert statuses[:4] == ["none"] * 4
    assert statuses[4:] == ["pending"] * 2
    assert batch_of(people[4]) == batch_of(people[5])
    assert len(queued(batch_of(people[4]))) == 1
    fault(agencies)
    complete_batch(batch=str(batch_of(people[4])), attempt=1)
    assert [replies_about(person)[0].status for person in people] == ["none"] * 6


def test_a_page_that_fails_half_way_leaves_every_line_its_fate(agencies: Path) -> None:
    people = [make_person(DEAD), make_person(ALIVE)]
    ask("police.death", people[0], actor=job())
    fault(agencies, kind="wrong_signature")
    answers = ask_many("police.death", people, actor=job())
    assert (answers[people[0]].status, answers[people[0]].is_kept) == ("answered", True)
    assert answers[people[1]].status == "failed"


@pytest.mark.usefixtures("unhurried")
def test_the_breaker_stops_asking_and_recovers(agencies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    gateway = gateways.Gateway(agencies, breaker=lambda: Breaker(clock=lambda: clock[0]))
    monkeypatch.setattr("hrss.exchange.consulting.gateway", lambda: gateway)
    monkeypatch.setattr("hrss.exchange.completing.gateway", lambda: gateway)
    person = make_person(DEAD)
    fault(agencies, kind="garbage")
    for _ in range(FAILURES_TO_OPEN):
        ask("police.death", person, actor=officer())
    fault(agencies)
    before = calls(agencies)
    assert ask("police.death", person, actor=officer()).status == "pending"
    assert calls(agencies) == before
    assert ask("civil.low_income", person, actor=officer()).status == "none"
    complete_batch(batch=str(batch_of(person)), attempt=1)
    clock[0] += FIRST_PAUSE_SECONDS
    assert ask("police.death", person, actor=officer()).status == "answered"
    assert calls(agencies) == before + 1
    gateway.close()


def test_a_job_waits_at_least_as_long_as_the_breaker(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, kind="garbage")
    for _ in range(FAILURES_TO_OPEN):
        ask("police.death", person, actor=officer())
    complete_batch(batch=str(batch_of(person)), attempt=1)
    waits = [row["seconds"] for row in queued(batch_of(person))]
    assert waits[-1] > FIRST_PAUSE_SECONDS - 2


def test_a_subject_that_is_gone_and_a_question_that_was_withdrawn_end_the_waiting(
    agencies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person(DEAD)
    fault(agencies, kind="reset", times=2)
    ask("police.death", person, actor=officer())
    first = batch_of(person)
    ask("police.death", person, actor=officer())
    monkeypatch.setattr("hrss.exchange.completing.resolve", lambda question, ids: {})
    complete_batch(batch=str(first), attempt=1)
    assert [reply.code for reply in replies_about(person)] == ["exchange.no_subject"]
    monkeypatch.delitem(CATALOGUE._questions, "police.death")
    complete_batch(batch=str(batch_of(person)), attempt=1)
    assert [reply.code for reply in replies_about(person)] == ["exchange.no_subject", "exchange.unknown_question"]


def test_lines_whose_asker_went_away_are_closed_without_asking(agencies: Path) -> None:
    person = make_person(DEAD)
    fault(agencies, kind="reset", times=1)
    ask("police.death", person, actor=officer())
    before = calls(agencies)
    abandon(older_than=timedelta(hours=1))
    assert replies_about(person) == []
    abandon(older_than=timedelta(seconds=-1))
    assert [(reply.status, reply.code) for reply in replies_about(person)] == [("failed", "exchange.abandoned")]
    assert calls(agencies) == before


@pytest.mark.usefixtures("unhurried")
def test_an_agency_that_moves_to_another_port_is_found_again(tmp_path: Path, settings: Settings) -> None:
    settings.HRSS_AGENCIES = tmp_path
    person = make_person(DEAD)
    assert ask("police.death", person, actor=officer()).status == "pending"
    for _ in range(2):
        running = fleet.start(tmp_path, agencies=["police"])
        answer = ask("police.household", person, actor=officer())
        running.stop()
        assert answer.status == "none"
        gateways_breaker_is_closed = gateways.gateway().seconds_paused("police") == 0
        assert gateways_breaker_is_closed


def test_failures_know_whether_they_speak_against_the_agency() -> None:
    assert CallFailed(Failure.TRANSIENT, "x", "x").speaks_against_the_agency
    assert not CallFailed(Failure.PERMANENT, "x", "x").speaks_against_the_agency
    slow = replace(CATALOGUE.question("police.death"), slow=True)
    assert slow.digest == CATALOGUE.question("police.death").digest
