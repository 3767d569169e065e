"""Projects on the workbench: how each stands; one with milestones, money, outputs, photos and what may be done."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from hrss.channels.ui.formats import date as day_words
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import work_page
from hrss.channels.workbench.views.plan import plan_tabs
from hrss.foundation.access.policies import may_act
from hrss.foundation.files.services import store
from hrss.foundation.verbs import keyed
from hrss.kernel.money import parse_yuan, yuan
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation.charts import Pair, pairs
from hrss.oversight.projects.models import Milestone, Payment, Project
from hrss.oversight.projects.policies import (
    BUILDERS,
    CONFIRMERS,
    PAYMENT_CONFIRMERS,
    PAYMENT_RECORDERS,
    PLANNERS,
    may_county,
)
from hrss.oversight.projects.services.run_projects import (
    add_photo,
    confirm_milestone,
    confirm_payment,
    open_projects,
    record_payment,
    report_milestone,
)
from hrss.oversight.projects.undertakings import Brought, ProjectState, days_late, state_of, states

WAN = 1_000_000
COUNTY_DIGITS = 6
PICTURES, PAPERS = ("jpeg", "png"), ("jpeg", "png", "pdf")
FIELDS = (
    "milestone",
    "done_on",
    "note",
    "paid_on",
    "amount",
    "payee",
    "purpose",
    "money",
    "voucher",
    "taken_on",
    "caption",
)


def projects(request: Request) -> HttpResponse:
    """All projects of the plan, late ones told."""
    found = states(timezone.localdate())
    return work_page(
        request,
        "workbench/projects.html",
        tabs=plan_tabs(),
        rows=[_row(one) for one in found],
        may_open=may_county(request.actor, *PLANNERS) and not found,
        key=new_key(),
    )


def open_all(request: Request) -> HttpResponse:
    """Open the projects of the county's pack."""
    county = request.actor.regions[0][:COUNTY_DIGITS]
    done = keyed(request.POST.get("_key", ""), open_projects, county, actor=request.actor)
    notes.success(request, f"已建立 {done.data['projects']} 个项目")
    return HttpResponseRedirect(reverse("workbench.projects"))


def project(request: Request, project_id: UUID, problem: Problem | None = None, tried: str = "") -> HttpResponse:
    """One project: milestones, investment and payments, outputs, photos."""
    found = _project(project_id)
    today, actor = timezone.localdate(), request.actor
    state = state_of(found, today)
    payments = list(found.payments.order_by("-paid_on", "-id")[:60])
    years = sorted({*state.planned, *state.paid})
    money = [Pair(f"{year}年", state.planned.get(year, 0) / WAN, state.paid.get(year, 0) / WAN) for year in years]
    return work_page(
        request,
        "workbench/project.html",
        status=422 if problem else 200,
        project=found,
        state=(state.words, "danger" if state.late else "ok"),
        cards=_cards(state),
        milestones=[_milestone(one, today) for one in state.milestones],
        waiting=[one for one in state.milestones if one.done_on and not one.confirmed_at],
        open_ones=[(str(one.id), f"{one.number}　{one.title}") for one in state.milestones if not one.confirmed_at],
        chart=Markup(pairs(money, planned="计划投资", actual="已付款", unit="万元", title="分年投资和付款")),  # noqa: S704 - drawn by us, escaped
        money=[{"year": one.name, "planned": f"{one.planned:,.2f}", "paid": f"{one.actual:,.2f}"} for one in money],
        payments=[_payment(one) for one in payments],
        unconfirmed=[one for one in payments if not one.confirmed_at],
        outputs=[_output(one) for one in state.outputs],
        photos=[
            (reverse("workbench.plan_file", args=(one.file_id,)), one.caption, day_words(one.taken_on))
            for one in found.photos.order_by("-taken_on")[:12]
        ],
        facts=_facts(found),
        may_build=may_act(actor, *BUILDERS, region=found.region_code),
        may_confirm=may_act(actor, *CONFIRMERS, region=found.region_code),
        may_pay=may_county(actor, *PAYMENT_RECORDERS),
        may_check=may_county(actor, *PAYMENT_CONFIRMERS),
        typed={name: request.POST.get(name, "") for name in FIELDS},
        problems=problem,
        tried=tried,
        today=today,
        key=new_key(),
    )


def act(request: Request, project_id: UUID, verb: str) -> HttpResponse:
    """One step on a project; what is refused comes back with what was typed."""
    if verb not in _STEPS:
        raise Problem("route.unknown", "没有这个操作", remedy="请从页面上的按钮办理", status=404)
    step, words = _STEPS[verb]
    try:
        step(request, project_id)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return project(request, project_id, problem, verb)
    notes.success(request, words)
    return HttpResponseRedirect(reverse("workbench.project", args=(project_id,)))


# Steps ----------------------------------------------------------------------------------------------------------------


def _key(request: Request) -> str:
    return request.POST.get("_key", "")


def _finish(request: Request, project_id: UUID) -> None:
    milestone = _id(request.POST.get("milestone", ""), "milestone")
    day = _day(request.POST.get("done_on", ""), "done_on")
    note, file_id = request.POST.get("note", ""), _file(request, "file", _project(project_id).region_code, PAPERS)
    keyed(_key(request), report_milestone, milestone, day, actor=request.actor, note=note, file_id=file_id)


def _confirm(request: Request, project_id: UUID) -> None:
    keyed(_key(request), confirm_milestone, _id(request.POST.get("milestone", ""), "milestone"), actor=request.actor)


