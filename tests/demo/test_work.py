"""Work, registers and staff: the plan's figures, and no life that contradicts itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from hrss.demo import hiring, plan, report
from hrss.demo.county import County, day_number
from hrss.demo.labour import TOWN
from hrss.demo.population import age_in_years
from hrss.demo.spells import DIED, RETIRED, START
from hrss.demo.tables.employment import events
from hrss.domains.employment.statuses import STATUS_AFTER, EventKind, Happening, status_on


@pytest.mark.parametrize("key", [aim.key for aim in plan.AIMS])
def test_every_figure_is_reached(county: County, key: str) -> None:
    figures = {figure.key: figure for figure in report.figures(county)}
    assert figures[key].is_near, figures[key]


def test_every_aim_says_where_it_is_written() -> None:
    assert all(aim.source and aim.origin in report.ORIGINS for aim in plan.AIMS)
    assert len(plan.BY_KEY) == len(plan.AIMS)


def test_the_report_is_readable_as_text_and_as_a_page(county: County) -> None:
    figures = report.figures(county)
    assert "城镇新增就业" in report.as_text(figures) and "偏离" not in report.as_text(figures)
    assert report.as_html(figures).count("<tr>") == len(figures) + 1
    assert tuple(report.Figure.from_json(one.to_json()) for one in figures) == figures


def test_a_missed_figure_is_called_missed() -> None:
    missed = report.Figure("x", "某数", 1000.0, 900.0, "人", "表", "plan", 0.01)
    assert not missed.is_near and "偏离" in report.as_text([missed])


def test_new_jobs_come_month_by_month_through_all_five_years(county: County) -> None:
    since = county["spells"].filter("town")["since"].to_numpy()
    months = (since[(since >= START)].astype("datetime64[D]").astype("datetime64[M]")).astype(str)
    counts = dict(zip(*np.unique(months, return_counts=True), strict=True))
    plan_months = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
    assert all(counts.get(month, 0) > 0 for month in plan_months)
    assert counts["2023-03"] > counts["2023-01"], "after the festival more are hired than before it"


def test_flows_of_the_year_under_way_stop_today(county: County) -> None:
    flow = hiring.flow(county)
    assert flow.days.max() <= county.today
    assert (flow.days[flow.lasting]).size > 0.6 * flow.days.size


def test_jobs_of_one_person_do_not_overlap_and_nobody_works_as_a_child_or_after_death(county: County) -> None:
    persons = county["persons"].with_row_index("person").with_columns(pl.col("person").cast(pl.Int64))
    spells = county["spells"].join(persons.select("person", "birth", "death"), on="person")
    following = spells.sort("person", "since").with_columns(next=pl.col("since").shift(-1).over("person"))
    closed = following.filter(pl.col("next").is_not_null())
    assert ((closed["until"] >= 0) & (closed["until"] < closed["next"])).all()
    assert ((spells["since"] - spells["birth"]) / 365.2425).min() > 16
    dead = spells.filter(pl.col("death") >= 0)
    assert ((dead["until"] >= 0) & (dead["until"] <= dead["death"])).all()
    assert (spells["since"] <= county.today).all()


def test_the_retired_are_old_enough_and_the_dead_died_that_day(county: County) -> None:
    persons = county["persons"]
    retired = county["spells"].filter(pl.col("end_reason") == RETIRED)
    age = (retired["until"] - persons["birth"].gather(retired["person"])) / 365.2425
    assert age.min() > 51
    died = county["spells"].filter(pl.col("end_reason") == DIED)
    assert (died["until"] == persons["death"].gather(died["person"])).all()


def test_an_employer_is_never_younger_than_its_first_job_and_closed_ones_employ_nobody(county: County) -> None:
    organisations = county["organisations"]
    jobs = county["spells"].filter(pl.col("organisation") >= 0)
    assert (jobs["since"] > organisations["founded"].gather(jobs["organisation"])).all()
    closed = organisations.with_row_index("organisation").filter(pl.col("closed") >= 0)
    still = jobs.filter(pl.col("until") < 0)["organisation"]
    assert len(closed) > 0 and not set(closed["organisation"].to_list()) & set(still.to_list())
    assert organisations["headcount"].sum() == len(still)


def test_sizes_of_firms_fall_steeply(county: County) -> None:
    sizes = county["organisations"].filter(pl.col("kind") == "firm")["headcount"].sort(descending=True)
    assert sizes[0] > 20 * sizes.median()


def test_a_registration_ends_the_day_of_the_job_or_by_rule_and_never_before_it_began(county: County) -> None:
    registrations = county["registrations"]
    ended = registrations.filter(pl.col("until") >= 0)
    assert (ended["until"] >= ended["on"]).all() and registrations["person"].n_unique() == len(registrations)
    hired = county["persons"]["hired"].gather(ended["person"])
    works = ended["end_reason"].str.contains("录用|创业|稳定收入")
    assert (hired.filter(works) == ended["until"].filter(works)).all()
    left = registrations.filter(pl.col("situation") == "left_unit")
    assert (left["left_on"] <= left["on"]).all() and len(left) > 50


def test_the_hard_to_employ_were_registered_first(county: County) -> None:
    joined = county["hardship"].join(county["registrations"].select("person", registered="on"), on="person")
    assert len(joined) == len(county["hardship"])
    assert (joined["on"] >= joined["registered"]).all()
    old = joined.filter(pl.col("category") == "age")
    age = (old["on"] - county["persons"]["birth"].gather(old["person"])) / 365.2425
    sex = county["persons"]["sex"].gather(old["person"])
    assert (age.filter(sex == 2).min() or 40) >= 40 and (age.filter(sex == 1).min() or 50) >= 50


def test_families_without_a_job_are_cleared_within_three_months(county: County) -> None:
    cleared = county["families"].filter(pl.col("until") >= 0)
    assert len(cleared) and (cleared["until"] - cleared["on"]).max() <= 90
    assert all(person in members for person, members in county["families"].select("person", "members").rows())


def test_derived_statuses_agree_with_the_employment_domain(county: County) -> None:
    by_person: dict[int, list[Happening]] = {}
    for turn, (person, on, kind, employer) in enumerate(
        events(county).select("person", "on", "kind", "organisation").rows()
    ):
        day = date.fromordinal(date(1970, 1, 1).toordinal() + on)
        by_person.setdefault(person, []).append(Happening(day, turn, EventKind(kind), str(employer)))
    for person, happenings in list(by_person.items())[::9]:
        last = STATUS_AFTER[happenings[-1].kind]
        assert status_on(happenings, county.request.today) == last, (person, happenings)


def test_staff_hold_one_post_each_and_live_where_they_serve(county: County) -> None:
    staff = county["staff"]
    assert staff["person"].n_unique() == len(staff) and staff["login"].n_unique() == len(staff)
    assert {"handler", "reviewer", "approver", "finance", "audit_admin", "leader"} <= set(staff["function"].to_list())
    agents = staff.filter(pl.col("village") >= 0)
    assert len(agents) == 392
    lives_in = county["persons"]["lives_in"].gather(agents["person"])
    assert (lives_in == agents["village"]).mean() > 0.95
    age = pl.Series(age_in_years(county)).gather(staff["person"])
    assert age.min() >= 22 and age.max() <= 59


def test_the_cast_is_not_staff_nor_related_to_staff(county: County) -> None:
    household = county["persons"]["household"]
    cast, staff = county["personas"]["person"], county["staff"]["person"]
    assert not set(household.gather(cast).to_list()) & set(household.gather(staff).to_list())
    laid_off = int(county["personas"].filter(pl.col("key") == "laid_off")["person"][0])
    last = county["spells"].filter(pl.col("person") == laid_off).row(-1, named=True)
    assert last["until"] == county.today - 12 and last["organisation"] >= 0
    assert laid_off not in county["registrations"]["person"].to_list()


def test_people_in_town_today_are_those_with_an_open_job_in_town(county: County) -> None:
    working = county["spells"].filter("town", pl.col("until") < 0)["person"].to_list()
    assert set(working) == set(np.flatnonzero(county.column("persons", "work") == TOWN).tolist())
    assert day_number(date(2021, 1, 1)) == START
