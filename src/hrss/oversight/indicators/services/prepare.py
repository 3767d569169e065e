"""Prepare: put a taking up for review, with the checks run on it. The nightly job prepares the last full month."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.checks import check
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.policies import PREPARERS


@verb("indicators.prepare")
def prepare(taking_id: UUID, *, actor: Actor, reason: str = "") -> Outcome:
    """Draft a statement. A month already released needs a ``reason``: the new figure corrects the old one.

    Problems: ``indicators.no_taking``, ``indicators.already_open``, ``indicators.needs_reason``.
    """
    require(actor, *PREPARERS, doing="提交统计数据会审")
    taking = Taking.objects.filter(id=taking_id).first()
    if taking is None:
        raise Problem("indicators.no_taking", "没有这次取数", remedy="请先取数", status=404)
    standing = Statement.objects.filter(statistic=taking.statistic, month=taking.month)
    if standing.filter(state__in=(Statement.State.DRAFT, Statement.State.REVIEWED)).exists():
        raise Problem("indicators.already_open", "这个月的这项指标已在会审", remedy="办完或退回后再提交", status=409)
    released = standing.filter(state=Statement.State.RELEASED, corrected_by=None).first()
    said = reason.strip()
    if released is not None and not said:
        raise Problem(
            "indicators.needs_reason",
            "这个月的数据已经发布，更正要写明原因",
            rule="统计法第六条、统计法实施条例：已公布的数据更正应当说明",
            remedy="填写更正原因后再提交",
            field="reason",
        )
    statement = Statement.objects.create(
        taking=taking,
        statistic=taking.statistic,
        month=taking.month,
        checks=check(statistic_of(taking.statistic), taking),
        corrects=released,
        reason=said if released else "",
        prepared_by=actor.person,
        prepared_name=actor.name,
    )
    detail = {"statistic": taking.statistic, "month": taking.month, "corrects": str(released.id) if released else ""}
    audit.record(actor, "indicators.prepare", subject_kind="statement", subject_id=statement.id, detail=detail)
    return Outcome("statement", str(statement.id), taking.month, detail)
