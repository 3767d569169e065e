"""The annual plan on the workbench: the year's tasks, one task with its shares, a report from a phone, its review."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from hrss.channels.ui.formats import date as day_words
from hrss.channels.ui.formats import moment
from hrss.channels.ui.lights import LIGHTS as INDICATOR_LIGHTS
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.workbench.shell import work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.files.models import StoredFile
from hrss.foundation.files.services import open_file, store
from hrss.foundation.verbs import keyed
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.charts import Trend, svg
from hrss.oversight.indicators.progress import Light
from hrss.oversight.indicators.queries import newest_complete_month
from hrss.oversight.indicators.sample import sample_words
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation.judging import SIGNS
from hrss.oversight.projects.models import (
    AnnualTask,
    BudgetLine,
    Evidence,
    Milestone,
    Payment,
    Photo,
    ProgressReport,
    TaskShare,
)
from hrss.oversight.projects.policies import CONFIRMERS, ISSUERS, PLANNERS, REPORTERS, may_county
from hrss.oversight.projects.services.draft_year import draft_year
from hrss.oversight.projects.services.plan_tasks import issue, split, take_back
from hrss.oversight.projects.services.report_progress import confirm_report, report, return_report
from hrss.oversight.projects.standing import (
    COUNTY_DIGITS,
    NOTHING,
    RULE,
    Standing,
    course,
    judged,
    months_of,
    own_standing,
    reading,
    shares_standing,
    tasks_standing,
)

FIRST_YEAR = 2021
LIGHTS = INDICATOR_LIGHTS | {Light.GREY: ("没有数据", "muted")}
PROOFS = ("jpeg", "png", "pdf", "docx", "xlsx")
STATES = {"submitted": "warning", "confirmed": "ok", "returned": "muted"}
MOST_FILES = 6


def plan_tabs() -> list[tuple[str, str]]:
    """Give the four pages of plan and projects."""
    return [
        ("年度任务", reverse("workbench.plan")),
        ("项目", reverse("workbench.projects")),
        ("评估报告", reverse("workbench.evaluations")),
        ("预算执行", reverse("workbench.budget")),
    ]


def plan(request: Request, problem: Problem | None = None) -> HttpResponse:
    """The year's tasks: the county's for county posts, one's own township's for the others."""
    year, today = _year(request), newest_complete_month(timezone.localdate())
    month = min(YearMonth(year, 12), today) if today.year >= year else YearMonth(year, 1)
    tasks = list(AnnualTask.objects.filter(year=year).order_by("division", "code"))
    wide = any(len(one) <= COUNTY_DIGITS for one in request.actor.regions)
    rows = _county_rows(tasks, month) if wide else _own_rows(request, year, month)
    drafts = sum(one.state == AnnualTask.State.DRAFT for one in tasks)
    return work_page(
        request,
        "workbench/plan.html",
        status=422 if problem else 200,
        tabs=plan_tabs(),
        year=year,
        years=[(one, f"{one}年") for one in range(today.year + 1, FIRST_YEAR - 1, -1)],
        month=month,
        rows=rows,
        cards=_cards(rows),
        rule=RULE,
        sample=sample_words(),
        wide=wide,
        drafts=drafts,
        may_draft=may_county(request.actor, *PLANNERS),
        may_issue=bool(drafts) and may_county(request.actor, *ISSUERS),
        problems=problem,
        key=new_key(),
    )


def draft(request: Request) -> HttpResponse:
    """Draft a year from the county's pack."""
    year, county = _year(request, request.POST.get("year", "")), request.actor.regions[0][:COUNTY_DIGITS]
    try:
        done = keyed(request.POST.get("_key", ""), draft_year, year, county, actor=request.actor)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return plan(request, problem)
    notes.success(request, f"已拟定 {done.data['tasks']} 项")
    return HttpResponseRedirect(_plan_href(year))


def issue_all(request: Request) -> HttpResponse:
    """Issue every drafted task of a year."""
    year = _year(request, request.POST.get("year", ""))
    drafted = AnnualTask.objects.filter(year=year, state=AnnualTask.State.DRAFT).order_by("code")
    try:
        done = keyed(request.POST.get("_key", ""), issue, [one.id for one in drafted], actor=request.actor)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return plan(request, problem)
    notes.success(request, f"已下达 {done.data['tasks']} 项")
    return HttpResponseRedirect(_plan_href(year))


