"""Changing the calendar: one administrator proposes, another decides; the days then count at once.

It refuses days that are no dates, a year without its source, a decision by the proposer, and a decision twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from hrss.foundation.audit.record import record
from hrss.foundation.calendar.models import Change, WorkDay
from hrss.foundation.outbox import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.kernel.uuid7 import uuid7

MAKERS = (Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN)
RULE = "国务院办公厅每年发布的节假日安排；系统参数变更须双人复核"


@verb("calendar.set_work_day")
def set_work_day(day: date, *, is_working: bool, name: str, source: str, actor: Actor) -> Outcome:
    """Propose that ``day`` is (not) worked; ``source`` is the notice that says so. It counts after ``decide``."""
    return _propose(None, {day: (is_working, name)}, source, actor)


@verb("calendar.set_year")
def set_year(
    year: int, *, days_off: Mapping[date, str], days_worked: Mapping[date, str], source: str, actor: Actor
) -> Outcome:
    """Propose a whole year by its exceptions: weekdays off and weekends worked, each with the holiday's name."""
    wrong = [day for day in [*days_off, *days_worked] if day.year != year]
    twice = sorted(set(days_off) & set(days_worked))
    if wrong or twice:
        what = f"{wrong[0]} 不在 {year} 年" if wrong else f"{twice[0]} 既放假又上班"
        raise Problem("calendar.year", f"日期有误：{what}", remedy="请核对通知原文", field="days")
    days = {day: (False, name) for day, name in days_off.items()} | {d: (True, name) for d, name in days_worked.items()}
    return _propose(year, days, source, actor)


@verb("calendar.decide")
def decide(change_id: UUID, *, approve: bool, remark: str = "", actor: Actor) -> Outcome:
    """Approve or refuse a proposed change as a second person; an approved one counts at once.

    Others hear of it by ``calendar.changed`` with the days, so that due dates are counted again.
    """
    change = Change.objects.select_for_update().filter(id=change_id).first()
    if change is None or change.state != Change.State.PROPOSED:
        raise Problem("calendar.decided", "这项变更不存在或已经复核过", remedy="请刷新列表", status=409)
    account, person = _maker(actor)
    if person == change.proposed_person:
        raise Problem(
            "calendar.same_person", "提出和复核不能是同一人", rule=RULE, remedy="请另一位管理员复核", status=403
        )
    if not approve and not remark.strip():
        raise Problem("calendar.no_remark", "请写明退回的原因", field="remark")
    change.state = Change.State.APPROVED if approve else Change.State.REFUSED
    change.decided_account, change.decided_person, change.decided_at = account, person, Now()
    change.remark = remark.strip()
    change.save()
    if approve:
        days = _apply(change)
        announce("calendar.changed", {"change": change.id, "first": days[0].isoformat(), "last": days[-1].isoformat()})
    record(
        actor,
        "calendar.decide",
        subject_kind="calendar_change",
        subject_id=change.id,
        detail={"state": change.state, "year": change.year, "days": change.days, "source": change.source},
    )
    return Outcome("calendar_change", str(change.id), data={"state": str(change.state)})


def _propose(year: int | None, days: Mapping[date, tuple[bool, str]], source: str, actor: Actor) -> Outcome:
    account, person = _maker(actor)
    if not source.strip():
        raise Problem("calendar.no_source", "请写明依据的通知文号", rule=RULE, field="source")
    rows: list[dict[str, Any]] = [
        {"day": day.isoformat(), "is_working": working, "name": name} for day, (working, name) in sorted(days.items())
    ]
    change = Change.objects.create(
        id=uuid7(), year=year, days=rows, source=source.strip(), proposed_account=account, proposed_person=person
    )
    record(
        actor,
        "calendar.propose",
        subject_kind="calendar_change",
        subject_id=change.id,
        detail={"year": year, "days": rows, "source": change.source},
    )
    return Outcome("calendar_change", str(change.id), data={"state": str(change.state)})


def _maker(actor: Actor) -> tuple[UUID, UUID]:
    if not actor.holds(*MAKERS) or actor.account is None or actor.person is None:
        raise Problem(
            "calendar.not_maker",
            "只有系统管理员或安全管理员可以改工作日历",
            rule=RULE,
            remedy="请联系系统管理员",
            status=403,
        )
    return actor.account, actor.person


def _apply(change: Change) -> list[date]:
    """Write the days; a whole year is filled with plain weekdays around its exceptions and becomes confirmed."""
    given = {date.fromisoformat(row["day"]): (row["is_working"], row["name"]) for row in change.days}
    if change.year is not None:
        first = date(change.year, 1, 1)
        whole = (first + timedelta(days=number) for number in range((date(change.year + 1, 1, 1) - first).days))
        given = {day: given.get(day, (day.weekday() < 5, "")) for day in whole}
    rows = [
        WorkDay(day=day, is_working=working, name=name, source=change.source, confirmed=True)
        for day, (working, name) in sorted(given.items())
    ]
    WorkDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day"], update_fields=["is_working", "name", "source", "confirmed"]
    )
    return [row.day for row in rows]
