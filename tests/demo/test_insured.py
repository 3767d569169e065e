"""Who is insured: the published stocks, months that fit the jobs, amounts that the rules give, accounts that add up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from hrss.demo import contributions, insured, personas, plan
from hrss.demo.anniversaries import age_on, birthday, day_of_month, first_day, month_of
from hrss.demo.county import County, day_number
from hrss.demo.tables import insurance
from hrss.domains.insurance import amounts
from hrss.domains.insurance.services.declare_contributions import assess
from hrss.kernel.months import YearMonth, add_months

EPOCH = date(1970, 1, 1)


@pytest.mark.parametrize("key", ["insured.all_2020", "insured.unemployment_2020", "insured.injury_2020"])
def test_the_published_stocks_are_met(county: County, key: str) -> None:
    got = insured.counted(county)[key]
    assert got == pytest.approx(plan.BY_KEY[key].at(county.request.scale), abs=2)


def test_resident_coverage_is_as_published_then_and_now(county: County) -> None:
    assert insured.counted(county)["insured.coverage_2020"] == pytest.approx(0.95, abs=0.002)
    today = county["coverage"].filter(pl.col("scheme") == "resident_pension", pl.col("until") < 0)
    assert (today["insured_on"] >= 0).mean() == pytest.approx(0.957, abs=0.004)


def test_nobody_is_in_a_scheme_before_they_are_due_or_after_it(county: County) -> None:
    rows = county["coverage"].filter(pl.col("insured_on") >= 0)
    assert (rows["insured_on"] >= rows["since"]).all() and (rows["insured_on"] <= county.today).all()
    assert rows.filter(pl.col("until") >= 0, pl.col("insured_on") > pl.col("until")).is_empty()


def test_calendar_columns_agree_with_the_calendar() -> None:
    days = np.array([day_number(date(1964, 2, 29)), day_number(date(1966, 11, 24)), day_number(date(2000, 12, 31))])
    for day in days.tolist():
        real = EPOCH + timedelta(days=day)
        column = np.array([day])
        assert birthday(column, 61)[0] == day_number(add_months(real, 61 * 12))
        assert month_of(column)[0] == YearMonth.of(real).index and day_of_month(column)[0] == real.day
        assert first_day(month_of(column))[0] == day_number(real.replace(day=1))
    assert age_on(days[:2], day_number(date(2026, 11, 23))).tolist() == [62, 59]
    assert age_on(days[:2], day_number(date(2026, 11, 24))).tolist() == [62, 60]


@pytest.mark.parametrize("year", [2012, 2019, 2025, 2026])
def test_months_are_those_of_the_jobs(county: County, year: int) -> None:
    rows = contributions.month_rows(county, year)
    spells = county["spells"][rows["spell"]]
    middle = first_day(rows["month"].to_numpy()) + 14
    until = spells["until"].to_numpy()
    assert (spells["since"].to_numpy() <= middle).all() and ((until < 0) | (until >= middle)).all()
    assert rows["month"].max() <= YearMonth.of(county.request.today).index - 1
    person = spells["person"].to_numpy()
    assert len(np.unique(person * 100_000 + rows["month"].to_numpy())) == len(rows)


def test_amounts_are_those_the_declaration_would_assess(county: County) -> None:
    rows = contributions.month_rows(county, 2025)
    pay = county["spells"]["pay"].gather(rows["spell"]).to_numpy()
    wage = (pay / contributions.WAGE_GROWTH / 100).astype(np.int64) * 100
    for name, column in assess(wage.tolist(), YearMonth(2025, 3)).items():
        mine = rows[name].to_numpy()
        paid = mine > 0
        if name != "ie":
            assert (mine[paid] == column[paid]).all(), name
    assert 0 < (rows["ue"] > 0).mean() < (rows["ie"] > 0).mean() < 1


def test_twenty_million_months_at_full_scale(county: County) -> None:
    count = sum(len(contributions.month_rows(county, year)) for year in range(contributions.FIRST_YEAR, 2027))
    assert count / county.request.scale == pytest.approx(20_000_000, rel=0.08)


def test_accounts_add_up_year_by_year(county: County) -> None:
    rows = county["resident_years"].sort("member", "year")
    for year in (2010, 2020, 2024):
        rate = amounts.recording_rate(year)
        now = rows.filter(pl.col("year") == year, pl.col("closed_on") == day_number(date(year + 1, 1, 5)))
        before = rows.filter(pl.col("year") == year - 1).select("member", opening="balance")
        joined = now.join(before, on="member", how="left").with_columns(pl.col("opening").fill_null(0)).head(300)
        for row in joined.iter_rows(named=True):
            interest, balance = amounts.closed(row["opening"], row["credit"], row["product"], year)
            assert (interest, balance) == (row["interest"], row["balance"]), (year, row)
        assert rate > 0 and len(joined) == 300


def test_whoever_draws_is_sixty_has_paid_every_year_and_has_a_settled_account(county: County) -> None:
    drawing = county["residents"].filter(pl.col("claimed") >= 0)
    assert (drawing["sixty"] <= drawing["claimed"]).all()
    born = county["persons"]["birth"].gather(drawing["person"]).to_numpy()
    assert (age_on(born, first_day(drawing["first"].to_numpy())) >= 60).all()
    years = drawing["years"].to_numpy()
    sixtieth = 1970 + drawing["sixty"].to_numpy() // 365.2425
    assert (years[sixtieth > 2010] >= np.minimum(sixtieth[sixtieth > 2010] - 2009 - 1, 15)).all()
    assert (drawing["account"].to_numpy()[years > 0] > 0).all()


def test_the_low_grades_are_the_common_ones(county: County) -> None:
    paid = county["resident_payments"].filter(pl.col("year") == 2025)
    assert (paid["grade"] <= 200).mean() > 0.6 and (paid["grade"] >= 1000).mean() < 0.2
    ordinary = (county["residents"]["category"] == "ordinary").gather(paid["member"])
    assert (paid.filter(ordinary)["grade"] > 100).all(), "the lowest grade is for some groups only"


def test_declarations_are_the_sums_of_the_months_of_an_employer(county: County) -> None:
    table = next(one for one in insurance.tables(county) if one.name == "insurance_declaration")
    frame = table.frame()
    assert isinstance(frame, pl.DataFrame)
    assert frame.select("employer_id", "year", "month").is_unique().all()
    rows = contributions.month_rows(county, 2026).filter(pl.col("month") == 2026 * 12 + 4)
    may = frame.filter(pl.col("year") == 2026, pl.col("month") == 5)
    assert may["people"].sum() == len(rows) and may["pension_fen"].sum() == rows["pe"].sum() + rows["pp"].sum()


def test_whoever_plays_the_laid_off_can_draw_unemployment_benefit(county: County) -> None:
    for key in ("laid_off", "counter_client"):
        jobs = county["spells"].filter(pl.col("person") == personas.person_of(county, key))
        months = (jobs["until"] - jobs["unemployment_from"]).to_numpy() / 30.44
        assert (jobs["unemployment_from"] >= 0).all() and months.max() > 12