def task(request: Request, task_id: UUID, problem: Problem | None = None) -> HttpResponse:
    """One task: its course, its shares with who answers for them, what was reported."""
    found = _task(task_id)
    today = newest_complete_month(timezone.localdate())
    month = min(YearMonth(found.year, 12), max(today, YearMonth(found.year, 1)))
    shares = list(found.shares.order_by("region_code"))
    standing = shares_standing(found, shares, month)
    whole = tasks_standing([found], month)[found.id]
    reports = ProgressReport.objects.filter(share__task=found).select_related("share").prefetch_related("evidence")
    chart = _chart(found, month)
    return work_page(
        request,
        "workbench/task.html",
        status=422 if problem else 200,
        task=found,
        month=month,
        whole=whole,
        card={"label": f"截至{month.year}年{month.month}月", "value": _number(whole.value), "unit": found.unit,
              "note": f"任务数 {_wanted(found, whole)}，进度线 {plain(whole.line.quantize(Decimal('0.0001')))}"},
        light=LIGHTS[whole.light],
        state=(found.get_state_display(), "ok" if found.state == "issued" else "info"),
        chart=Markup(svg(chart)) if chart else "",  # noqa: S704 - drawn by us, every text in it escaped
        facts=_facts(found),
        shares=[_share_row(found, one, standing[one.id], request) for one in shares],
        reports=[_report_row(one) for one in reports.order_by("-month", "-reported_at")[:40]],
        statistic=statistic_of(found.statistic) if found.statistic else None,
        may_split=found.state == "draft" and may_county(request.actor, *PLANNERS) and len(shares) > 1,
        may_take_back=found.state == "issued" and may_county(request.actor, *ISSUERS),
        sample=sample_words(),
        rule=RULE,
        problems=problem,
        key=new_key(),
    )  # fmt: skip


def take_task_back(request: Request, task_id: UUID) -> HttpResponse:
    """Take an issued task back to draft."""
    reason = request.POST.get("reason", "")
    try:
        keyed(request.POST.get("_key", ""), take_back, task_id, actor=request.actor, reason=reason)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return task(request, task_id, problem)
    notes.success(request, "已收回，可以改分解后重新下达")
    return HttpResponseRedirect(reverse("workbench.task", args=(task_id,)))


def task_split(request: Request, task_id: UUID) -> HttpResponse:
    """The quantities of the townships; parts that do not add up need a note."""
    found = _task(task_id)
    shares = list(found.shares.exclude(region_code__regex="^.{6}$").order_by("region_code"))
    typed = {one.region_code: request.POST.get(f"q.{one.region_code}", _number(one.quantity)) for one in shares}
    note, problem = request.POST.get("note", found.split_note), None
    if request.method == "POST":
        try:
            wanted = {code: _decimal(text, f"q.{code}") for code, text in typed.items()}
            keyed(request.POST.get("_key", ""), split, task_id, wanted, actor=request.actor, note=note)
            notes.success(request, "分解已保存")
            return HttpResponseRedirect(reverse("workbench.task", args=(task_id,)))
        except Problem as found_wrong:
            if found_wrong.status in (403, 404):
                raise
            problem = found_wrong
    return work_page(
        request,
        "workbench/task_split.html",
        status=422 if problem else 200,
        task=found,
        wanted=f"{SIGNS.get(found.op, '')}{plain(found.quantity)} {found.unit}",
        fields=[(f"q.{one.region_code}", one.division, typed[one.region_code]) for one in shares],
        note=note,
        problems=problem,
        key=request.POST.get("_key") or new_key(),
    )


def share_report(request: Request, share_id: UUID) -> HttpResponse:
    """A month's report: a few fields and the camera; made for a phone."""
    share = TaskShare.objects.select_related("task").filter(id=share_id).first()
    if share is None:
        raise Problem(
            "projects.no_share", "没有这项任务，或不在您的管辖范围", remedy="请从年度任务列表进入", status=404
        )
    months = months_of(share.task.year, YearMonth.of(timezone.localdate()))
    typed = {name: request.POST.get(name, "") for name in ("month", "value", "done", "trouble")}
    typed["month"] = typed["month"] or str(_month_owed(months))
    kept, problem = _kept_files(request), None
    if request.method == "POST":
        try:
            kept += _new_files(request, share, len(kept))
            done = keyed(
                request.POST.get("_key", ""),
                report,
                share_id,
                YearMonth.parse(typed["month"]),
                actor=request.actor,
                done=typed["done"],
                trouble=typed["trouble"],
                value=_decimal(typed["value"], "value") if typed["value"].strip() else None,
                files=[one.id for one in kept],
            )
            notes.success(request, "已提交，等另一位同事复核")
            return HttpResponseRedirect(reverse("workbench.progress", args=(UUID(done.id),)))
        except Problem as found:
            if found.status in (403, 404):
                raise
            problem = found
    return work_page(
        request,
        "workbench/share_report.html",
        status=422 if problem else 200,
        share=share,
        task=share.task,
        wanted=_wanted(share.task, judged(share.task, share.quantity, NOTHING, YearMonth(share.task.year, 12))),
        measured=_measured_words(share, months),
        months=[(str(one), f"{one.year}年{one.month}月") for one in reversed(months)],
        typed=typed,
        kept=kept,
        problems=problem,
        key=request.POST.get("_key") or new_key(),
    )


