"""Taking an item in at the window: form and proofs side by side, one-time notice to print, receipt to hand over.

The answer of a submit that was lost on the line is found again by the form's key; nothing is kept in the browser but
the draft of a village agent. It refuses to show anything of somebody who is not being served now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.materials import MaterialLine, checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.intake.review import answers_to_check
from hrss.casework.items.definition import ItemDefinition, MaterialRule
from hrss.casework.items.versions import current
from hrss.casework.items.vocabulary import VERB_NAMES, Grade
from hrss.casework.queries.case_page import CasePage
from hrss.casework.reception import services as reception
from hrss.casework.reception.queries import sitting_of
from hrss.channels.counter.proofs import proofs_of
from hrss.channels.counter.shell import counter_page
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.formats import moment
from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.foundation.outbox.idempotency import earlier
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_AT_THE_WINDOW = frozenset({"accept", "settle_at_once", "deliver"})


@dataclass(frozen=True, slots=True)
class Served:
    """Whom the window serves now, the clerk with the window's purpose, the case being rated on the client's screen."""

    sitting: UUID
    actor: Actor
    person_id: UUID | None
    organisation_id: UUID | None
    rating: str = ""

    @property
    def subject(self) -> dict[str, UUID | None]:
        """Give the subject as the functions of casework take it."""
        return {"person_id": self.person_id, "organisation_id": self.organisation_id}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it stands: the item, what was typed, the proofs given, and the case it corrects, if any."""

    item: ItemDefinition
    values: dict[str, Any]
    given: dict[str, Any]
    correcting: CasePage | None = None


def take_in(request: Request, code: str) -> HttpResponse:
    """The form of an item for who is served; POST submits it."""
    served = served_now(request)
    item = current(code).item
    if request.method == "GET":
        return _form(request, served, Sheet(item, _known(item, served), {}))
    sheet, problems = _sent(request, served, item)
    early = _before_submitting(request, served, sheet, problems)
    if early is not None:
        return early
    key = request.POST.get("_key", "")
    try:
        done = keyed(
            key,
            services.apply,
            code,
            sheet.values,
            actor=served.actor,
            materials=sheet.given,
            person_id=served.person_id,
            organisation_id=served.organisation_id,
        )
    except Problem as problem:
        return _not_taken(request, served, sheet, problem)
    return HttpResponseRedirect(reverse("counter.receipt", args=(done.id,)))


def correct(request: Request, case_id: UUID) -> HttpResponse:
    """Put right at the window what a one-time notice asked for."""
    served = served_now(request)
    shown = case_of(served, case_id)
    if request.method == "GET":
        return _form(request, served, Sheet(shown.item, dict(shown.case["data"]), {}, shown))
    sheet, problems = _sent(request, served, shown.item, correcting=shown)
    early = _before_submitting(request, served, sheet, problems)
    if early is not None:
        return early
    try:
        keyed(
            request.POST.get("_key", ""),
            services.correct,
            case_id,
            sheet.values,
            actor=served.actor,
            materials=sheet.given,
        )
    except Problem as problem:
        return _not_taken(request, served, sheet, problem)
    messages.success(request, "补正已提交")
    return HttpResponseRedirect(reverse("counter.receipt", args=(case_id,)))


def mirror(request: Request, code: str) -> HttpResponse:
    """Show on the client's monitor what has been typed so far; answers nothing."""
    served = served_now(request)
    item = current(code).item
    values, _ = read_page(item.form, names_of(item), request.POST)
    reception.mirror(actor=served.actor, screen=_mirrored(item, values, f"正在填写：{item.name}"))
    return HttpResponse(status=204)


def receipt(request: Request, case_id: UUID) -> HttpResponse:
    """The receipt to print, and the way on: decide on the spot, hand papers over, or the next item."""
    return _receipt(request, served_now(request), case_id)


