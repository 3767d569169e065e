"""What residents paid year by year and what their accounts hold, closed each January at the published rate.

Whoever has claimed has a settled account and a pension; the claim comes within six weeks of the sixtieth birthday.
Every amount is a column of a rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import first_day, month_of
from hrss.demo.county import County, day_number
from hrss.demo.insured_residents import BEGAN, FIRST_YEAR, grade_in
from hrss.domains.insurance import amounts
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.accounts import close_year
from hrss.rules.insurance.resident import resident_subsidy
from hrss.rules.insurance.resident_account import resident_balance, resident_credit, resident_product

UNPUBLISHED: Final = {2020: 2019, 2021: 2019}  # subsidies of these years stay at those of 2019 (示意)
SKIPPED: Final = 0.05
SEASON: Final = (0.4, 0.6, 1.6, 1.8, 1.5, 1.2, 0.9, 0.8, 0.8, 0.6, 0.4, 0.3)
CLAIMS_WITHIN: Final = 42


@dataclass(slots=True)
class _Ledger:
    """Balances while the years go by, and the rows written so far."""

    balance: draws.Ints
    settled: draws.Bools
    payments: list[pl.DataFrame] = field(default_factory=list)
    years: list[pl.DataFrame] = field(default_factory=list)


def build(county: County) -> None:
    """Add ``resident_payments``, ``resident_years`` and to the residents claim, first month, years paid and account."""
    rng = county.rng("insured", "accounts")
    claimed, first = _claims(county, rng)
    ledger = _Ledger(np.zeros(len(first), dtype=np.int64), np.zeros(len(first), dtype=bool))
    account, years = np.zeros_like(first), np.zeros_like(first)
    for year in range(FIRST_YEAR, county.request.today.year + 1):
        member, paid_on = _paying(county, rng, year)
        credit, product = _credit(county, ledger, year, member, paid_on)
        years[member] += 1
        _settle(ledger, year, first, claimed, credit, product, account)
        _close(county, ledger, year, credit, product)
    county["resident_payments"] = pl.concat(ledger.payments)
    county["resident_years"] = pl.concat(ledger.years)
    county.add("residents", claimed=claimed, first=first, years=years, account=account)


def _claims(county: County, rng: np.random.Generator) -> tuple[draws.Ints, draws.Ints]:
    """Give the day of each award and its first month, -1 for who has not claimed."""
    frame = county["residents"]
    sixty, enrolled, ended = (frame[name].to_numpy() for name in ("sixty", "enrolled", "ended"))
    complete = np.maximum(sixty, enrolled)
    claimed = draws.weekday(complete + rng.integers(9, CLAIMS_WITHIN, len(frame)))
    has = (claimed < county.today) & ((ended < 0) | (claimed < ended))
    return np.where(has, claimed, -1), np.where(has, month_of(complete) + 1, -1)


def _paying(county: County, rng: np.random.Generator, year: int) -> tuple[draws.Ints, draws.Ints]:
    """Give who pays in a year (positions in ``residents``) and on which day."""
    frame = county["residents"]
    enrolled, ended, sixty = (frame[name].to_numpy() for name in ("enrolled", "ended", "sixty"))
    january, december = day_number(date(year, 1, 1)), day_number(date(year, 12, 31))
    month = draws.choose(rng, SEASON, len(frame))
    drawn = first_day(np.int64(year * 12) + month) + rng.integers(0, 28, len(frame))
    begins = np.maximum(enrolled, BEGAN)
    paid_on = np.where(drawn < begins, np.minimum(begins + rng.integers(0, 25, len(frame)), december), drawn)
    must = sixty < county.today + 730
    pays = (begins <= december) & (sixty > december) & (paid_on >= january) & (paid_on < county.today)
    pays &= ((ended < 0) | (paid_on < ended)) & (must | (rng.random(len(frame)) >= SKIPPED))
    member = np.flatnonzero(pays)
    return member, paid_on[member]


def _credit(
    county: County, ledger: _Ledger, year: int, member: draws.Ints, paid_on: draws.Ints
) -> tuple[draws.Ints, draws.Ints]:
    """Write the payments of a year; give what each account is credited and the interest product."""
    grade = grade_in(county["residents"], year)[member]
    paid = grade * amounts.FEN
    subsidy = _subsidies(year, grade)
    month = month_of(paid_on) % 12 + 1
    credit = batch(resident_credit, {"payment": paid, "subsidy": subsidy})["amount"]
    product = batch(resident_product, {"credit": credit, "month": month})["amount"]
    small = {"member": member, "grade": grade, "paid": paid, "subsidy": subsidy, "paid_on": paid_on}
    rows = pl.DataFrame({name: values.astype(np.int32) for name, values in small.items()})
    ledger.payments.append(rows.with_columns(year=pl.lit(year, pl.Int16)))
    whole = np.zeros((2, len(ledger.balance)), dtype=np.int64)
    whole[0, member], whole[1, member] = credit, product
    return whole[0], whole[1]


def _subsidies(year: int, grade: draws.Ints) -> draws.Ints:
    """Give the subsidy of each payment by the table in force (the table of the year before where none is published)."""
    day = date(UNPUBLISHED.get(year, year), 12, 31)
    columns = {"grade": grade, "late": np.zeros(len(grade), dtype=np.int64)}
    found: draws.Ints = batch(resident_subsidy, columns, on=day, region=amounts.COUNTY)["amount"]
    return found


def _settle(
    ledger: _Ledger,
    year: int,
    first: draws.Ints,
    claimed: draws.Ints,
    credit: draws.Ints,
    product: draws.Ints,
    account: draws.Ints,
) -> None:
    """Settle the accounts whose last month before the pension lies in this year."""
    last = first - 1
    now = np.flatnonzero((first >= 0) & (last // 12 == year))
    facts = {
        "balance": ledger.balance[now],
        "credit": credit[now],
        "product": product[now],
        "months": last[now] % 12 + 1,
    }
    balance = batch(resident_balance, facts, common={"rate": amounts.recording_rate(year)})["amount"]
    account[now] = balance
    kept = balance > 0
    _write(ledger, year, now[kept], credit, product, balance[kept], claimed[now][kept])
    ledger.settled[now] = True


def _close(county: County, ledger: _Ledger, year: int, credit: draws.Ints, product: draws.Ints) -> None:
    """Close the year of everybody who is still saving; this year's rows stay open."""
    ended = county["residents"]["ended"].to_numpy()
    alive = (ended < 0) | (ended >= day_number(date(year, 1, 1)))
    open_ones = np.flatnonzero(~ledger.settled & alive & ((ledger.balance > 0) | (credit > 0)))
    if year == county.request.today.year:
        paid = open_ones[credit[open_ones] > 0]
        _write(ledger, year, paid, credit, product, np.full(len(paid), -1), np.full(len(paid), -1))
        return
    facts = {"balance": ledger.balance[open_ones], "credit": credit[open_ones], "product": product[open_ones]}
    balance = batch(close_year, facts, common={"rate": amounts.recording_rate(year)})["amount"]
    closing = np.full(len(open_ones), day_number(date(year + 1, 1, 5)))
    _write(ledger, year, open_ones, credit, product, balance, closing)
    ledger.balance[open_ones] = balance


def _write(
    ledger: _Ledger,
    year: int,
    member: draws.Ints,
    credit: draws.Ints,
    product: draws.Ints,
    balance: draws.Ints,
    closed_on: draws.Ints,
) -> None:
    """Append rows of a year; a balance of -1 stands for a year that is still open."""
    opening = ledger.balance[member]
    interest = np.where(balance >= 0, balance - opening - credit[member], -1)
    ledger.years.append(
        pl.DataFrame(
            {
                "member": member.astype(np.int32),
                "credit": credit[member].astype(np.int32),
                "product": product[member].astype(np.int32),
                "interest": interest.astype(np.int32),
                "balance": balance.astype(np.int32),
                "closed_on": closed_on.astype(np.int32),
            }
        ).with_columns(year=pl.lit(year, pl.Int16))
    )
