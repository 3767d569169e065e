"""Asking, against running simulators and a real ledger: answers, kept answers, refusals and what the ledger shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.exchange.conftest import ALIVE, DEAD, DEATH, FIRM
from tests.exchange.county import (
    OTHER_VILLAGE,
    SYSTEM,
    citizen,
    job,
    lines_about,
    make_firm,
    make_person,
    officer,
    queued,
    replies_about,
)

from hrss.exchange.asking import ask, ask_many
from hrss.exchange.catalogue.question import Promise
from hrss.exchange.catalogue.registry import CATALOGUE, Answerer
from hrss.exchange.kept import find_kept
from hrss.exchange.models import Inquiry, KeptAnswer
from hrss.exchange.queries import agency_health, answer_of, asked_about, asked_for_case
from hrss.exchange.simulators import data, fleet
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "unhurried")]


def calls(folder: Path, what: str = "death.query") -> int:
    return int(fleet.admin(folder, "police", "/admin/stats").get(what, 0))


def refused(name: str, subject: UUID, actor: Actor) -> str:
    with pytest.raises(Problem) as problem:
        ask(name, subject, actor=actor)
    return problem.value.code


def test_an_answer_has_data_source_and_date_and_leaves_a_line() -> None:
    dead, clerk, case = make_person(DEAD), officer(), uuid4()
    answer = ask("police.death", dead, actor=clerk, case_id=case)
    assert (answer.status, answer.data, answer.source, answer.is_kept) == ("answered", DEATH, "公安机关", False)
    assert answer.as_of is not None
    (line,) = lines_about(dead)
    assert (line.id, line.question, line.purpose, line.case_id) == (answer.line_id, "police.death", "case", case)
    assert (line.actor_account, line.actor_name, line.actor_function) == (clerk.account, "李经办", "handler")
    assert (line.person_id, line.region_code) == (dead, "500236001003")
    assert line.definition == CATALOGUE.question("police.death").digest
    assert "社会保险经办条例" in line.basis
    (reply,) = replies_about(dead)
    assert (reply.status, reply.source, reply.is_kept, reply.failure) == ("answered", "agency:police", False, "")


def test_nothing_on_record_is_an_answer_in_words() -> None:
    alive = make_person(ALIVE)
    answer = ask("police.death", alive, actor=officer())
    assert (answer.status, answer.data, answer.reason) == ("none", None, "没有死亡登记")
    assert not answer.may_be_promised
    assert replies_about(alive)[0].status == "none"


def test_reading_another_person_leaves_an_audit_event_and_ones_own_does_not() -> None:
    person, clerk = make_person(ALIVE), officer()
    ask("police.household", person, actor=clerk)
    ask("police.household", person, actor=citizen(person))
    with acting(SYSTEM):
        (event,) = Event.objects.filter(person_id=person)
    assert (event.action, event.outcome, event.actor_account) == ("exchange.police.household", "read", clerk.account)


def test_a_kept_answer_is_used_within_its_validity_and_says_so(agencies: Path) -> None:
    dead = make_person(DEAD)
    first = ask("police.death", dead, actor=officer())
    before = calls(agencies)
    again = ask("police.death", dead, actor=officer())
    assert calls(agencies) == before
    assert (again.data, again.as_of, again.is_kept) == (DEATH, first.as_of, True)
    assert [reply.is_kept for reply in replies_about(dead)] == [False, True]
    with acting(SYSTEM):
        KeptAnswer.objects.filter(subject_id=dead).update(valid_until=first.as_of)
    assert not ask("police.death", dead, actor=officer()).is_kept
    assert calls(agencies) == before + 1


def test_the_newest_answer_decides_even_when_an_older_one_would_still_be_valid(agencies: Path) -> None:
    number = "999236195001011444"
    person, register = make_person(number), fleet.register_path(agencies, "police")
    data.write("police.death", [(number, DEATH)], register)
    assert ask("police.death", person, actor=officer()).status == "answered"
    with acting(SYSTEM):
        KeptAnswer.objects.filter(subject_id=person).update(received_at="2020-01-01T00:00:00Z")
        question = CATALOGUE.question("police.death")
        assert find_kept(question, [person])
        row = KeptAnswer.objects.get(subject_id=person)
        row.id, row.digest, row.sealed = None, b"none", None
        row.received_at, row.valid_until = "2020-02-01T00:00:00Z", "2020-02-02T00:00:00Z"
        row.save(force_insert=True)
        assert find_kept(question, [person]) == {}


def test_another_catalogue_entry_does_not_use_answers_kept_under_the_old_one() -> None:
    dead = make_person(DEAD)
    ask("police.death", dead, actor=officer())
    question = CATALOGUE.question("police.death")
    with acting(SYSTEM):
        assert find_kept(question, [dead])
        assert find_kept(replace(question, purposes=frozenset({"risk"})), [dead]) == {}


def test_kept_answers_are_sealed() -> None:
    dead = make_person(DEAD)
    ask("police.death", dead, actor=officer())
    with acting(SYSTEM):
        sealed = bytes(KeptAnswer.objects.get(subject_id=dead).sealed or b"")
    assert DEATH["certificate_no"].encode() not in sealed
    assert b"died_on" not in sealed


def test_the_same_answer_again_makes_no_second_row_and_another_one_does(agencies: Path) -> None:
    number = "999236195001011111"
    person, register = make_person(number), fleet.register_path(agencies, "police")

    def ask_anew() -> None:
        with acting(SYSTEM):
            KeptAnswer.objects.filter(subject_id=person).update(valid_until="2020-01-01T00:00:00Z")
        ask("police.death", person, actor=officer())

    ask_anew()
    ask_anew()
    with acting(SYSTEM):
        assert KeptAnswer.objects.filter(subject_id=person).count() == 1
    data.write("police.death", [(number, DEATH)], register)
    ask_anew()
    with acting(SYSTEM):
        assert KeptAnswer.objects.filter(subject_id=person).count() == 2
    assert ask("police.death", person, actor=officer()).data == DEATH


def test_bulk_says_the_same_as_single_with_one_line_each() -> None:
    people = {make_person(number): number for number in (DEAD, ALIVE, "999236195001011222")}
    many = ask_many("police.death", people, actor=job())
    with acting(SYSTEM):
        KeptAnswer.objects.filter(subject_id__in=list(people)).update(valid_until="2020-01-01T00:00:00Z")
    single = {person: ask("police.death", person, actor=job()) for person in people}
    assert {id: (a.status, a.data) for id, a in many.items()} == {id: (a.status, a.data) for id, a in single.items()}
    assert [len(lines_about(person)) for person in people] == [2, 2, 2]
    assert len({lines_about(person)[0].batch for person in people}) == 1


def test_a_domain_answers_under_the_askers_own_scope() -> None:
    person = make_person(ALIVE)
    answer = ask("people.basic", person, actor=officer())
    assert answer.data is not None
    assert (answer.status, answer.data["name"], answer.source) == ("answered", "张三", "人员基本信息库")
    assert ask_many("people.basic", [person], actor=job("casework.prefill", "case"))[person].data == answer.data
    with acting(SYSTEM):
        assert not KeptAnswer.objects.filter(subject_id=person).exists()


def test_a_domain_that_fails_or_answers_nonsense_is_a_failed_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person(ALIVE)

    def complain(subject: UUID) -> None:
        raise Problem("people.trouble", "暂时查不了")

    for one, code in ((complain, "people.trouble"), (lambda subject: {"name": 7}, "exchange.unfit")):
        answerer = Answerer(one, lambda subjects: {})  # type: ignore[arg-type]
        monkeypatch.setitem(CATALOGUE._answerers, "people.basic", answerer)
        answer = ask("people.basic", person, actor=officer())
        assert (answer.status, answer.data) == ("failed", None)
        assert answer.may_be_promised
        assert replies_about(person)[-1].code == code
    monkeypatch.delitem(CATALOGUE._answerers, "people.basic")
    ask("people.basic", person, actor=officer())
    assert replies_about(person)[-1].code == "exchange.nobody_answers"


def test_a_firm_is_asked_about_by_its_credit_code() -> None:
    firm = make_firm(FIRM)
    delegate = Actor(ActorKind.PUBLIC, account=uuid4(), person=uuid4(), acting_for_organisation=firm, channel="portal")
    answer = ask("market.firm_status", firm, actor=delegate)
    assert answer.data is not None
    assert (answer.status, answer.data["status"]) == ("answered", "operating")
    assert lines_about(firm)[0].organisation_id == firm


def test_an_organisation_without_a_credit_code_cannot_be_asked_about() -> None:
    office = make_firm(None)
    answer = ask("market.firm_status", office, actor=officer())
    assert (answer.status, replies_about(office)[0].code) == ("failed", "exchange.no_key")


def test_refusals_leave_a_line_each_and_nothing_goes_out(agencies: Path) -> None:
    person, before = make_person(ALIVE), calls(agencies)
    assert refused("police.death", person, officer(purpose="")) == "exchange.no_purpose"
    assert refused("police.household", person, officer(purpose="risk")) == "exchange.purpose"
    assert refused("police.death", person, officer(line="labour")) == "exchange.who"
    assert refused("police.death", person, citizen(uuid4())) == "exchange.who"
    assert refused("police.crimes", person, officer()) == "exchange.unknown_question"
    codes = [line.refusal for line in lines_about(person)]
    assert codes == [
        "exchange.no_purpose",
        "exchange.purpose",
        "exchange.who",
        "exchange.who",
        "exchange.unknown_question",
    ]
    assert calls(agencies) == before
    assert replies_about(person) == []


def test_a_person_elsewhere_does_not_exist_for_the_clerk() -> None:
    person = make_person(ALIVE, region=OTHER_VILLAGE)
    assert refused("police.death", person, officer()) == "exchange.no_subject"
    assert refused("police.death", uuid4(), officer()) == "exchange.no_subject"
    assert [line.refusal for line in lines_about(person)] == ["exchange.no_subject"]
    with pytest.raises(Problem):
        ask_many("police.death", [make_person(DEAD), person], actor=officer())


def test_a_clerk_of_the_place_of_residence_may_ask() -> None:
    person = make_person(ALIVE, region=OTHER_VILLAGE, residence="500236001003")
    assert ask("police.death", person, actor=officer()).status == "none"
    assert ask("police.death", person, actor=officer(region="500236002")).is_kept


def test_who_asked_what_about_me() -> None:
    person, clerk = make_person(ALIVE), officer()
    ask("police.death", person, actor=clerk)
    ask("police.household", person, actor=citizen(person))
    refused("police.household", person, officer(purpose="risk"))
    shown = asked_about(person, actor=citizen(person))
    assert [line.title for line in shown] == ["户籍和家庭成员", "户籍和家庭成员", "死亡登记"]
    assert [line.outcome for line in shown] == ["refused", "none", "none"]
    assert [line.is_own for line in shown] == [False, True, False]
    oldest = shown[-1]
    assert (oldest.asked_by, oldest.organisation, oldest.purpose) == ("李经办", "永安街道社保所", "办理事项")
    assert asked_about(person, actor=citizen(person), before=shown[1].id) == shown[2:]


def test_the_ledger_is_for_the_person_and_the_region_only() -> None:
    person = make_person(ALIVE)
    ask("police.death", person, actor=officer())
    assert asked_about(person, actor=replace(citizen(uuid4()), purpose="self")) == []
    assert asked_about(person, actor=officer(region="500236002")) == []
    assert len(asked_about(person, actor=officer())) == 1
    with pytest.raises(Problem) as problem:
        asked_about(person, actor=officer(purpose=""))
    assert problem.value.code == "access.no_purpose"


@pytest.mark.parametrize("table", ["exchange_inquiry", "exchange_reply", "exchange_keptanswer"])
def test_the_database_itself_hides_rows_of_other_regions(table: str) -> None:
    ask("police.death", make_person(ALIVE), actor=officer())

    def visible(actor: Actor) -> int:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE region_code = '500236001003'")
            row = cursor.fetchone()
        return int(row[0])

    assert visible(officer()) > 0
    assert visible(officer(region="500236002")) == 0
    assert visible(citizen(uuid4())) == 0


@pytest.mark.parametrize("table", ["exchange_inquiry", "exchange_reply"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET subject_id = NULL", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_ledger_cannot_be_changed(table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_line_stays_when_the_asker_rolls_back(agencies: Path) -> None:
    person, before = make_person(ALIVE), calls(agencies)
    with pytest.raises(RuntimeError, match="form was wrong"), acting(officer()) as clerk:
        ask("police.death", person, actor=clerk)
        raise RuntimeError("the form was wrong")
    assert calls(agencies) == before + 1
    assert [line.question for line in lines_about(person)] == ["police.death"]
    assert [reply.status for reply in replies_about(person)] == ["none"]
    with acting(SYSTEM):
        assert not KeptAnswer.objects.filter(subject_id=person).exists()


def test_questions_of_a_case_and_the_health_of_agencies() -> None:
    person, case = make_person(ALIVE), uuid4()
    ask("police.death", person, actor=officer(), case_id=case)
    ask("civil.low_income", person, actor=officer(), case_id=case)
    assert [line.question for line in asked_for_case(case, actor=officer())] == ["police.death", "civil.low_income"]
    health = {row.source: row for row in agency_health(actor=SYSTEM)}
    assert health["agency:police"].answered >= 1
    assert health["agency:civil"].failed == 0


def test_reading_an_answer_later_takes_the_same_permission_as_asking() -> None:
    dead = make_person(DEAD)
    line = ask("police.death", dead, actor=officer()).line_id
    assert answer_of(line, actor=officer()).data == DEATH
    for actor in (officer(purpose="curiosity"), officer(line="labour"), officer(purpose="")):
        with pytest.raises(Problem) as problem:
            answer_of(line, actor=actor)
        assert problem.value.status == 403
    with pytest.raises(Problem) as problem:
        answer_of(line, actor=officer(region="500236002"))
    assert problem.value.code == "exchange.no_line"


def test_promises_are_possible_as_the_catalogue_says() -> None:
    alive = make_person(ALIVE)
    household = ask("police.household", alive, actor=officer())
    assert (household.status, household.promise) == ("none", Promise.ON_NO_ANSWER)
    assert household.may_be_promised


def test_the_ledger_holds_no_id_numbers() -> None:
    person = make_person(ALIVE)
    ask("police.death", person, actor=officer())
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM exchange_inquiry AS i WHERE subject_id = %s", [person])
        (text,) = cursor.fetchone()
    assert ALIVE not in text
    assert Inquiry.objects.model is Inquiry
    assert queued(lines_about(person)[0].batch) == []
