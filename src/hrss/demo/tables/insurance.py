"""Contributions by year, the residents' enrolments, payments and account years.

Contributions go straight into their partitions, two years at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import first_day
from hrss.demo.awards import window
from hrss.demo.bulk import Table
from hrss.demo.contributions import month_rows, years
from hrss.demo.county import County
from hrss.demo.resident_accounts import UNPUBLISHED
from hrss.demo.tables.case_columns import as_json
from hrss.demo.tables.columns import days, moments, new_ids
from hrss.demo.tables.people import person_ids, regions_of
from hrss.domains.insurance import amounts
from hrss.kernel.months import YearMonth

PAID_ON: Final = 21  # days after the first of the month


def tables(county: County) -> Iterator[Table]:
    """Give the tables of the insurance domain, awards aside."""
    for year in years(county):
        yield Table(f"insurance_contribution_{year}", partial(contributions, county, year))
    yield Table("insurance_declaration", lambda: _declarations(county))
    yield Table("insurance_residentenrolment", lambda: _enrolments(county))
    yield Table("insurance_residentpayment", lambda: _payments(county))
    yield Table("insurance_accountyear", lambda: _account_years(county))


# Employees ----------------------------------------------------------------------------------------------------------


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


def _declarations(county: County) -> pl.DataFrame:
    """What each employer declared for each month since the funds began here; the money came with the month's batch."""
    first, last = window(county)
    rows = pl.concat([month_rows(county, year) for year in range(first // 12, last // 12 + 1)])
    rows = rows.filter(pl.col("month").is_between(first, last))
    rows = rows.with_columns(organisation=county["spells"]["organisation"].gather(rows["spell"]))
    fen = {name: pl.col(name).cast(pl.Int64).sum() for name in ("base", "pe", "pp", "ue", "up", "ie")}
    sums = rows.group_by("organisation", "month").agg(people=pl.len(), **fen).sort("month", "organisation")
    month = sums["month"].to_numpy()
    paid_on = draws.weekday(first_day(month) + PAID_ON)
    batch = {index: f"batch:employers:{YearMonth.from_index(index)}" for index in range(first, last + 1)}
    level = pl.Series(np.where(county["organisations"]["level"].is_null().to_numpy(), 12, 6))
    code = county["villages"]["code"].gather(county["organisations"]["village"].gather(sums["organisation"]))
    return pl.DataFrame(
        {
            "id": new_ids(county, "declarations", paid_on),
            "employer_id": county["organisations"]["id"].gather(sums["organisation"]),
            "region_code": code.str.slice(0, level.gather(sums["organisation"])),
            "year": sums["month"] // 12,
            "month": sums["month"] % 12 + 1,
            "people": sums["people"],
            "base_fen": sums["base"],
            "pension_fen": sums["pe"] + sums["pp"],
            "unemployment_fen": sums["ue"] + sums["up"],
            "injury_fen": sums["ie"],
            "paid_on": days(paid_on),
            "receipt": sums["month"].replace_strict(batch),
            "created_at": moments(paid_on),
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
        basis = _bases(county, int(str(year)), rows["grade"].unique().to_list())
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


def _bases(county: County, year: int, grades: list[int]) -> dict[int, str]:
    """How the subsidy of each grade was found; years before the take-over are as the former system recorded them."""
    if year < window(county)[0] // 12:
        status = {"status": "unverified"} if year in UNPUBLISHED else {}
        return dict.fromkeys(grades, as_json({"taken_over": "原系统记录"} | status))
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