def progress(request: Request, report_id: UUID, problem: Problem | None = None) -> HttpResponse:
    """One report with its evidence, and the review by another person."""
    found = (
        ProgressReport.objects.select_related("share__task").prefetch_related("evidence").filter(id=report_id).first()
    )
    if found is None:
        raise Problem("projects.no_report", "没有这份填报，或不在您的管辖范围", remedy="请从任务页面进入", status=404)
    share, one = found.share, found.share.task
    mine = request.actor.person is not None and found.reported_by == request.actor.person
    return work_page(
        request,
        "workbench/progress.html",
        status=422 if problem else 200,
        report=found,
        task=one,
        share=share,
        state=(found.get_state_display(), STATES[found.state]),
        value=_number(found.value),
        steps=_steps(found),
        files=[(x.name, reverse("workbench.plan_file", args=(x.file_id,)), "") for x in found.evidence.all()],
        may_review=found.state == "submitted" and not mine
        and may_act(request.actor, *CONFIRMERS, region=found.region_code),
        problems=problem,
        key=new_key(),
    )  # fmt: skip


def progress_review(request: Request, report_id: UUID, verb: str) -> HttpResponse:
    """Confirm a report or send it back."""
    if verb not in ("confirm", "return"):
        raise Problem("route.unknown", "没有这个操作", remedy="请从页面上的按钮办理", status=404)
    step = confirm_report if verb == "confirm" else return_report
    try:
        keyed(
            request.POST.get("_key", ""), step, report_id, actor=request.actor, opinion=request.POST.get("opinion", "")
        )
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return progress(request, report_id, problem)
    notes.success(request, "已确认" if verb == "confirm" else "已退回")
    return HttpResponseRedirect(reverse("workbench.progress", args=(report_id,)))


def plan_file(request: Request, file_id: UUID) -> FileResponse:
    """A proof, photo or voucher of plan and projects, within the reader's scope; no other file is opened here."""
    holders = (Evidence, Photo, Milestone, Payment, BudgetLine)
    if not any(one.objects.filter(file_id=file_id).exists() for one in holders):
        raise Problem("files.not_found", "没有这个文件", remedy="请从任务或项目页面打开", status=404)
    return send(*open_file(file_id, actor=request.actor.for_purpose("statistics")))


# Parts ----------------------------------------------------------------------------------------------------------------


def _year(request: Request, text: str = "") -> int:
    asked = text or request.GET.get("year", "")
    today = newest_complete_month(timezone.localdate())
    year = int(asked) if asked.isascii() and asked.isdigit() else today.year
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Problem("projects.year", f"只有 {FIRST_YEAR} 年以来的计划", remedy="请另选年度", status=404)
    return year


def _plan_href(year: int) -> str:
    return f"{reverse('workbench.plan')}?year={year}"


def _task(task_id: UUID) -> AnnualTask:
    found = AnnualTask.objects.filter(id=task_id).first()
    if found is None:
        raise Problem("projects.no_task", "没有这项任务", remedy="请从年度任务列表进入", status=404)
    return found


def _county_rows(tasks: Sequence[AnnualTask], month: YearMonth) -> list[dict[str, Any]]:
    standing = tasks_standing(tasks, month)
    return [
        {
            "name": one.title,
            "href": reverse("workbench.task", args=(one.id,)),
            "division": one.division,
            **_columns(one, standing[one.id]),
            "state": one.get_state_display(),
        }
        for one in tasks
    ]


def _own_rows(request: Request, year: int, month: YearMonth) -> list[dict[str, Any]]:
    region = request.actor.regions[0] if request.actor.regions else "-"
    shares = TaskShare.objects.filter(task__year=year, task__state=AnnualTask.State.ISSUED, region_code=region)
    found = list(shares.select_related("task").order_by("task__division", "task__code"))
    standing = own_standing(found, region, month)
    return [
        {
            "name": one.task.title,
            "href": reverse("workbench.task", args=(one.task_id,)),
            "division": one.division,
            **_columns(one.task, standing[one.id]),
            "state": "去填报",
            "state_href": reverse("workbench.share_report", args=(one.id,)),
        }
        for one in found
    ]


def _columns(task_: AnnualTask, standing: Standing) -> dict[str, Any]:
    return {
        "wanted": _wanted(task_, standing),
        "value": _number(standing.value),
        "rate": f"{standing.rate}%" if standing.rate is not None else "—",
        "light": LIGHTS[standing.light],
    }


