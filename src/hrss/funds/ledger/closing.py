"""Closing a month or a year: the signed trial balance must still be the books' when the third person agrees.

December first carries income and expenditure over to the fund balance (年末结转). It refuses months out of order and
months not over.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from hrss.foundation.refusals import again, told
from hrss.funds.ledger.models import Account, Book, Closing, Proposal
from hrss.funds.ledger.posting import Line, post
from hrss.funds.ledger.queries import Movement, movements
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

DECEMBER = 12
ORDER = Problem(
    "ledger.months_in_order", "要按月份先后结账", rule="结账按月连续", remedy="请先结前面的月份", status=409
)
NOT_OVER = Problem(
    "ledger.month_not_over", "这个月还没有过完，不能结账", rule="月末终了后结账", remedy="请月末以后再结账", status=409
)
_REFUSALS = {
    "ledger_months_in_order": ORDER,
    "ledger_month_not_over": NOT_OVER,
    "ledger_closing_once": Problem("ledger.closed_already", "这个月已经结账", remedy="请刷新页面", status=409),
}


def next_month(fund: str) -> YearMonth | None:
    """Give the month that is to be closed next; None where nothing was posted or closed yet."""
    book = Book.objects.get(fund=fund)
    if book.closed_through:
        return YearMonth.of(book.closed_through) + 1
    first = book.entries.order_by("on").first()
    return YearMonth.of(first.on) if first else None


def require_next(fund: str, month: YearMonth) -> None:
    """Problems ``ledger.months_in_order`` and ``ledger.month_not_over`` (409)."""
    wanted = next_month(fund)
    if wanted is not None and month != wanted:
        raise again(ORDER)
    if month.last_day > timezone.localdate():
        raise again(NOT_OVER)


def closing_content(fund: str, month: YearMonth) -> dict[str, Any]:
    """Give what is signed: every account's opening, debit and credit in the month."""
    rows = [[one.code, one.opening, one.debit, one.credit] for one in movements(fund, month.first_day, month.last_day)]
    return {"month": str(month), "rows": rows}


def close(row: Proposal, *, actor: Actor) -> None:
    """Close the month of a signed proposal. Problem ``ledger.moved_on`` (409) when something was posted since."""
    month = YearMonth.parse(row.content["month"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_lock_book(%s)", [row.fund_id])
    if closing_content(row.fund_id, month) != row.content:
        raise Problem(
            "ledger.moved_on",
            "申请结账以后这个月又记了账，签的不是现在的账",
            rule="三个岗位签的是同一份试算平衡表",
            remedy="请退回，重新申请结账",
            status=409,
        )
    if month.month == DECEMBER:
        _carry(row.fund_id, month, actor=actor)
    with told(_REFUSALS):
        Closing.objects.create(fund_id=row.fund_id, month=month.first_day, reference=str(row.id))


def _carry(fund: str, month: YearMonth, *, actor: Actor) -> None:
    """Carry every income and expense account over to where its chart says."""
    targets = dict(Account.objects.filter(fund_id=fund).exclude(carries_to="").values_list("code", "carries_to"))
    lines = [
        line
        for one in movements(fund, month.first_day, month.last_day)
        if one.code in targets and one.balance
        for line in _mirrored(one, targets[one.code])
    ]
    if lines:
        text = f"{month.year}年年末结转"
        post(
            actor=actor,
            fund=fund,
            on=month.last_day,
            lines=lines,
            source="carry",
            reference=f"{fund}:{month.year}",
            text=text,
        )


def _mirrored(one: Movement, target: str) -> tuple[Line, Line]:
    if one.balance > 0:
        return Line(target, debit=one.balance), Line(one.code, credit=one.balance)
    return Line(one.code, debit=-one.balance), Line(target, credit=-one.balance)
