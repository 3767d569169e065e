"""Shares set anew, a task issued, a task taken back: the sum must be right or explained before it is issued."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import AnnualTask, TaskShare
from hrss.oversight.projects.policies import ISSUERS, PLANNERS, require_county
from hrss.oversight.projects.services.saving import RULE, checked


@verb("projects.split")
def split(task_id: UUID, quantities: Mapping[str, Decimal], *, actor: Actor, note: str = "") -> Outcome:
    """Set the quantity of each township (by code). Problems ``projects.state|sum|negative|place``.

    Parts that do not add up need a ``note`` that says why; it stands on the task's page and in the reports.
    """
    require_county(actor, *PLANNERS, doing="分解年度任务")
    task = _locked(task_id, AnnualTask.State.DRAFT)
    shares = {one.region_code: one for one in task.shares.exclude(region_code__regex="^.{6}$")}
    _check(task, shares, quantities, note.strip())
    for code, quantity in quantities.items():
        shares[code].quantity = quantity
    TaskShare.objects.bulk_update(shares.values(), ["quantity"])
    task.split_note = note.strip()
    task.drafted_by, task.drafted_name = actor.person, actor.name
    task.save(update_fields=["split_note", "drafted_by", "drafted_name"])
    detail = {"shares": len(quantities), "note": task.split_note}
    audit.record(actor, "projects.split", subject_kind="annual_task", subject_id=task.id, detail=detail)
    return Outcome("annual_task", str(task.id), task.code, detail)


@verb("projects.issue")
def issue(task_ids: list[UUID], *, actor: Actor) -> Outcome:
    """Issue drafted tasks. Problems ``projects.nothing|state|sum|same``."""
    require_county(actor, *ISSUERS, doing="下达年度任务")
    if not task_ids:
        raise Problem("projects.nothing", "没有可以下达的任务", remedy="先拟定这一年的任务", status=409)
    for task_id in task_ids:
        task = _locked(task_id, AnnualTask.State.DRAFT)
        parts = list(task.shares.exclude(region_code__regex="^.{6}$").values_list("quantity", flat=True))
        if task.sharing == AnnualTask.Sharing.SUM and sum(parts) != task.quantity and not task.split_note:
            raise _not_equal(Decimal(sum(parts)), task)
        task.state, task.issued_at = AnnualTask.State.ISSUED, timezone.now()
        task.issued_by, task.issued_name = actor.person, actor.name
        with checked():
            task.save()
        audit.record(
            actor, "projects.issue", subject_kind="annual_task", subject_id=task.id, detail={"year": task.year}
        )
    return Outcome("annual_tasks", "", data={"tasks": len(task_ids)})


@verb("projects.take_back")
def take_back(task_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """Take an issued task back to change it; the reason stays on the log. Problems ``projects.state|reason``."""
    require_county(actor, *ISSUERS, doing="收回年度任务")
    task = _locked(task_id, AnnualTask.State.ISSUED)
    if not reason.strip():
        raise Problem("projects.reason", "收回任务要写明原因", rule=RULE, remedy="填写原因", field="reason")
    task.state, task.issued_by, task.issued_name, task.issued_at = AnnualTask.State.DRAFT, None, "", None
    task.drafted_by, task.drafted_name = None, ""
    task.save()
    detail = {"reason": reason.strip()}
    audit.record(actor, "projects.take_back", subject_kind="annual_task", subject_id=task.id, detail=detail)
    return Outcome("annual_task", str(task.id), task.code, detail)


def _locked(task_id: UUID, state: AnnualTask.State) -> AnnualTask:
    task = AnnualTask.objects.select_for_update().filter(id=task_id).first()
    if task is None:
        raise Problem("projects.no_task", "没有这项任务", remedy="请从年度任务列表进入", status=404)
    if task.state != state:
        raise Problem(
            "projects.state",
            f"“{task.title}”{task.get_state_display()}，不能这样办",
            rule="先拟定、再下达；已下达的要改，先由领导收回",
            remedy="请刷新页面看现在的状态",
            status=409,
        )
    return task


def _check(task: AnnualTask, shares: Mapping[str, TaskShare], quantities: Mapping[str, Decimal], note: str) -> None:
    if set(quantities) - set(shares):
        raise Problem("projects.place", "有乡镇不在这项任务里", remedy="请从分解页面填写", status=404)
    wrong = next((code for code, one in quantities.items() if one < 0), "")
    if wrong:
        raise Problem("projects.negative", "数量不能是负数", remedy="请改成零或者大于零的数", field=f"q.{wrong}")
    total = sum(quantities.get(code, one.quantity) for code, one in shares.items())
    if task.sharing == AnnualTask.Sharing.SUM and total != task.quantity and not note:
        raise _not_equal(Decimal(total), task)


def _not_equal(total: Decimal, task: AnnualTask) -> Problem:
    return Problem(
        "projects.sum",
        f"“{task.title}”分解合计 {total.normalize():f}，任务数 {task.quantity.normalize():f} {task.unit}，不相等",
        rule="分解到乡镇的数量合计应等于全县任务数",
        remedy="改到相等，或在说明里写清楚差在哪里",
        field="note",
    )
