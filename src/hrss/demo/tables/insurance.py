"""Contributions by year, the residents' enrolments, payments and account years.

Contributions go straight into their partitions, two years at a time. Amounts are columns of the rules; for months
before the parameters begin the declared wage is the base and the rates are a sketch, as the guide says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import day_of_month, month_of
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.insured_employees import COLUMN
from hrss.demo.resident_accounts import UNPUBLISHED
from hrss.demo.tables.case_columns import as_json
from hrss.demo.tables.columns import days, moments, new_ids
from hrss.demo.tables.people import person_ids, regions_of
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


def tables(county: County) -> Iterator[Table]:
    """Give the tables of the insurance domain, awards aside."""
    for year in range(FIRST_YEAR, county.request.today.year + 1):
        yield Table(f"insurance_contribution_{year}", partial(contributions, county, year))
    yield Table("insurance_residentenrolment", lambda: _enrolments(county))
    yield Table("insurance_residentpayment", lambda: _payments(county))
    yield Table("insurance_accountyear", lambda: _account_years(county))


# Employees ----------------------------------------------------------------------------------------------------------


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
        limits = {name: parameter(f"insurance.contribution.base_{name}", on) for name in ("lower", "upper")}
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


def contributions(county: County, year: int) -> pl.DataFrame:
    """Give the contributions of a year as the table has them."""
    rows = month_rows(county, year)
    spells = county["spells"].select("person", "organisation")[rows["spell"]]
    person = spells["person"].to_numpy()
    return pl.DataFrame(
        {
            "person_id": person_ids(county, person),
            "employer_id": county["organisations"]["id"].gather(spells["organisation"]),
            "region_code": regions_of(county, person),
            "year": pl.repeat(year, len(rows), dtype=pl.Int16, eager=True),
            "month": (rows["month"] % 12 + 1).cast(pl.Int16),
            "base_fen": rows["base"],
            "pension_employer_fen": rows["pe"],
            "pension_employee_fen": rows["pp"],
            "unemployment_employer_fen": rows["ue"],
            "unemployment_employee_fen": rows["up"],
            "injury_employer_fen": rows["ie"],
        }
    )


# Residents ----------------------------------------------------------------------------------------------------------


def _enrolments(county: County) -> pl.DataFrame:
    frame = county["residents"]
    person, ended = frame["person"].to_numpy(), frame["ended"].to_numpy()
    sixty, claimed = frame["sixty"].to_numpy(), frame["claimed"].to_numpy()
    told = np.where((claimed >= 0) & (sixty > county.today - 365), sixty - 30, -1)
    told = np.where(
        (claimed < 0) & (sixty < county.today + 30) & (ended < 0), np.minimum(sixty - 30, county.today), told
    )
    return pl.DataFrame(
        {
            "id": new_ids(county, "resident enrolments", frame["enrolled"].to_numpy()),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "enrolled_on": days(frame["enrolled"].to_numpy()),
            "category": frame["category"],
            "grade_yuan": _last_grade(county),
            "has_one_child": frame["one_child"],
            "told_on": days(told),
            "ended_on": days(ended),
            "end_reason": pl.Series(np.where(ended >= 0, "去世", "").tolist(), dtype=pl.String),
            "created_at": moments(frame["enrolled"].to_numpy()),
        }
    )


def _last_grade(county: County) -> draws.Ints:
    """The grade chosen last: that of the newest payment, else the one the person would pay."""
    grade = county["residents"]["grade"].to_numpy().copy()
    newest = county["resident_payments"].group_by("member", maintain_order=True).agg(pl.col("grade").last())
    grade[newest["member"].to_numpy()] = newest["grade"].to_numpy()
    return grade


def _payments(county: County) -> Iterator[pl.DataFrame]:
    person = county["residents"]["person"].to_numpy()
    poor = (county["residents"]["category"] != "ordinary").to_numpy()
    for (year,), rows in county["resident_payments"].group_by(["year"], maintain_order=True):
        member = rows["member"].to_numpy()
        on = rows["paid_on"].to_numpy().astype(np.int64)
        helped = poor[member] & (rows["grade"].to_numpy() == min(amounts.grades(date(2022, 1, 1))))
        basis = _bases(int(str(year)), rows["grade"].unique().to_list())
        yield pl.DataFrame(
            {
                "id": new_ids(county, f"resident payments {year}", on),
                "person_id": person_ids(county, person[member]),
                "region_code": regions_of(county, person[member]),
                "year": rows["year"],
                "grade_yuan": rows["grade"],
                "paid_fen": rows["paid"],
                "subsidy_fen": rows["subsidy"],
                "is_late": pl.repeat(False, len(rows), eager=True),
                "payer": pl.Series(
                    np.where(helped & (int(str(year)) >= 2016), "government", "self").tolist(), dtype=pl.String
                ),
                "paid_on": days(on),
                "receipt": pl.repeat(f"batch:resident_pension:{year}", len(rows), eager=True),
                "basis": rows["grade"].replace_strict(basis, return_dtype=pl.String),
                "created_at": moments(on),
            }
        )


def _bases(year: int, grades: list[int]) -> dict[int, str]:
    """How the subsidy of each grade was found; where the table of a year is not published that is said instead."""
    if year in UNPUBLISHED:
        return dict.fromkeys(grades, as_json({"taken_over": "原系统记录", "status": "unverified"}))
    day = date(year, 12, 31)
    return {grade: as_json(amounts.stored(amounts.subsidy(grade, late=False, on=day))) for grade in grades}


def _account_years(county: County) -> Iterator[pl.DataFrame]:
    person = county["residents"]["person"].to_numpy()
    for _, rows in county["resident_years"].group_by(["year"], maintain_order=True):
        owner = person[rows["member"].to_numpy()]
        is_closed = pl.col("closed_on") >= 0
        sums = rows.select(
            interest_fen=pl.when(is_closed).then(pl.col("interest")),
            balance_fen=pl.when(is_closed).then(pl.col("balance")),
        )
        yield pl.DataFrame(
            {
                "person_id": person_ids(county, owner),
                "region_code": regions_of(county, owner),
                "scheme": pl.repeat("resident", len(rows), eager=True),
                "year": rows["year"],
                "credit_fen": rows["credit"],
                "product_fen": rows["product"],
                "index_sum": pl.repeat(0, len(rows), eager=True),
                "months": pl.repeat(0, len(rows), eager=True),
                "interest_fen": sums["interest_fen"],
                "balance_fen": sums["balance_fen"],
                "closed_on": days(rows["closed_on"].to_numpy().astype(np.int64)),
            }
        )
