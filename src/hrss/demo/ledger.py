"""The books of the year: opening balances, contributions month by month, the treasury's share, transfers, pay runs.

One entry a month and fund for what came in, traced to its batch. Money goes from the income account to the treasury's
and from there to the expenditure account, two days before a run, as much as the run needs. No account is overdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from hrss.demo.anniversaries import first_day, month_of
from hrss.demo.awards import this_month, window
from hrss.demo.contributions import month_rows
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.domains.insurance.benefits import ACCOUNT_EXPENSE, BASIC_EXPENSE
from hrss.domains.insurance.services.book_subsidies import INCOME as INCOME_OF_SUBSIDIES
from hrss.domains.insurance.services.claim_subsidies import SOURCE as SOURCE_OF_SUBSIDIES
from hrss.domains.insurance.services.claim_subsidies import reference_of
from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth

INCOME, FISCAL, EXPENDITURE, SUSPENSE, NET = "1002", "1003", "1004", "2101", "3001"
EMPLOYERS, OWN, TREASURY = "4001-01", "4001-02", "4101"
BENEFITS, ACCOUNTS = BASIC_EXPENSE, ACCOUNT_EXPENSE
SUBSIDY = INCOME_OF_SUBSIDIES
ROUND: Final = 1_000_000  # transfers are in whole ten thousands of yuan
SHARES: Final = {
    Fund.EMPLOYEE_PENSION.value: (("pe", EMPLOYERS), ("pp", OWN)),
    Fund.UNEMPLOYMENT.value: (("ue", EMPLOYERS), ("up", OWN)),
    Fund.WORK_INJURY.value: (("ie", EMPLOYERS),),
}
RESIDENTS: Final = Fund.RESIDENT_PENSION.value
ORDER: Final = ("opening", "receipt", "subsidy", "transfer", "payrun", "returned")


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry; an empty reference is that of its proposal; ``lines`` are account, debit and credit in fen."""

    fund: str
    day: int
    source: str
    reference: str
    text: str
    lines: tuple[tuple[str, int, int], ...]


def postings(county: County, runs: pl.DataFrame) -> list[Posting]:
    """Give all entries of the year in the order they were posted."""
    made = [*_runs(county, runs), *_receipts(county), *_subsidies(county)]
    made += list(_transfers(county, made))
    made += list(_openings(county, made))
    return sorted(made, key=lambda one: (one.day, ORDER.index(one.source), one.fund, one.reference))


def _runs(county: County, runs: pl.DataFrame) -> Iterator[Posting]:
    """The order of each run and what the bank gave back; a second payment leaves the suspense account."""
    for run in runs.iter_rows(named=True):
        lines = county["lines"].filter((pl.col("run") == run["run"]) & (pl.col("fund") == run["fund"]))
        again = int(lines.filter(pl.col("attempt") > 1)["amount"].sum())
        apart = int(lines.filter(pl.col("attempt") == 1)["part"].sum())
        spent = ((BENEFITS, run["total"] - again - apart, 0), (ACCOUNTS, apart, 0))
        rows = (*spent, (SUSPENSE, again, 0), (EXPENDITURE, 0, run["total"]))
        yield Posting(run["fund"], run["day"], "payrun", run["number"], f"发放 {run['number']}", _kept(rows))
        if run["back"]:
            back = ((EXPENDITURE, run["back"], 0), (SUSPENSE, 0, run["back"]))
            yield Posting(run["fund"], run["answered"], "returned", run["number"], f"银行退回 {run['number']}", back)


