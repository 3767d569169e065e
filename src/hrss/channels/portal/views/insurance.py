"""My insurance: enrolment, what I paid, my account year by year, what I receive and how each amount came about.

Amounts are shown as the rules gave them; their words are made again from what was stored. Paying goes through the
payment channel and happens once, whatever is clicked twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.portal.views.me import own_person
from hrss.channels.ui.formats import date, month
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.domains.insurance import amounts
from hrss.domains.insurance import queries as insurance
from hrss.domains.insurance.models import AccountYear, Award, ResidentPayment
from hrss.domains.insurance.services import bill_resident, pay_resident
from hrss.domains.insurance.services.award_pension import years_words
from hrss.foundation.people.queries import person_by_id
from hrss.foundation.verbs import keyed
from hrss.funds.payables import queries as payables
from hrss.funds.payables.queries import PaymentView
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import Explanation, replay

_HELD = {
    "same_account": "被退回的账户还没有换",
    "no_account": "没有可用的收款账户",
    "cooling": "新账户还没有到启用日",
    "dead": "正在核实",
}
_SHOWN, _LARGEST = 24, 2**62  # payments on a page; no id is larger
_STATE_KINDS = {"active": "ok", "paused": "warning", "ended": "muted"}


def home(request: Request) -> HttpResponse:
    """Everything of mine on one page."""
    person_id = own_person(request)
    person = person_by_id(person_id, actor=request.actor, what="insurance.own_record")
    record = insurance.record_of(person_id, actor=request.actor)
    before = _before(request.GET.get("before", ""))
    received = payables.payments_of(person_id, actor=request.actor, before=before, limit=_SHOWN + 1)
    return page(
        request,
        "portal/insurance.html",
        record=record,
        offer=insurance.paying_offer(person, timezone.localdate()),
        awards=[_award_row(award) for award in record.awards],
        received=[_received_row(one) for one in received[:_SHOWN]],
        older=received[_SHOWN - 1].id if len(received) > _SHOWN else None,
        is_newest=before is None,
        years=[_year_row(row) for row in record.years],
        paid=[_paid_row(row) for row in record.payments],
        just_paid="paid" in request.GET,
    )


def pay(request: Request) -> HttpResponse:
    """Choose a grade: POST makes the bill, which is paid on the next page."""
    person_id = own_person(request)
    offer = _offer(request, person_id)
    if offer is None:
        return HttpResponseRedirect(reverse("portal.insurance"))
    problem: Problem | None = None
    if request.method == "POST":
        try:
            grade = _grade(request.POST.get("grade", ""))
            done = keyed(
                request.POST.get("_key", ""),
                bill_resident,
                person_id,
                actor=request.actor,
                grade_yuan=grade,
                on=timezone.localdate(),
            )
            return HttpResponseRedirect(reverse("portal.insurance_bill", args=(done.id, grade)))
        except Problem as raised:
            problem = raised
    return page(
        request,
        "portal/insurance_pay.html",
        status=422 if problem else 200,
        offer=offer,
        options=[(str(grade), f"{grade} 元/年", _subsidy_words(fen)) for grade, fen in offer.grades.items()],
        value=request.POST.get("grade") or str(offer.grade),
        problems=problem,
        key=new_key(),
    )


def bill(request: Request, bill_id: UUID, grade: int) -> HttpResponse:
    """The bill: what is paid for, what the government adds; POST pays. The same bill is paid once."""
    person_id = own_person(request)
    offer = _offer(request, person_id)
    if offer is None or grade not in offer.grades:
        return HttpResponseRedirect(reverse("portal.insurance"))
    problem: Problem | None = None
    if request.method == "POST":
        try:
            keyed(
                request.POST.get("_key", ""),
                pay_resident,
                person_id,
                actor=request.actor,
                bill_id=bill_id,
                grade_yuan=grade,
                on=timezone.localdate(),
            )
            return HttpResponseRedirect(reverse("portal.insurance") + "?paid=1")
        except Problem as raised:
            problem = raised
    return page(
        request,
        "portal/insurance_bill.html",
        status=422 if problem else 200,
        rows=_pay_rows(offer, grade),
        problems=problem,
        key=new_key(),
    )


def award(request: Request, award_id: UUID) -> HttpResponse:
    """How a benefit was decided: facts, steps of the rule, what happened to it since."""
    record = insurance.record_of(own_person(request), actor=request.actor, what="insurance.award")
    found = next((one for one in record.awards if one.id == award_id), None)
    if found is None:
        raise Problem("insurance.no_award", "没有这项待遇", remedy="请从“我的社保”进入", status=404)
    basis = [found.explanation] + ([found.facts["months_basis"]] if "months_basis" in found.facts else [])
    return page(
        request,
        "portal/insurance_award.html",
        award=found,
        title=amounts.TITLES[found.benefit],
        state=(found.get_state_display(), _STATE_KINDS[found.state]),
        rows=_award_facts(found),
        calculations=[_calculation(one["title"], replay(one)) for one in basis],
        events=[
            {"at": date(one.on), "title": one.get_kind_display(), "text": one.reason}
            for one in record.events
            if one.award_id == found.id
        ],
    )


def payment(request: Request, payment_id: int) -> HttpResponse:
    """How one payment was calculated, from which run it came, what the bank said."""
    own_person(request)
    found = payables.payment_by_id(payment_id, actor=request.actor)
    explanation = found.explanation()
    return page(
        request,
        "portal/insurance_payment.html",
        found=found,
        rows=list(_payment_rows(found)),
        one=_calculation("怎么算出来的", explanation),
        returned=found.state == "returned",
    )


def _payment_rows(found: PaymentView) -> Iterator[tuple[str, str]]:
    yield "哪个月的", month(found.month)
    yield "金额", f"{yuan(found.fen)} 元"
    if found.deducted:
        yield "抵扣要退的钱", f"{yuan(found.deducted)} 元，发到账户 {yuan(found.fen - found.deducted)} 元"
    yield "到哪一步", found.state_name
    yield "银行答复", _answer(found) or "还没有答复"
    yield "收款账户", f"{found.bank}（尾号 {found.account_tail}）" if found.account_tail else "没有可用的账户"
    if found.attempt > 1:
        yield "第几次发", f"第 {found.attempt} 次，前面没有发成"
    yield "批次编号", found.run_number


def _calculation(title: str, explanation: Explanation) -> dict[str, Any]:
    return {"title": title, "parts": _parts(explanation), "lines": explanation.to_text().splitlines()}


def _parts(explanation: Explanation) -> list[dict[str, str]]:
    """Give the parts an amount is the sum of, without those that are nothing; none where it is no sum."""
    rows = [
        {"part": explanation.rule.word(name), "fen": yuan(int(fen))}
        for name, fen in explanation.summands.items()
        if fen
    ]
    return [*rows, {"part": "合计", "fen": yuan(int(explanation.amount))}] if rows else []


def _before(typed: str) -> int | None:
    """Give the payment the page begins after; anything else begins with the newest."""
    return min(int(typed), _LARGEST) if typed.isascii() and typed.isdecimal() and len(typed) < 20 else None


def _offer(request: Request, person_id: UUID) -> insurance.PayingOffer | None:
    person = person_by_id(person_id, actor=request.actor, what="insurance.own_record")
    return insurance.paying_offer(person, timezone.localdate())


def _grade(typed: str) -> int:
    if not typed.isdigit():
        raise Problem("insurance.grade_missing", "还没有选档次", remedy="请选每年缴多少钱", field="grade")
    return int(typed)


def _subsidy_words(fen: int) -> str:
    return f"政府补贴 {yuan(fen)} 元" if fen else "补缴没有政府补贴"


def _pay_rows(offer: insurance.PayingOffer, grade: int) -> list[tuple[str, str]]:
    count, subsidy = len(offer.years), offer.grades[grade]
    span = f"{offer.years[0]} 年" if count == 1 else f"{offer.years[0]} 年至 {offer.years[-1]} 年，共 {count} 年"
    return [
        ("缴哪年的", span),
        ("您要付", f"{yuan(grade * amounts.FEN * count)} 元"),
        ("政府补贴", f"{yuan(subsidy)} 元" if subsidy else "没有"),
        ("记入个人账户", f"{yuan((grade * amounts.FEN + subsidy) * count)} 元"),
    ]


def _award_row(one: Award) -> dict[str, Any]:
    return {
        "title": amounts.TITLES[one.benefit],
        "amount": f"{yuan(one.amount_fen)} 元" + ("" if one.deceased_id else "/月"),
        "since": month(YearMonth.of(one.first)),
        "until": _until(one),
        "state": one.get_state_display(),
        "href": reverse("portal.insurance_award", args=(one.id,)),
    }


def _until(one: Award) -> str:
    if one.deceased_id:
        return "一次性"
    return month(YearMonth.of(one.last)) if one.last else "长期"


def _award_facts(one: Award) -> list[tuple[str, str]]:
    rows = [
        ("核定时的金额" if one.deceased_id is None else "金额", _award_row(one)["amount"]),
        ("从哪个月起", month(YearMonth.of(one.first))),
        ("到哪个月", _until(one)),
    ]
    if one.benefit == amounts.PENSION_BENEFIT:
        rows.append(("领取时的个人账户储存额", f"{yuan(int(one.facts['account']))} 元"))
        rows.append(("缴费年限", years_words(one.facts)))
    if one.benefit == amounts.UNEMPLOYMENT_BENEFIT:
        rows.append(("失业保险缴费", f"{one.facts['paid_months']} 个月"))
        rows.append(("可以领", f"{one.facts['months']} 个月，其中上次没领完的 {one.facts['unused']} 个月"))
    if one.end_reason:
        rows.append(("停发原因", one.end_reason))
    return rows


def _received_row(one: PaymentView) -> dict[str, Any]:
    return {
        "month": month(one.month),
        "name": one.name,
        "amount": f"{yuan(one.fen)} 元",
        "state": one.state_name if one.state == "paid" else f"{one.state_name} {_answer(one)}".strip(),
        "how": "怎么算的",
        "href": reverse("portal.insurance_payment", args=(one.id,)),
    }


def _answer(one: PaymentView) -> str:
    return f"{one.answer}（{date(one.answered_on)}）" if one.answer and one.answered_on else one.answer or _note(one)


def _note(one: PaymentView) -> str:
    """Give why a payment was held, in words; codes of the run are not for people. Nothing where nothing is wrong."""
    if one.state == "open":
        return ""
    return _HELD.get(one.note, one.note if not one.note.isascii() else "正在核实")


def _year_row(row: AccountYear) -> dict[str, Any]:
    return {
        "year": f"{row.year} 年",
        "credit": yuan(row.credit_fen),
        "interest": "还没有结转" if row.interest_fen is None else yuan(row.interest_fen),
        "balance": "还没有结转" if row.balance_fen is None else yuan(row.balance_fen),
    }


def _paid_row(row: ResidentPayment) -> dict[str, Any]:
    return {
        "year": f"{row.year} 年" + ("（补缴）" if row.is_late else ""),
        "paid": yuan(row.paid_fen),
        "subsidy": yuan(row.subsidy_fen),
        "payer": row.get_payer_display(),
        "on": date(row.paid_on),
        "receipt": row.receipt[-12:],
    }