def act(request: Request, case_id: UUID, verb: str) -> HttpResponse:
    """Do at the window what the window may do: accept, settle at once, hand over."""
    if verb not in _AT_THE_WINDOW:
        raise Problem("casework.unknown_verb", "没有这个操作", remedy="请返回办件页，用页面上的按钮办理", status=404)
    served = served_now(request)
    shown = case_of(served, case_id)
    actor = request.actor.for_purpose(f"case:{shown.case['number']}")
    key = request.POST.get("_key", "")
    own = f"{key}:{verb}" if key else ""
    try:
        if verb == "deliver":
            keyed(own, services.deliver, case_id, actor=actor, way="counter")
        else:
            keyed(own, getattr(services, verb), case_id, actor=actor)
    except Problem as problem:
        if problem.status == 403:
            log_refusal(request.actor, request.route, problem, asked={"case_id": case_id, "verb": verb})
        return _receipt(request, served, case_id, problem)
    messages.success(request, f"已{'办结' if verb == 'settle_at_once' else VERB_NAMES[verb]}")
    return HttpResponseRedirect(reverse("counter.receipt", args=(case_id,)))


def notice(request: Request, code: str) -> HttpResponse:
    """The one-time notice (一次性告知) before anything is typed: all an item needs that is not there yet."""
    served = served_now(request)
    return _notice(request, served, Sheet(current(code).item, {}, {}))


def served_now(request: Request) -> Served:
    """Give who is served. Problem ``reception.no_person`` (409) between two people."""
    sitting = sitting_of(request.actor)
    if sitting is None or (sitting.person_id is None and sitting.organisation_id is None):
        raise Problem(
            "reception.no_person",
            "还没有确认服务对象",
            rule="先核对身份再办理",
            remedy="请先刷卡或输入身份证号",
            status=409,
        )
    return Served(
        sitting.id,
        request.actor.for_purpose("counter"),
        sitting.person_id,
        sitting.organisation_id,
        str(sitting.screen.get("rate", "")),
    )


def _sent(
    request: Request, served: Served, item: ItemDefinition, *, correcting: CasePage | None = None
) -> tuple[Sheet, list[Problem]]:
    values, problems = read_page(item.form, names_of(item), request.POST)
    given, refused = proofs_of(
        request, item.materials, person_id=served.person_id, organisation_id=served.organisation_id
    )
    return Sheet(item, values, given, correcting), [*problems, *refused]


def _before_submitting(request: Request, served: Served, sheet: Sheet, problems: list[Problem]) -> HttpResponse | None:
    """Give the page for everything but a submit that can go through; None to go on."""
    if wants_other_rows(request.POST) or request.POST.get("step") == "edit":
        return _form(request, served, sheet)
    if request.POST.get("step") == "notice":
        return _notice(request, served, sheet)
    reception.mirror(actor=served.actor, screen=_mirrored(sheet.item, sheet.values, f"请核对：{sheet.item.name}"))
    if request.POST.get("step") == "check" or problems:
        return _form(request, served, sheet, problems=problems)
    return None


def _not_taken(request: Request, served: Served, sheet: Sheet, problem: Problem) -> HttpResponse:
    """Draw the form again; where the same key was answered before, lead to what was made then."""
    if problem.code == "idempotency.conflict":
        done = earlier(request.POST.get("_key", ""), actor=request.actor)
        if done is not None and done.kind == "case":
            return _found_again(request, done)
    if problem.status == 403:
        log_refusal(request.actor, request.route, problem, asked={"code": sheet.item.code})
    return _form(request, served, sheet, problems=problem)


def _found_again(request: Request, done: Outcome) -> HttpResponse:
    messages.warning(request, "这件事刚才断线前已经提交成功，没有重复提交。后来的改动没有算进去，要改请走补正。")
    return HttpResponseRedirect(reverse("counter.receipt", args=(done.id,)))


def names_of(item: ItemDefinition) -> list[str]:
    """Give the fields in the order people are asked; a stored definition does not keep the order of its properties."""
    properties = item.form.get("properties", {})
    ordered = [name for group in item.form.get("x-pages", ()) for name in group]
    return [*ordered, *(name for name in properties if name not in ordered)]


def _known(item: ItemDefinition, served: Served) -> dict[str, Any]:
    return {name: one.value for name, one in prefill_of(item, actor=served.actor, **served.subject).items()}


def case_of(served: Served, case_id: UUID) -> CasePage:
    """Give a case of who is served now; Problem ``reception.other_case`` (409) for anybody else's."""
    shown = queries.case_page(case_id, actor=served.actor)
    subject = shown.case["applicant_person_id"] or shown.case["applicant_organisation_id"]
    if subject not in (str(served.person_id), str(served.organisation_id)):
        raise Problem(
            "reception.other_case",
            "这件事不是当前服务对象的",
            rule="窗口一次只服务一个人",
            remedy="请先结束本次服务，再为那个人办理",
            status=409,
        )
    return shown