def _pay(request: Request, project_id: UUID) -> None:
    words = {name: request.POST.get(name, "") for name in ("payee", "purpose", "money", "voucher")}
    keyed(
        _key(request),
        record_payment,
        project_id,
        actor=request.actor,
        paid_on=_day(request.POST.get("paid_on", ""), "paid_on"),
        amount=parse_yuan(request.POST.get("amount", "")),
        file_id=_file(request, "paper", _project(project_id).region_code[:COUNTY_DIGITS], PAPERS),
        **words,
    )


def _check(request: Request, project_id: UUID) -> None:
    keyed(_key(request), confirm_payment, _id(request.POST.get("payment", ""), "payment"), actor=request.actor)


def _photograph(request: Request, project_id: UUID) -> None:
    region = _project(project_id).region_code
    day, caption = _day(request.POST.get("taken_on", ""), "taken_on"), request.POST.get("caption", "")
    file_id = _file(request, "photo", region, PICTURES)
    if file_id is None:
        raise Problem("files.none", "请选择照片", remedy="可以用手机当场拍", field="photo")
    keyed(
        _key(request), add_photo, project_id, day, actor=request.actor, caption=caption, region=region, file_id=file_id
    )


_STEPS = {
    "finish": (_finish, "已上报，等另一位同事确认"),
    "confirm": (_confirm, "节点已确认"),
    "pay": (_pay, "已登记，等另一位同事确认"),
    "check": (_check, "付款已确认"),
    "photo": (_photograph, "照片已保存"),
}


def _file(request: Request, name: str, region: str, kinds: tuple[str, ...]) -> UUID | None:
    upload = request.FILES.get(name)
    if upload is None:
        return None
    return store(upload.read(), upload.name or "材料", actor=request.actor, region=region, kinds=kinds).id


def _id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem("projects.choose", "请先选择一项", remedy="从列表里选", field=field) from None


def _day(text: str, field: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Problem("projects.day", "请填写日期", remedy="年、月、日都要填", field=field) from None


# Parts ----------------------------------------------------------------------------------------------------------------


def _project(project_id: UUID) -> Project:
    found = Project.objects.filter(id=project_id).first()
    if found is None:
        raise Problem("projects.no_project", "没有这个项目", remedy="请从项目列表进入", status=404)
    return found


def _row(one: ProjectState) -> dict[str, Any]:
    due = sum(one.planned.values())
    return {
        "name": one.project.title,
        "href": reverse("workbench.project", args=(one.project.id,)),
        "years": f"{one.project.first_year}—{one.project.last_year}",
        "investment": f"{one.project.investment / WAN:,.0f}",
        "paid": f"{one.paid_total / WAN:,.0f}（{100 * one.paid_total / due:.0f}%）" if due else "0",
        "done": f"{one.done}%",
        "late": "、".join(x.title for x in one.late) or "没有",
        "state": (one.words, "danger" if one.late else "ok"),
    }


def _cards(state: ProjectState) -> list[dict[str, str]]:
    total = state.project.investment
    return [
        {"label": "按节点权重完成", "value": str(state.done), "unit": "%", "note": f"滞后节点 {len(state.late)} 个"},
        {"label": "已付款", "value": f"{state.paid_total / WAN:,.0f}", "unit": "万元",
         "note": f"投资估算 {total / WAN:,.0f} 万元的 {100 * state.paid_total / total:.1f}%"},
        {"label": "产出达到", "value": f"{sum(x.reached for x in state.outputs)}／{len(state.outputs)}", "unit": "项"},
        {"label": "现场照片", "value": str(state.photos), "unit": "张"},
    ]  # fmt: skip


def _milestone(one: Milestone, today: dt.date) -> dict[str, Any]:
    late = days_late(one, today)
    words = "已确认" if one.confirmed_at else "待确认" if one.done_on else f"滞后 {late} 天" if late else "未到期"
    kind = "ok" if one.confirmed_at else "warning" if one.done_on else "danger" if late else "muted"
    return {
        "name": f"{one.number}　{one.title}",
        "weight": f"{one.weight}%",
        "due": day_words(one.due_on),
        "done": day_words(one.done_on) if one.done_on else "—",
        "late": f"{late} 天" if late else "—",
        "state": (words, kind),
        "who": f"{one.reported_name}／{one.confirmed_name}".strip("／"),
        "file": "看佐证" if one.file_id else "",
        "href": reverse("workbench.plan_file", args=(one.file_id,)) if one.file_id else "",
    }


def _payment(one: Payment) -> dict[str, Any]:
    return {
        "day": day_words(one.paid_on),
        "amount": yuan(one.amount),
        "payee": one.payee,
        "purpose": f"{one.purpose}（{one.money}）",
        "voucher": one.voucher,
        "state": ("已确认", "ok") if one.confirmed_at else ("待确认", "warning"),
        "who": f"{one.recorded_name}／{one.confirmed_name}".strip("／"),
    }


def _output(one: Brought) -> dict[str, Any]:
    return {
        "name": one.output.title,
        "aim": f"{plain(one.aim)} {one.output.unit}",
        "actual": "—" if one.actual is None else f"{plain(one.actual)} {one.output.unit}",
        "origin": one.output.get_bound_display(),
        "source": one.output.source,
        "state": ("达到", "ok") if one.reached else ("未达到", "warning"),
    }


def _facts(found: Project) -> list[tuple[str, str]]:
    return [
        ("建设地址", found.site),
        ("建设性质", found.nature),
        ("建设内容及规模", found.content),
        ("投资估算", f"{found.investment / WAN:,.0f} 万元"),
        ("建设年限", f"{found.first_year}—{found.last_year}年"),
        ("主管部门", found.division),
        ("责任人", found.owner_name),
        ("依据", f"规划{found.source}；节点和分年投资规划没有公布，由县里确认"),
    ]