def _kept(rows: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    return tuple(row for row in rows if row[1] or row[2])


def _months(county: County) -> list[int]:
    return list(range(window(county)[0], window(county)[1] + 1))


def _day_of(county: County, month: int, day: int) -> int:
    """A day of a month, the last one at most, never later than yesterday."""
    last = int(first_day(np.array([month + 1]))[0]) - 1
    return min(int(first_day(np.array([month]))[0]) + day - 1, last, county.today - 1)


def contributions_by_month(county: County) -> pl.DataFrame:
    """Give what employers and employees paid in each month of the year: month and the sum of each share in fen."""
    years = sorted({month // 12 for month in _months(county)})
    rows = pl.concat([month_rows(county, year) for year in years])
    rows = rows.filter(pl.col("month").is_in(_months(county)))
    names = [name for shares in SHARES.values() for name, _ in shares]
    return rows.group_by("month").agg(pl.col(name).cast(pl.Int64).sum() for name in names).sort("month")


def _receipts(county: County) -> Iterator[Posting]:
    for row in contributions_by_month(county).iter_rows(named=True):
        for fund, shares in SHARES.items():
            yield _receipt(county, fund, row["month"], [(account, row[name]) for name, account in shares])
    paid = county["resident_payments"].select(
        "paid", month=pl.Series(month_of(county.column("resident_payments", "paid_on")))
    )
    sums = dict(paid.group_by("month").agg(pl.col("paid").cast(pl.Int64).sum()).rows())
    for month in [*_months(county), this_month(county)]:
        if sums.get(month):
            yield _receipt(county, RESIDENTS, month, [(OWN, sums[month])])


def _subsidies(county: County) -> Iterator[Posting]:
    """The treasury pays the subsidy of a month's contributions on the third day of the next, claimed on the first."""
    paid = county["resident_payments"].select(
        "subsidy", month=pl.Series(month_of(county.column("resident_payments", "paid_on")))
    )
    sums = dict(paid.group_by("month").agg(pl.col("subsidy").cast(pl.Int64).sum()).rows())
    for month in [month for month in _months(county) if sums.get(month)]:
        at, fen = YearMonth.from_index(month), sums[month]
        lines = ((FISCAL, fen, 0), (SUBSIDY, 0, fen))
        text = f"{at} 居民养老保险缴费补贴到账，{notice_of(at)}"
        yield Posting(RESIDENTS, _day_of(county, month + 1, 3), SOURCE_OF_SUBSIDIES, reference_of(at), text, lines)


def notice_of(month: YearMonth) -> str:
    """Give the (made up) number of the treasury's notice for the subsidy of a month."""
    paid = month + 1
    return f"到账通知 演示财社〔{paid.year}〕{paid.month:02d}号"


def _receipt(county: County, fund: str, month: int, shares: list[tuple[str, int]]) -> Posting:
    at = YearMonth.from_index(month)
    lines = _kept(((INCOME, sum(fen for _, fen in shares), 0), *((account, 0, fen) for account, fen in shares)))
    return Posting(fund, _day_of(county, month, 28), "receipt", f"batch:{fund}:{at}", f"{at} 保费到账汇总", lines)


def _transfers(county: County, made: list[Posting]) -> Iterator[Posting]:
    """Income to the treasury on the last day of each month; from there to the expenditure account before each run."""
    for one in made:
        if one.source == "payrun":
            fen = -(-one.lines[-1][2] // ROUND) * ROUND
            yield _transfer(one.fund, one.day - 2, (EXPENDITURE, FISCAL), fen, "财政专户向支出户拨款")
        if one.source == "receipt" and month_of(np.array([one.day]))[0] <= window(county)[1]:
            month = int(month_of(np.array([one.day]))[0])
            yield _transfer(
                one.fund, _day_of(county, month, 31), (FISCAL, INCOME), one.lines[0][1], "收入户存款缴存财政专户"
            )
    for one in [one for one in made if one.source == "payrun" and one.fund == RESIDENTS]:
        month = int(month_of(np.array([one.day]))[0])
        at, fen = YearMonth.from_index(month), -(-one.lines[-1][2] // ROUND) * ROUND
        lines = ((FISCAL, fen, 0), (TREASURY, 0, fen))
        yield Posting(
            RESIDENTS, _day_of(county, month, 4), "receipt", f"treasury:{RESIDENTS}:{at}", f"{at} 财政补贴到账", lines
        )


def _transfer(fund: str, day: int, ways: tuple[str, str], fen: int, text: str) -> Posting:
    return Posting(fund, day, "transfer", "", text, ((ways[0], fen, 0), (ways[1], 0, fen)))


def _openings(county: County, made: list[Posting]) -> Iterator[Posting]:
    """What each fund had when its books began here: enough that no account is ever overdrawn, in whole yuan."""
    day = int(first_day(np.array([window(county)[0]]))[0])
    for fund in sorted({one.fund for one in made}):
        spent = sum(credit for one in made if one.fund == fund and one.source == "payrun" for _, _, credit in one.lines)
        income = sum(debit for one in made if one.fund == fund for code, debit, _ in one.lines if code == INCOME)
        fiscal = -(-max(spent * 3 // 2, income // 3) // ROUND) * ROUND
        standing = -(-max(spent // 20, ROUND) // ROUND) * ROUND
        rows = ((FISCAL, fiscal, 0), (EXPENDITURE, standing, 0), (NET, 0, fiscal + standing))
        yield Posting(fund, day, "opening", "", f"期初建账（{Fund(fund).label}）", rows)


def content(one: Posting) -> dict[str, Any]:
    """Give what is signed for a proposed entry."""
    lines = [{"account": account, "debit": debit, "credit": credit} for account, debit, credit in one.lines]
    return {"on": as_date(one.day).isoformat(), "text": one.text, "lines": lines}
