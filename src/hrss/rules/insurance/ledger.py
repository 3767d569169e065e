"""The annual account ledger: one row per person and year, kept as contributions post, read by every recomputation.

A row holds credit, interest product, index sum and months of a year. Posting adds, a correction posts the negative, so
the row is always the sum of its postings; a row that no twelve months can make is refused. From the rows come balance
and index without a look at the months.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hrss.kernel.problem import Problem
from hrss.rules.engine.arithmetic import half_up
from hrss.rules.engine.columns import batch
from hrss.rules.engine.evaluate import evaluate
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.units import ONE
from hrss.rules.insurance.accounts import account_from_ledger


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """One year of one account: credit and interest product in fen, index sum in millionths, months paid."""

    year: int
    credit: int = 0
    product: int = 0
    index_sum: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """A contribution credited for a month: the amount credited, base and average wage of the year, in fen.

    ``sign`` is -1 for a reversal of the same posting.
    """

    year: int
    month: int
    credited: int
    base: int
    average: int
    sign: int = 1


def post(row: LedgerYear, posting: Posting) -> LedgerYear:
    """Add a posting to the row of its year (or take it back, for a reversal)."""
    if posting.year != row.year or not 1 <= posting.month <= 12:
        what = f"{posting.year} 年 {posting.month} 月的记账不能记入 {row.year} 年台账"
        raise Problem("ledger.wrong_year", what, rule="个人账户年度台账", field="month", remedy="核对费款所属期")
    if posting.average < 1:
        raise Problem(
            "ledger.no_average", "月平均工资须大于零", rule="个人账户年度台账", field="average", remedy="补录平均工资"
        )
    sign = posting.sign
    made = replace(
        row,
        credit=row.credit + sign * posting.credited,
        product=row.product + sign * posting.credited * (13 - posting.month),
        index_sum=row.index_sum + sign * half_up(posting.base * ONE, posting.average),
        months=row.months + sign,
    )
    if not 0 <= made.months <= 12 or not 0 <= made.credit <= made.product <= 12 * made.credit:
        what = f"{row.year} 年台账会变成 {made.months} 个月、{made.credit / 100:.2f} 元"
        raise Problem("ledger.out_of_year", what, rule="一年最多十二个月，冲销须有原记账", remedy="核对重复记账或冲销")
    return made


def post_all(postings: Iterable[Posting]) -> tuple[LedgerYear, ...]:
    """Build the rows of one person from postings in any order."""
    rows: dict[int, LedgerYear] = {}
    for posting in sorted(postings, key=lambda one: -one.sign):
        rows[posting.year] = post(rows.get(posting.year, LedgerYear(posting.year)), posting)
    return tuple(rows[year] for year in sorted(rows))


def balance(rows: Sequence[LedgerYear], *, opening: int, rates: Mapping[int, int]) -> Explanation:
    """The balance at the end of the last year with its explanation; ``rates`` in millionths by year, none may lack.

    Years without a row between the first and the last earn interest and credit nothing.
    """
    if not rows:
        return evaluate(account_from_ledger, {"opening": opening, "credits": (), "products": (), "rates": ()})
    kept = {row.year: row for row in rows}
    years = range(min(kept), max(kept) + 1)
    missing = [year for year in years if year not in rates]
    if missing:
        what = f"没有 {missing[0]} 年的记账利率"
        raise Problem("ledger.no_rate", what, rule="记账利率每年公布", field="rates", remedy="补录后再结转")
    return evaluate(
        account_from_ledger,
        {
            "opening": opening,
            "credits": tuple(kept.get(year, LedgerYear(year)).credit for year in years),
            "products": tuple(kept.get(year, LedgerYear(year)).product for year in years),
            "rates": tuple(rates[year] for year in years),
        },
    )


def balances(
    openings: npt.NDArray[Any], credits: npt.NDArray[Any], products: npt.NDArray[Any], rates: Sequence[int]
) -> npt.NDArray[np.int64]:
    """Balances of a whole county: ``credits`` and ``products`` are (years, persons), ``rates`` one a year."""
    columns = {"opening": openings, "credits": credits, "products": products}
    found: npt.NDArray[np.int64] = batch(account_from_ledger, columns, common={"rates": tuple(rates)})["amount"]
    return found
