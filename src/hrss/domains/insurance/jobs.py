"""What the insurance domain does by itself: tells people that sixty is near, closes years, stops what has to stop.

Each run is bounded and repeatable; a second run of the same day changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from hrss.domains.insurance import amounts, queries
from hrss.domains.insurance.models import Award, ResidentEnrolment
from hrss.domains.insurance.services.book_subsidies import book_subsidies
from hrss.domains.insurance.services.change_award import end_award, pause_award
from hrss.domains.insurance.services.claim_subsidies import claim_subsidies
from hrss.domains.insurance.services.close_accounts import close_accounts
from hrss.domains.insurance.services.enrol_resident import end_enrolment
from hrss.domains.insurance.services.tell_sixty import tell_sixty
from hrss.exchange.answer import Answer, Status
from hrss.exchange.asking import ask_in_pages
from hrss.foundation.jobs import job
from hrss.foundation.outbox import subscribe
from hrss.foundation.people.services import record_death
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.months import YearMonth, add_months
from hrss.kernel.problem import Problem

_BATCH = 2000
_AHEAD = timedelta(days=30)
_ROBOT = system_actor("insurance.jobs").for_purpose("qualification")
_UPKEEP = system_actor("insurance.jobs").for_purpose("status_upkeep")
_LOG = structlog.get_logger(__name__)


@job("insurance.tell_sixty", own_transactions=True)
def tell_all_sixty() -> int:
    """提前三十天告诉将满六十周岁的参保人，可以申领养老金。"""
    today = timezone.localdate()
    youngest = add_months(today + _AHEAD, -12 * amounts.PENSION_AGE)
    with acting(_ROBOT):
        rows = ResidentEnrolment.objects.filter(
            ended_on=None, told_on=None, person__birth_date__lte=youngest, person__death_date=None
        )
        due = list(rows.order_by("person__birth_date").values_list("id", flat=True)[:_BATCH])
    for enrolment_id in due:
        tell_sixty(enrolment_id, actor=_ROBOT, today=today)
    return len(due)


@job("insurance.close_accounts", own_transactions=True)
def close_last_year() -> int:
    """结转上一年的居民个人账户；记账利率没有公布的，等公布后再结转。"""
    today = timezone.localdate()
    total = 0
    while True:
        try:
            done = close_accounts(actor=_ROBOT, year=today.year - 1, on=today)
        except Problem as problem:
            _LOG.info("accounts wait for their rate", code=problem.code)
            return total
        total += int(done.data["closed"])
        if not done.data["closed"]:
            return total


@job("insurance.book_subsidies", own_transactions=True)
def book_last_subsidies() -> int:
    """向财政请拨上月居民缴费的补贴，财政对账单上到账的记入基金收入；一个月只请拨一次、只记一次。"""
    today = timezone.localdate()
    claim_subsidies(actor=_ROBOT, on=today)
    done = book_subsidies(actor=_ROBOT, on=today)
    return len(done.data["months"])


@job("insurance.check_deaths", own_transactions=True)
def check_deaths() -> int:
    """向公安、民政核对领取人有没有死亡登记：有的停发，只有火化信息的先暂停。"""
    with acting(_ROBOT):
        live = [Award.State.ACTIVE, Award.State.PAUSED]
        drawing = Award.objects.filter(state__in=live, deceased=None, person__death_date=None)
        people = list(drawing.order_by("person_id").values_list("person_id", flat=True).distinct())
    dead = _found("police.death", people, asker=_ROBOT)
    for person_id, answer in dead:
        died_on = date.fromisoformat(str((answer.data or {})["died_on"]))
        record_death(person_id, actor=_ROBOT, died_on=died_on, source="police")
    known = {person_id for person_id, _ in dead}
    cremated = _found("civil.cremation", [person for person in people if person not in known], asker=_ROBOT)
    for person_id, answer in cremated:
        _pause_cremated(person_id, date.fromisoformat(str((answer.data or {})["cremated_on"])))
    return len(dead) + len(cremated)


@job("insurance.stop_reemployed", own_transactions=True)
def stop_reemployed() -> int:
    """失业登记已经退出的（重新就业等），从次月起停发失业保险金。"""
    today = timezone.localdate()
    with acting(_ROBOT):
        running = Award.objects.filter(state=Award.State.ACTIVE, benefit=amounts.UNEMPLOYMENT_BENEFIT)
        awards = {award.person_id: award for award in running}
    stopped = 0
    for person_id, answer in _found("employment.registration_status", list(awards), asker=_UPKEEP):
        ended = (answer.data or {}).get("ended_on")
        if ended:
            last = YearMonth.of(date.fromisoformat(str(ended)))
            evidence = {"question": answer.question, "line": answer.line_id, "ended_on": str(ended)}
            end_award(
                awards[person_id].id, actor=_ROBOT, last=last, on=today, reason="失业登记已经退出", evidence=evidence
            )
            stopped += 1
    return stopped


@job("insurance.end_used_up", own_transactions=True)
def end_used_up() -> int:
    """失业保险金按核定的月数全部发完的，自动停发，写明领取期限届满。"""
    today = timezone.localdate()
    with acting(_UPKEEP):
        due = queries.used_up(YearMonth.of(today), most=_BATCH)
    for award_id, last in due:
        evidence = {"planned_last": str(last), "all_months_paid": True}
        end_award(award_id, actor=_UPKEEP, last=last, on=today, reason="领取期限届满，各月都已发放", evidence=evidence)
    return len(due)


@subscribe("person.died", name="insurance.person_died")
def take_over_death(payload: dict[str, Any], *, actor: Actor) -> None:
    """Stop what the dead person drew after the month of death; end the enrolment. A second telling changes nothing."""
    person_id, died_on = UUID(str(payload["person"])), date.fromisoformat(str(payload["died_on"]))
    with acting(_ROBOT):
        awards = queries.running_awards([person_id]).get(person_id, [])
        enrolled = queries.open_enrolment(person_id) is not None
    for award in awards:
        end_award(
            award.id,
            actor=_ROBOT,
            last=YearMonth.of(died_on),
            on=timezone.localdate(),
            reason="去世",
            evidence={"died_on": died_on.isoformat(), "told_by": "person.died"},
        )
    if enrolled:
        end_enrolment(person_id, actor=_ROBOT, on=died_on, reason="去世")


def _pause_cremated(person_id: UUID, cremated_on: date) -> None:
    with acting(_ROBOT):
        awards = queries.running_awards([person_id]).get(person_id, [])
    for award in awards:
        if award.state == Award.State.ACTIVE:
            pause_award(
                award.id,
                actor=_ROBOT,
                last=YearMonth.of(cremated_on),
                on=timezone.localdate(),
                reason="有火化信息，等公安死亡登记核实",
                evidence={"cremated_on": cremated_on.isoformat()},
            )


def _found(question: str, people: Sequence[UUID], *, asker: Actor) -> list[tuple[UUID, Answer]]:
    """Give those about whom the source has something."""
    if not people:
        return []
    pages = ask_in_pages(question, people, actor=asker)
    return [(who, answer) for page in pages for who, answer in page.items() if answer.status is Status.ANSWERED]
