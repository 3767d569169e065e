"""Budget against spending, by fund and subject, in fen: budgets from confirmed lines, spending from the ledger.

An account belongs to the budget line whose number is the longest beginning of its own; what no line names is shown as
outside the budget. Where the books of a fund do not cover the year, the demonstration's history stands in, marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrss.foundation.datasets import Aggregate, Condition, Measure, Operator, Origin, Window, dataset_of
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.registry import DATASETS
from hrss.foundation.datasets.running import number
from hrss.foundation.scope import acting
from hrss.funds.codes import TITLES, fund_of
from hrss.funds.ledger.models import Account, Entry
from hrss.funds.ledger.queries import fund_states
from hrss.funds.statements.figures import statement
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.projects.models import BudgetLine

STAND_IN = "funds.spending"
_ROBOT = system_actor("projects.spending").for_purpose("statistics")


@dataclass(frozen=True, slots=True)
class Row:
    """One subject of a fund: budget and spending of the year so far in fen; ``origin``: ledger, history or none."""

    fund: str
    fund_title: str
    subject: str
    title: str
    budget: int | None
    spent: int
    origin: str
    document: str = ""

    @property
    def rate(self) -> int | None:
        """Spending in whole per cent of the budget, rounded down; None without a budget."""
        return 100 * self.spent // self.budget if self.budget else None


def rows(month: YearMonth) -> list[Row]:
    """Give every subject with a budget or with spending, from the start of the year to the month's end."""
    lines = confirmed(month.year)
    books = {one.fund for one in fund_states()}
    found: list[Row] = []
    for fund in TITLES:
        mine = [one for one in lines if one.fund == fund.value]
        covered = fund.value in books and (_covers(fund.value, month.year) or not stands_in())
        spent = _ledger(fund.value, month) if covered else {}
        found += _from_ledger(fund.value, mine, spent) if any(spent.values()) else _from_history(mine, month)
    return found


def confirmed(year: int) -> list[BudgetLine]:
    """Give the budget lines in force of a year: confirmed, and not replaced by a confirmed one."""
    every = BudgetLine.objects.filter(year=year).exclude(confirmed_at=None)
    return list(every.exclude(replaced_by__confirmed_at__isnull=False).order_by("fund", "subject"))


def stands_in() -> bool:
    """Tell whether the demonstration's history of spending is there to stand in."""
    return STAND_IN in DATASETS and dataset_of(STAND_IN).origin is Origin.DEMO_HISTORY


def _covers(fund: str, year: int) -> bool:
    """Tell whether the books have spending from January on: a year begun on paper is not compared with a budget."""
    spent = Entry.objects.filter(fund_id=fund, on__year=year, on__month=1, lines__account__kind=Account.Kind.EXPENSE)
    return spent.exists()


def _ledger(fund: str, month: YearMonth) -> dict[tuple[str, str], int]:
    """Give spending of the year by account number and name, without year-end carrying."""
    sections = {one.title: one for one in statement("income", fund, month).sections}
    return {(row.code, row.name): row.amounts[1] for row in sections["支出"].rows if not row.is_sum}


def _from_ledger(fund: str, lines: list[BudgetLine], spent: dict[tuple[str, str], int]) -> list[Row]:
    totals = dict.fromkeys((one.subject for one in lines), 0)
    others: list[Row] = []
    for (code, name), amount in spent.items():
        home = max((one for one in totals if code.startswith(one)), key=len, default=None)
        if home is None:
            others.append(Row(fund, fund_of(fund).label, code, name, None, amount, "ledger"))
        else:
            totals[home] += amount
    return [*_budgeted(lines, totals, "ledger"), *(one for one in others if one.spent)]


def _from_history(lines: list[BudgetLine], month: YearMonth) -> list[Row]:
    known = stands_in()
    totals = {one.subject: _stand_in(one, month) if known else 0 for one in lines}
    return _budgeted(lines, totals, "history" if known else "none")


def _stand_in(line: BudgetLine, month: YearMonth) -> int:
    where = (Condition("fund", Operator.IS, line.fund), Condition("subject", Operator.IS, line.title))
    measure = Measure(STAND_IN, where, Aggregate.SUM, "amount_fen")
    with acting(_ROBOT):
        return number(query_of(measure, Window(YearMonth(month.year, 1).first_day, month.last_day))).value


def _budgeted(lines: Iterable[BudgetLine], totals: dict[str, int], origin: str) -> list[Row]:
    return [
        Row(
            one.fund,
            fund_of(one.fund).label,
            one.subject,
            one.title,
            one.amount,
            totals[one.subject],
            origin,
            one.document,
        )
        for one in lines
    ]