def _cards(rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"label": words, "value": str(sum(row["light"][0] == words for row in rows)), "unit": "项"}
        for words in ("达到进度", "略落后", "落后", "没有数据")
    ]


def _wanted(task_: AnnualTask, standing: Standing) -> str:
    return f"{SIGNS.get(task_.op, '')}{plain(standing.quantity)} {task_.unit}"


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _facts(found: AnnualTask) -> list[tuple[str, str]]:
    return [
        ("内容和要求", found.text),
        ("数量（全县）", f"{SIGNS.get(found.op, '')}{plain(found.quantity)} {found.unit}"),
        ("责任单位", found.division),
        ("完成期限", day_words(found.due_on)),
        ("数据来自", "指标取数，不能填写" if found.statistic else "填报，另一人复核"),
        ("分解", found.get_sharing_display() + (f"；说明：{found.split_note}" if found.split_note else "")),
        ("依据", f"{found.source}（{_STATUS.get(found.status, found.status)}）"),
        ("拟定", found.drafted_name),
        ("下达", f"{found.issued_name}　{moment(found.issued_at)}" if found.issued_at else ""),
    ]


_STATUS = {"derived": "年度数由规划目标按进度线推算", "design": "年度数为本系统所列，由县里确认"}


def _share_row(found: AnnualTask, one: TaskShare, standing: Standing, request: Request) -> dict[str, Any]:
    may = found.state == "issued" and may_act(request.actor, *REPORTERS, region=one.region_code)
    return {
        "name": one.division,
        "wanted": _wanted(found, standing),
        "value": _number(standing.value),
        "rate": f"{standing.rate}%" if standing.rate is not None else "—",
        "light": LIGHTS[standing.light],
        "owner": one.owner_name or "未落实",
        "due": day_words(one.due_on),
        "report": "填报" if may else "",
        "report_href": reverse("workbench.share_report", args=(one.id,)) if may else "",
    }


def _report_row(one: ProgressReport) -> dict[str, Any]:
    return {
        "name": f"{one.month}　{one.share.division}",
        "href": reverse("workbench.progress", args=(one.id,)),
        "value": _number(one.value),
        "done": one.done,
        "files": f"{len(one.evidence.all())} 份",
        "state": (one.get_state_display(), STATES[one.state]),
    }


def _chart(found: AnnualTask, month: YearMonth) -> Trend | None:
    """Draw measured tasks only: reported ones are a table."""
    if not found.statistic:
        return None
    told = course(found, month)
    return Trend(
        title=f"{found.title}逐月",
        unit=found.unit,
        labels=tuple(f"{one.month}月" for one, _ in told),
        values=tuple(None if x.value is None else float(x.value) for _, x in told),
        path=tuple(float(x.line) for _, x in told),
    )


def _steps(found: ProgressReport) -> list[tuple[str, str]]:
    steps = [("填报", f"{found.reported_name}　{moment(found.reported_at)}")]
    if found.reviewed_at:
        words = found.get_state_display()
        steps.append(("复核", f"{found.reviewed_name}　{moment(found.reviewed_at)}　{words}　{found.opinion}"))
    return steps


def _month_owed(months: Sequence[YearMonth]) -> YearMonth:
    last = YearMonth.of(timezone.localdate()) - 1
    return last if last in months else months[-1] if months else last


def _measured_words(share: TaskShare, months: Sequence[YearMonth]) -> str:
    if not share.task.statistic:
        return ""
    month = _month_owed(months)
    found = reading(share.task, share.region_code, month)
    if found.value is None:
        return "这项任务的数由指标取数，这个月还没有取数。"
    return f"这项任务的数由指标取数：截至 {month} 为 {plain(found.value)} {share.task.unit}，不用填写。"


def _decimal(text: str, field: str) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= 10**12:
        raise Problem(
            "projects.number", f"“{text.strip()[:20]}”不是数字", remedy="请填数字，比如 12 或 0.5", field=field
        )
    return value


def _kept_files(request: Request) -> list[StoredFile]:
    """Give the files a refused form had taken in already: one's own uploads only."""
    asked = [one for one in request.POST.getlist("kept") if len(one) == 36][:MOST_FILES]
    return list(StoredFile.objects.filter(id__in=asked, uploaded_by=request.actor.account)) if asked else []


def _new_files(request: Request, share: TaskShare, there: int) -> list[StoredFile]:
    uploads = request.FILES.getlist("files")
    if there + len(uploads) > MOST_FILES:
        raise Problem("projects.files", f"最多上传 {MOST_FILES} 个文件", remedy="请挑最能说明情况的", field="files")
    cards = [
        store(one.read(), one.name or "材料", actor=request.actor, region=share.region_code, kinds=PROOFS)
        for one in uploads
    ]
    return list(StoredFile.objects.filter(id__in=[one.id for one in cards]))
