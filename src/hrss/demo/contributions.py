"""Months of contributions: which months each job with an employer was paid for, and every share of each in fen.

Amounts are columns of the rules; for months before the parameters begin the declared wage is the base and the rates
are a sketch, as the guide says.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import day_of_month, month_of
from hrss.demo.county import County
from hrss.demo.insured_employees import COLUMN
from hrss.demo.published import published
from hrss.domains.insurance import amounts
from hrss.domains.insurance.services.declare_contributions import RATES, parameter
from hrss.kernel.problem import Problem
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.contributions import contribution, contribution_base

FIRST_YEAR: Final = 2006
MIDDLE: Final = 15  # a month is paid for whoever is employed on this day
WAGE_GROWTH: Final = 1.055
LIMITS_SINCE: Final = 2022
BEFORE_2019_05: Final = {"pe": 200_000, "pp": 80_000, "ue": 10_000, "up": 5_000}  # 示意：当时的费率没有查到
# Class of risk of each industry (人社部发〔2015〕69号, by memory: 示意).
RISK: Final = {"A": 3, "B": 7, "C": 4, "D": 3, "E": 6, "F": 2, "G": 3, "H": 2, "N": 2, "O": 2}


def years(county: County) -> range:
    """The years contributions are kept for."""
    return range(FIRST_YEAR, county.request.today.year + 1)


def paid_until(county: County) -> int:
    """The last month contributions have come in for: the one before this."""
    return int(month_of(np.array([county.today]))[0]) - 1


def month_rows(county: County, year: int) -> pl.DataFrame:
    """Give a row for every job and month of a year: job (row of ``spells``), month and all amounts in fen."""
    jobs = county["spells"].with_row_index("row").filter(pl.col("organisation") >= 0)
    since, until = jobs["since"].to_numpy(), jobs["until"].to_numpy()
    first = month_of(since) + (day_of_month(since) > MIDDLE)
    last = np.where(until < 0, paid_until(county), month_of(until.clip(0)) - (day_of_month(until.clip(0)) < MIDDLE))
    first = np.maximum(first, year * 12)
    last = np.minimum(last, min(year * 12 + 11, paid_until(county)))
    count = np.maximum(last - first + 1, 0)
    chosen = np.flatnonzero(count)
    amount = _yearly_amounts(county, jobs[chosen.tolist()] if len(chosen) else jobs.clear(), year)
    job = np.repeat(np.arange(len(chosen)), count[chosen])
    month = np.repeat(first[chosen], count[chosen]) + draws.rank_within(job)
    rows = {name: _by_month(values, job, month) for name, values in amount.items()}
    spell = jobs["row"].to_numpy()[chosen][job]
    for scheme, names in (("unemployment", ("ue", "up")), ("work_injury", ("ie",))):
        begun = county.column("spells", COLUMN[scheme])[spell]
        insured = (begun >= 0) & (month >= month_of(begun.clip(0)))
        rows |= {name: np.where(insured, rows[name], 0) for name in names}
    return pl.DataFrame({"spell": spell, "month": month} | {n: v.astype(np.int32) for n, v in rows.items()})


def _by_month(values: draws.AnyArray, job: draws.Ints, month: draws.Ints) -> draws.Ints:
    """Amounts of the year, or of its two parts where the rates changed in May."""
    if values.ndim == 1:
        return np.asarray(values[job])
    return np.asarray(np.where(month % 12 < 4, values[0][job], values[1][job]))


def _yearly_amounts(county: County, jobs: pl.DataFrame, year: int) -> dict[str, draws.AnyArray]:
    """Base and amounts of a month in this year for each job."""
    growth = WAGE_GROWTH ** (year - county.request.today.year)
    wage = np.maximum((jobs["pay"].to_numpy() * growth / 100).astype(np.int64) * 100, 50_000)
    on = date(year, 1, 1)
    limits = {"lower": 0, "upper": int(wage.max(initial=0))}
    if year >= LIMITS_SINCE:
        names = {one: f"insurance.contribution.base_{one}" for one in ("lower", "upper")}
        limits = {one: parameter(name, published(name, on)) for one, name in names.items()}
    base = batch(contribution_base, {"wage": wage}, common=limits)["amount"]
    found: dict[str, draws.AnyArray] = {"base": base}
    for name in RATES:
        found[name] = _share(name, base, year)
    risk = _risk(county, jobs)
    found["ie"] = np.zeros_like(base)
    for level in np.unique(risk).tolist():
        rate = amounts.injury_rate(level, max(on, date(2016, 1, 1)))
        found["ie"] = np.where(
            risk == level, batch(contribution, {"base": base}, common={"rate": rate})["amount"], found["ie"]
        )
    return found


def _share(name: str, base: draws.Ints, year: int) -> draws.AnyArray:
    """The amount of one share; two rows, before and from May, in the year the rates were lowered."""
    rates = [_rate(name, date(year, month, 1)) for month in ((1, 6) if year == 2019 else (1,))]
    found = [np.asarray(batch(contribution, {"base": base}, common={"rate": rate})["amount"]) for rate in rates]
    return np.asarray(np.stack(found) if len(found) == 2 else found[0])


def _rate(name: str, on: date) -> int:
    try:
        return parameter(RATES[name], on)
    except Problem:
        return BEFORE_2019_05[name]


def _risk(county: County, jobs: pl.DataFrame) -> draws.Ints:
    industries = county["organisations"]["industry"].fill_null("S").to_list()
    risk = np.array([RISK.get(code, 1) for code in industries], dtype=np.int64)
    return np.asarray(risk[jobs["organisation"].to_numpy()])