def _receipt(request: Request, served: Served, case_id: UUID, problem: Problem | None = None) -> HttpResponse:
    shown = case_of(served, case_id)
    accept = shown.offer("accept")
    rows = [
        ("申请事项", shown.case["item_name"]),
        ("申请人", shown.case["subject_name"]),
        ("提交时间", moment(shown_as.when(shown.case["submitted_at"]))),
        ("现在", shown.state_name),
        ("最晚办结", shown_as.due_words(shown)),
    ]
    return counter_page(
        request,
        "counter/receipt.html",
        status=422 if problem else 200,
        shown=shown,
        rows=rows,
        materials=[_material(one) for one in shown.materials if one["state"] in ("deferred", "promised")],
        points=shown_as.notice_points(shown) if shown.case["state"] == "correcting" else [],
        files=shown_as.document_rows(shown, route="workbench.document"),
        decision=shown_as.decision_words(shown),
        draft="" if request.actor.holds(Function.COUNTER) else f"{served.sitting}-{shown.case['item_code']}",
        title="已经办结" if shown.decision else "已经受理" if shown.case["accepted_at"] else "已经提交",
        at_once=accept is not None and shown.item.grade is Grade.G0,
        may_work=request.actor.holds(Function.COUNTER),
        may_rate=shown.rating is None and shown.offer("rate") is not None,
        is_asked=served.rating == str(case_id),
        problems=problem,
        key=new_key(),
    )


def _material(one: Any) -> tuple[str, Any]:
    words = "书面承诺，之后核验" if one["state"] == "promised" else "容缺，之后补交"
    return (f"{one['name']}（{words}）", one["due_on"])


def _mirrored(item: ItemDefinition, values: dict[str, Any], title: str) -> dict[str, Any]:
    rows = [[line.title, line.value] for line in answers_to_check(item, values) if line.value != "没有填"]
    return {"title": title, "rows": rows}


def _lines(served: Served, sheet: Sheet) -> list[MaterialLine]:
    return checklist(sheet.item, sheet.values, actor=served.actor, given=sheet.given, **served.subject)


def _notice(request: Request, served: Served, sheet: Sheet) -> HttpResponse:
    lines = _lines(served, sheet)
    return counter_page(
        request,
        "counter/notice.html",
        item=sheet.item,
        missing=[line for line in lines if line.is_missing],
        perhaps=[] if sheet.values else [rule.name for rule in sheet.item.materials if _depends_on_answers(rule)],
        later=[line for line in lines if line.how in ("promise", "defer")],
        have=[line for line in lines if not line.is_missing and line.how not in ("", "promise", "defer")],
        kept=[(name, value) for name in request.POST for value in request.POST.getlist(name) if _is_kept(name)],
        key=request.POST.get("_key", ""),
    )


def _depends_on_answers(rule: MaterialRule) -> bool:
    return rule.show_if is not None and not rule.question


def _is_kept(name: str) -> bool:
    return name not in ("csrfmiddlewaretoken", "_key", "step")


def _form(
    request: Request, served: Served, sheet: Sheet, *, problems: Problem | list[Problem] | None = None
) -> HttpResponse:
    lines = _lines(served, sheet)
    village = not request.actor.holds(Function.COUNTER)
    known = prefill_of(sheet.item, actor=served.actor, **served.subject)
    sources = {name: one.source for name, one in known.items() if sheet.values.get(name) == one.value}
    return counter_page(
        request,
        "counter/form.html",
        status=422 if problems else 200,
        item=sheet.item,
        names=names_of(sheet.item),
        values=sheet.values,
        sources=sources,
        correcting=sheet.correcting,
        points=shown_as.notice_points(sheet.correcting) if sheet.correcting else [],
        known=shown_as.known_rows([line for line in lines if line.how in ("exchange", "bag")]),
        asked=[line for line in lines if line.how not in ("exchange", "bag")],
        problems=problems or None,
        draft=f"{served.sitting}-{sheet.item.code}" if village else "",
        key=request.POST.get("_key") or new_key(),
    )
