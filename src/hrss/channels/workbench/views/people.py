"""People: a search and a person page; staff say why first, and the person sees it. Only people in scope exist."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect

from hrss.casework import queries as casework
from hrss.casework.reception.queries import sitting_of
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.formats import date, moment, month
from hrss.channels.ui.gate import PURPOSE
from hrss.channels.ui.render import fragment, new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.working import STATUS_WORDS
from hrss.channels.workbench.shell import may_open, read_page, work_page
from hrss.domains.employment import queries as employment
from hrss.domains.employment.queries import Job
from hrss.foundation.access.policies import may_act
from hrss.foundation.access.purposes import PURPOSES, check_purpose, title_of
from hrss.foundation.people import queries as people
from hrss.funds.payables import of_person as payables
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

MONEY = (
    Function.FINANCE,
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.INSPECTOR,
    Function.LEADER,
)
_JOB_WORDS = {"employer": "单位就业", "self": "自主创业", "flexible": "灵活就业"}


def choose_purpose(request: Request) -> HttpResponse:
    """Say why people are looked at from now on in this session."""
    try:
        request.session[PURPOSE] = check_purpose(request.POST.get("purpose", ""), by_hand=True)
    except Problem as problem:
        return _search_page(request, text="", problem=problem)
    after = request.POST.get("after", "")
    return HttpResponseRedirect(after if after.startswith("/work/") else reverse("workbench.people"))


def search(request: Request) -> HttpResponse:
    """Find people of my regions by id number, phone, name or pinyin."""
    text = request.GET.get("text", "").strip()
    if not text or not request.actor.purpose:
        return _search_page(request, text=text)
    try:
        found = people.search(text, actor=request.actor, after=request.GET.get("after", ""))
    except Problem as problem:
        problem.field = "text"
        return _search_page(request, text=text, problem=problem)
    return _search_page(request, text=text, lines=found.lines, following=found.next_after)


def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person: card, household, work, accounts, cases; benefits and payments for those who work on them."""
    actor = _with_purpose(request, person_id)
    if not actor.purpose:
        return HttpResponseRedirect(reverse("workbench.people"))
    money = payables.money_soon(person_id) if _may_see_money(actor) else None
    working, cases = employment.work_record_soon(person_id), casework.cases_soon(person_id)
    also = (employment.WORK_RECORD, casework.CASES_OF, *(payables.LOOKS if money else ()))
    shown = people.dossier(person_id, actor=actor, also=also)
    work, received = working(), money(shown.reading) if money else payables.Money()
    case = request.GET.get("case", "")
    reveal = reverse("workbench.reveal", args=(person_id, "id_number"))
    return read_page(
        request,
        "workbench/person.html",
        card=shown.card,
        case=case,
        reveal=f"{reveal}?case={case}" if case else reveal,
        household=shown.household,
        accounts=shown.accounts,
        employment=STATUS_WORDS[work.status],
        jobs=[_job(one) for one in work.jobs],
        cases=[_case(one) for one in cases(shown.reading)],
        entitlements=[_benefit(one) for one in received.benefits],
        payments=_payments(received.payments, actor),
        purpose=title_of(actor.purpose),
    )


def reveal(request: Request, person_id: UUID, what: str) -> HttpResponse:
    """Show one full number; the event says it was revealed."""
    reveals = {"id_number": people.reveal_id_number, "phone": people.reveal_phone}
    if what not in reveals:
        raise Problem("route.unknown", "没有这一项", remedy="请返回上一页，用页面上的按钮", status=404)
    value = reveals[what](person_id, actor=_with_purpose(request, person_id))
    if request.headers.get("HX-Request"):
        return fragment(request, "workbench/revealed.html", "value", value=value)
    return work_page(request, "workbench/revealed.html", value=value)


def _with_purpose(request: Request, person_id: UUID) -> Actor:
    """Give the actor with a purpose: the case they come from, the person before them, else what they chose.

    Problem ``casework.not_found`` (404) when the case is another person's.
    """
    case_id = request.GET.get("case", "")
    if case_id:
        return request.actor.for_purpose(f"case:{_number_of(case_id, person_id)}")
    if request.actor.purpose:
        return request.actor
    sitting = sitting_of(request.actor)
    return request.actor.for_purpose("counter") if sitting and sitting.person_id == person_id else request.actor


def _number_of(case_id: str, person_id: UUID) -> str:
    try:
        number = casework.number_of(UUID(case_id), applicant=person_id)
    except ValueError:
        raise Problem(
            "casework.not_found", "没有这个办件", remedy="请核对编号，或者从“待办”“我的办件”进入", status=404
        ) from None
    if not number:
        raise Problem("casework.not_found", "这个办件不是这个人的", remedy="请从办件页进入", status=404)
    return number


def _search_page(
    request: Request,
    *,
    text: str,
    lines: tuple[people.PersonLine, ...] = (),
    following: str = "",
    problem: Problem | None = None,
) -> HttpResponse:
    draw = functools.partial(work_page, status=422) if problem else read_page
    return draw(
        request,
        "workbench/people.html",
        text=text,
        following=following,
        rows=[_row(line) for line in lines],
        purposes=tuple((one.code, one.title) for one in PURPOSES.values() if one.by_hand),
        purpose=title_of(request.actor.purpose) if request.actor.purpose else "",
        problems=problem,
        key=new_key(),
    )


def _row(line: people.PersonLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "href": reverse("workbench.person", args=(line.id,)),
        "id_number": line.id_masked,
        "sex": line.sex,
        "age": str(line.age),
        "place": line.region_name,
    }


def _may_see_money(actor: Actor) -> bool:
    return may_act(actor, *MONEY, line="insurance")


def _benefit(one: payables.Benefit) -> dict[str, str]:
    return {
        "name": one.name,
        "since": month(one.first),
        "until": month(one.last) if one.last else "长期",
        "state": "正在发" if one.is_running else one.stop_reason or "已结束",
    }


def _payments(found: Sequence[payables.Paid], actor: Actor) -> list[dict[str, Any]]:
    linked = may_open(actor, "workbench.payment")
    return [
        {
            "name": one.name,
            "href": reverse("workbench.payment", args=(one.id,)) if linked else "",
            "month": month(one.month),
            "amount": yuan(one.fen),
            "state": f"{one.state_name}：{one.answer}" if one.state == "returned" else one.state_name,
            "account": f"尾号 {one.account_tail}" if one.account_tail else "没有账户",
        }
        for one in found
    ]


def _job(job: Job) -> tuple[str, str]:
    return (job.employer or _JOB_WORDS.get(job.kind, job.kind), f"{date(job.since)} 至 {date(job.until) or '今'}")


def _case(one: casework.PersonCase) -> dict[str, Any]:
    return {
        "item": one.item_name,
        "href": reverse("workbench.case", args=(one.id,)),
        "number": one.number,
        "state": one.state_name,
        "submitted": moment(one.submitted_at),
    }
