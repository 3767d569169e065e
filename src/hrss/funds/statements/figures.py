"""The figures of the three statements, in fen, from the books (财会〔2017〕28号; line order by account number).

Statement forms carry every account that stands or moved. Net assets are the fund balance plus what the year has
brought so far, so assets equal liabilities and net assets in an open month too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Account, Book
from hrss.funds.ledger.queries import Movement, movements
from hrss.kernel.months import YearMonth

_FLOWS = """
SELECT a.code, a.name, a.kind,
       coalesce(sum(l.credit - l.debit) FILTER (WHERE e."on" >= %s), 0)::bigint, sum(l.credit - l.debit)::bigint
FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id
WHERE e.fund = %s AND e."on" BETWEEN %s AND %s AND e.source <> 'carry' AND a.kind IN ('income', 'expense')
GROUP BY a.id ORDER BY a.code
"""
_BROUGHT = """
SELECT coalesce(sum(l.credit - l.debit), 0)::bigint FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
JOIN ledger_account a ON a.id = l.account_id
WHERE e.fund = %s AND e."on" BETWEEN %s AND %s AND e.source <> 'carry' AND a.kind = 'net'
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a statement: account number (empty for sums), words, amounts in fen in the statement's columns."""

    code: str
    name: str
    amounts: tuple[int, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled block of lines with its total as last line."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement ready to be drawn: which fund and month, columns of amounts, sections, whether it can still move."""

    kind: str
    title: str
    fund: str
    fund_title: str
    month: YearMonth
    columns: tuple[str, ...]
    sections: tuple[Section, ...]
    is_closed: bool
    checks: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> tuple[Row, ...]:
        """All lines of all sections in order."""
        return tuple(row for section in self.sections for row in section.rows)


KINDS: dict[str, str] = {"trial": "试算平衡表", "balance": "资产负债表", "income": "收支表"}


def statement(kind: str, fund: str, month: YearMonth) -> Statement:
    """Give a statement of a fund for a month (``trial``, ``balance``, ``income``)."""
    build = {"trial": _trial, "balance": _balance, "income": _income}[kind]
    fund = fund_of(fund)
    columns, sections, checks = build(fund.value, month)
    shut = Book.objects.filter(fund=fund.value).values_list("closed_through", flat=True).first()
    closed = shut is not None and month.last_day <= shut
    return Statement(kind, KINDS[kind], fund.value, fund.label, month, columns, tuple(sections), closed, checks)


Built = tuple[tuple[str, ...], Sequence[Section], tuple[str, ...]]


def _trial(fund: str, month: YearMonth) -> Built:
    """Opening, movement and end of every account on both sides (试算平衡表)."""
    moved = [one for one in movements(fund, month.first_day, month.last_day) if not one.is_still]
    rows = [Row(one.code, one.name, _both_sides(one)) for one in moved]
    columns = ("期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")
    total = _sum("合计", rows, len(columns))
    pairs = zip(total.amounts[::2], total.amounts[1::2], strict=True)
    checks = (
        "借贷合计相等" if all(debit == credit for debit, credit in pairs) else "借贷合计不相等，请停止使用并报告",
    )
    return columns, [Section("", (*rows, total))], checks


def _both_sides(one: Movement) -> tuple[int, ...]:
    return (*_side(one.opening), one.debit, one.credit, *_side(one.balance))


def _side(balance: int) -> tuple[int, int]:
    return (balance, 0) if balance > 0 else (0, -balance)


def _balance(fund: str, month: YearMonth) -> Built:
    """Assets against liabilities and net assets, at the start of the year and the end of the month (资产负债表)."""
    year = movements(fund, date(month.year, 1, 1), month.last_day)
    assets = _stock(year, Account.Kind.ASSET, 1)
    liabilities = _stock(year, Account.Kind.LIABILITY, -1)
    net = _stock(year, Account.Kind.NET, -1)
    flows = [one for one in year if one.kind in (Account.Kind.INCOME, Account.Kind.EXPENSE)]
    so_far = Row("", "本年收支结余（尚未结转）", (-sum(x.opening for x in flows), -sum(x.balance for x in flows)))
    net = [*net, so_far] if any(so_far.amounts) else net
    all_assets, owed = _sum("资产总计", assets, 2), _sum("负债合计", liabilities, 2)
    owned = _sum("净资产合计", net, 2)
    both = Row("", "负债和净资产总计", _added(owed, owned), is_sum=True)
    sections = [
        Section("资产", (*assets, all_assets)),
        Section("负债", (*liabilities, owed)),
        Section("净资产", (*net, owned, both)),
    ]
    equal = all_assets.amounts == both.amounts
    check = "资产总计与负债和净资产总计相等" if equal else "资产总计与负债和净资产总计不相等，请停止使用并报告"
    return ("年初数", "期末数"), sections, (check,)


def _stock(year: Iterable[Movement], kind: str, sign: int) -> list[Row]:
    return [
        Row(one.code, one.name, (sign * one.opening, sign * one.balance))
        for one in year
        if one.kind == kind and (one.opening or one.balance or one.bank)
    ]


def _income(fund: str, month: YearMonth) -> Built:
    """Income and expenditure of the month and the year so far, and the balance carried on (收支表)."""
    first = date(month.year, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, [month.first_day, fund, first, month.last_day])
        flows = cursor.fetchall()
    income = [Row(code, name, (now, year)) for code, name, kind, now, year in flows if kind == Account.Kind.INCOME]
    expense = [Row(code, name, (-now, -year)) for code, name, kind, now, year in flows if kind == Account.Kind.EXPENSE]
    came, went = _sum("收入合计", income, 2), _sum("支出合计", expense, 2)
    left = Row("", "本期收支结余", tuple(a - b for a, b in zip(came.amounts, went.amounts, strict=True)), is_sum=True)
    before = (_net(movements(fund, month.first_day, month.last_day)), _net(movements(fund, first, month.last_day)))
    opening = Row("", "期初滚存结余", before)
    brought = Row("", "建账转入和结余调整", (_brought(fund, month.first_day, month), _brought(fund, first, month)))
    end = Row("", "期末滚存结余", _added(Row("", "", _added(opening, brought)), left), is_sum=True)
    sections = [
        Section("收入", (*income, came)),
        Section("支出", (*expense, went)),
        Section("结余", (left, opening, *([brought] if any(brought.amounts) else []), end)),
    ]
    equal = end.amounts[0] == end.amounts[1]
    return (
        ("本月数", "本年累计数"),
        sections,
        ("本月与累计的期末滚存结余相等" if equal else "期末滚存结余不相等，请停止使用并报告",),
    )


def _net(moved: Iterable[Movement]) -> int:
    """Give the fund balance at the opening, with what was not carried over yet."""
    kinds = (Account.Kind.NET, Account.Kind.INCOME, Account.Kind.EXPENSE)
    return -sum(one.opening for one in moved if one.kind in kinds)


def _brought(fund: str, since: date, month: YearMonth) -> int:
    """Give what came to the fund balance itself: balances brought in when the books were opened, corrections of it."""
    with connection.cursor() as cursor:
        cursor.execute(_BROUGHT, [fund, since, month.last_day])
        return int(cursor.fetchone()[0])


def _sum(name: str, rows: Iterable[Row], width: int) -> Row:
    rows = list(rows)
    return Row("", name, tuple(sum(row.amounts[at] for row in rows) for at in range(width)), is_sum=True)


def _added(one: Row, other: Row) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one.amounts, other.amounts, strict=True))
