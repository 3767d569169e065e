"""A month's report of a share with its evidence, and the review by another person. A measured value is never typed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.files.models import StoredFile
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import AnnualTask, Evidence, ProgressReport, TaskShare
from hrss.oversight.projects.policies import CONFIRMERS, REPORTERS
from hrss.oversight.projects.services.saving import RULE, checked
from hrss.oversight.projects.standing import reading

NEEDED = 5  # characters, at least, of what was done


@verb("projects.report")
def report(
    share_id: UUID,
    month: YearMonth,
    *,
    actor: Actor,
    done: str,
    trouble: str = "",
    value: Decimal | None = None,
    files: Sequence[UUID] = (),
) -> Outcome:
    """Hand in what was done in a month. ``value`` counts from the start of the year, for unmeasured tasks only.

    ``files`` were taken in by the upload lane. Problems ``projects.no_share|state|month``,
    ``projects.typed|value|done|evidence|twice``.
    """
    share = _share(share_id)
    require(actor, *REPORTERS, region=share.region_code, doing="填报任务进度")
    task = share.task
    _check(task, month, done, value, files)
    taken = reading(task, share.region_code, month)
    kept = ProgressReport(
        share=share, region_code=share.region_code, month=str(month), done=done.strip(), trouble=trouble.strip(),
        value=taken.value if task.statistic else value, taking=taken.taking,
        reported_by=actor.person, reported_name=actor.name,
    )  # fmt: skip
    with checked():
        kept.save(force_insert=True)
    names = dict(StoredFile.objects.filter(id__in=files).values_list("id", "name"))
    Evidence.objects.bulk_create(
        Evidence(report=kept, region_code=share.region_code, file_id=one, name=names[one]) for one in files
    )
    detail = {"task": task.code, "month": str(month), "files": len(files), "measured": bool(task.statistic)}
    audit.record(
        actor, "projects.report", subject_kind="progress_report", subject_id=kept.id, region=share.region_code,
        detail=detail,
    )  # fmt: skip
    return Outcome("progress_report", str(kept.id), str(month), detail)


@verb("projects.confirm_report")
def confirm_report(report_id: UUID, *, actor: Actor, opinion: str = "") -> Outcome:
    """Confirm a report after looking at its evidence. Problems ``projects.no_report|state|same``."""
    return _reviewed(report_id, ProgressReport.State.CONFIRMED, actor, opinion.strip())


@verb("projects.return_report")
def return_report(report_id: UUID, *, actor: Actor, opinion: str) -> Outcome:
    """Send a report back with a reason; another one may then be handed in. Problem ``projects.reason`` and as above."""
    if not opinion.strip():
        raise Problem("projects.reason", "退回要写明原因", rule=RULE, remedy="填写意见", field="opinion")
    return _reviewed(report_id, ProgressReport.State.RETURNED, actor, opinion.strip())


def _reviewed(report_id: UUID, state: ProgressReport.State, actor: Actor, opinion: str) -> Outcome:
    kept = ProgressReport.objects.select_for_update().filter(id=report_id).first()
    if kept is None:
        raise Problem("projects.no_report", "没有这份填报", remedy="请从任务页面进入", status=404)
    require(actor, *CONFIRMERS, region=kept.region_code, doing="复核任务进度")
    if kept.state != ProgressReport.State.SUBMITTED:
        raise Problem("projects.state", f"这份填报{kept.get_state_display()}", remedy="请刷新页面", status=409)
    kept.state, kept.opinion, kept.reviewed_at = state, opinion, timezone.now()
    kept.reviewed_by, kept.reviewed_name = actor.person, actor.name
    with checked():
        kept.save()
    detail = {"month": kept.month, "state": state.value}
    audit.record(
        actor, "projects.review_report", subject_kind="progress_report", subject_id=kept.id, region=kept.region_code,
        detail=detail,
    )  # fmt: skip
    return Outcome("progress_report", str(kept.id), kept.month, detail)


def _share(share_id: UUID) -> TaskShare:
    share = TaskShare.objects.select_related("task").filter(id=share_id).first()
    if share is None:
        raise Problem(
            "projects.no_share", "没有这项任务，或不在您的管辖范围", remedy="请从年度任务列表进入", status=404
        )
    return share


def _check(task: AnnualTask, month: YearMonth, done: str, value: Decimal | None, files: Sequence[UUID]) -> None:
    if task.state != AnnualTask.State.ISSUED:
        raise Problem("projects.state", "任务还没有下达，不能填报", rule=RULE, remedy="等下达后再填", status=409)
    if month.year != task.year or month > YearMonth.of(timezone.localdate()):
        raise Problem(
            "projects.month", f"{month} 不能填报这项任务", rule=f"只填 {task.year} 年已经到的月份",
            remedy="请另选月份", field="month",
        )  # fmt: skip
    if len(done.strip()) < NEEDED:
        raise Problem("projects.done", "请写清楚这个月做了什么", remedy=f"至少 {NEEDED} 个字", field="done")
    if task.statistic:
        if value is not None:
            raise Problem(
                "projects.typed", "这项任务的数由指标取数，不能填写", rule="绑定指标的任务，进度只从业务数据算出",
                remedy="去掉数量；数不对，请到指标页面查明细", field="value",
            )  # fmt: skip
        return
    if value is None or value < 0:
        raise Problem("projects.value", "请填写年初以来完成的数量", remedy="没有完成填 0", field="value")
    if value and not files:
        raise Problem(
            "projects.evidence", "填报数量要有佐证材料", rule="没有指标取数的任务，以佐证材料为准",
            remedy="请拍照或上传文件", field="files",
        )  # fmt: skip
