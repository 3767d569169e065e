"""Subsidies: published amounts, caps, additivity, exclusivity and terms at every boundary."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.employment import hiring_subsidies as hiring
from hrss.rules.employment import personal_subsidies as personal
from hrss.rules.employment import training, windows
from hrss.rules.employment.personal_subsidies import JobSearchGroup, WorkPlace
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
FEN = st.integers(0, 10**8)


def ask(rule: Rule[..., Any], **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region=FENGJIE).amount)


@pytest.mark.parametrize(
    ("months", "retained", "insured", "yuan"),
    [
        (6, False, True, 7900),
        (14, True, True, 18100),
        (12, False, False, 15600),
        (13, False, False, 15600),
        (0, False, True, 0),
        (1, False, True, 1400),
    ],
)
def test_internship(months: int, retained: bool, insured: bool, yuan: int) -> None:
    found = ask(hiring.internship_subsidy, months=months, retained_over_half=retained, insured=insured)
    assert found == yuan * 100


@given(st.integers(0, 40), st.booleans(), st.booleans())
def test_internship_is_monotone_and_capped(months: int, retained: bool, insured: bool) -> None:
    standards = (130_000, 150_000, 12, 10_000)
    now, later = (hiring.internship_subsidy(count, retained, insured, *standards) for count in (months, months + 1))
    assert now <= later <= 150_000 * 12 + 10_000


@pytest.mark.parametrize(("retained", "finished", "met"), [(5, 10, True), (4, 9, False), (0, 0, False), (1, 1, True)])
def test_half_of_those_who_finished(retained: int, finished: int, met: bool) -> None:
    assert bool(ask(hiring.meets_retention_line, retained=retained, finished=finished)) is met


@given(st.sampled_from(list(hiring.HiringGroup)), st.integers(0, 500), st.integers(0, 500))
def test_hiring_adds_up_over_persons(group: hiring.HiringGroup, one: int, other: int) -> None:
    standards = (200_000, 600_000)
    parts = hiring.hiring_subsidy(group, one, *standards) + hiring.hiring_subsidy(group, other, *standards)
    assert hiring.hiring_subsidy(group, one + other, *standards) == parts


def test_hiring_amounts_and_conditions() -> None:
    assert ask(hiring.hiring_subsidy, group=hiring.HiringGroup.HARDSHIP, persons=3) == 1_800_000
    assert ask(hiring.hiring_subsidy, group=hiring.HiringGroup.YOUNG_OR_LONG_UNEMPLOYED, persons=5) == 1_000_000
    usual = {"contract": 12, "insured": 6, "drawn_before": False}
    assert ask(hiring.hiring_subsidy_is_open, **usual)
    for change in ({"contract": 11}, {"insured": 5}, {"drawn_before": True}):
        assert not ask(hiring.hiring_subsidy_is_open, **(usual | change))


@given(st.lists(FEN, min_size=5, max_size=5))
def test_the_employers_part_is_the_sum_of_five(paid: list[int]) -> None:
    assert hiring.employer_insurance_subsidy(*paid) == sum(paid)


@pytest.mark.parametrize(
    ("to_retirement", "used", "left", "to_the_end"),
    [
        (54, 36, 18, True),
        (59, 0, 59, True),
        (60, 36, 0, False),
        (60, 0, 36, False),
        (96, 20, 16, False),
        (24, 30, 0, True),
    ],
)
def test_terms_of_subsidies(to_retirement: int, used: int, left: int, to_the_end: bool) -> None:
    assert ask(hiring.subsidy_months_left, to_retirement_at_first=to_retirement, used=used) == left
    assert bool(ask(hiring.runs_to_retirement, to_retirement_at_first=to_retirement)) is to_the_end


@given(st.integers(0, 600), st.integers(0, 100))
def test_used_months_always_shorten_what_is_left(to_retirement: int, used: int) -> None:
    now = hiring.subsidy_months_left(to_retirement, used, 36, 60)
    later = hiring.subsidy_months_left(to_retirement, used + 1, 36, 60)
    assert later == max(now - 1, 0)


def test_a_public_welfare_post_is_not_paid_by_guess() -> None:
    with pytest.raises(Problem) as caught:
        ask(hiring.public_welfare_post_subsidy, months=6, persons=2)
    assert caught.value.code == "rules.gap"
    assert ask(hiring.public_welfare_post_subsidy, months=6, persons=2, monthly=2200) == 2_640_000


@pytest.mark.parametrize("month", range(1, 13))
def test_windows_open_in_march_and_september(month: int) -> None:
    assert bool(ask(windows.employer_window_is_open, month=month, years_back=1)) is (month in (3, 9))
    assert bool(ask(windows.flexible_window_is_open, month=month)) is (month in (3, 9))
    assert not ask(windows.employer_window_is_open, month=month, years_back=2)


@given(FEN, FEN)
def test_two_thirds_against_decimal(pension: int, medical: int) -> None:
    exact = (Decimal(pension + medical) * 2 / 3).quantize(Decimal(1), ROUND_HALF_UP)
    assert personal.flexible_insurance_subsidy(pension, medical, 2, 3) == exact


@pytest.mark.parametrize(
    ("group", "months", "yuan"),
    [
        (JobSearchGroup.IN_SCHOOL, 0, 800),
        (JobSearchGroup.LEFT_SCHOOL, 0, 500),
        (JobSearchGroup.FORMERLY_POOR_PARTNER, 3, 800),
        (JobSearchGroup.FORMERLY_POOR_ELSEWHERE, 3, 500),
        (JobSearchGroup.FORMERLY_POOR_ELSEWHERE, 2, 0),
    ],
)
def test_job_search(group: JobSearchGroup, months: int, yuan: int) -> None:
    assert ask(personal.job_search_subsidy, group=group, months=months) == yuan * 100


@pytest.mark.parametrize(
    ("place", "receipt", "yuan"),
    [
        (WorkPlace.IN_CITY, None, "50"),
        (WorkPlace.OUTSIDE, None, "200"),
        (WorkPlace.OUTSIDE, "486.5", "486.5"),
        (WorkPlace.IN_CITY, "0", "0"),
        (WorkPlace.IN_COUNTY, "30", "0"),
    ],
)
def test_transport(place: WorkPlace, receipt: str | None, yuan: str) -> None:
    facts = {"place": place, "has_receipt": receipt is not None, "receipt": receipt or 0}
    assert ask(personal.transport_subsidy, **facts) == Decimal(yuan) * 100


def test_averages_of_the_plan() -> None:
    assert ask(personal.average_per_person, total=1_880_000, persons=235) == 800_000
    assert ask(personal.average_per_person, total="4981400", persons=38958) == 12787
    assert ask(personal.startup_grant, persons=235) == 188_000_000
    with pytest.raises(Problem):
        ask(personal.average_per_person, total=1, persons=0)


def test_a_share_of_an_amount_stays_within_it() -> None:
    assert ask(personal.share_of_amount, amount="100.01", rate="0.5") == 5001
    with pytest.raises(Problem):
        ask(personal.share_of_amount, amount=100, rate="1.01")


@pytest.mark.parametrize(
    ("level", "yuan"), [("初级工", 1000), ("中级工", 1500), ("高级工", 2500), ("技师", 3500), ("高级技师", 5000)]
)
def test_training_by_level(level: str, yuan: int) -> None:
    assert ask(training.training_by_level, level=level) == yuan * 100


@pytest.mark.parametrize(
    ("kind", "days", "yuan"),
    [
        ("新职业/重点产业", 20, 4000),
        ("新职业/重点产业", 30, 6000),
        ("新职业/重点产业", 31, 6000),
        ("特色职业", 29, 3770),
        ("特色职业", 30, 3900),
        ("特色职业", 99, 3900),
    ],
)
def test_training_by_day_is_capped(kind: str, days: int, yuan: int) -> None:
    assert ask(training.training_by_day, kind=kind, days=days) == yuan * 100


def test_training_of_an_ability_is_paid_at_cost_up_to_its_cap() -> None:
    assert ask(training.ability_training, cost=750) == 75_000
    assert ask(training.ability_training, cost=900) == 80_000


@pytest.mark.parametrize(("taken", "requested", "may"), [(2, 1, True), (3, 1, False), (0, 3, True), (0, 4, False)])
def test_three_trainings_a_year(taken: int, requested: int, may: bool) -> None:
    assert bool(ask(training.may_train_again, times_this_year=taken, requested=requested)) is may


@given(st.integers(1, 6), st.integers(1, 5))
def test_never_twice_and_never_below(held: int, requested: int) -> None:
    assert training.level_is_new(True, held, requested) == (requested < held)
    assert training.level_is_new(False, held, requested)


def test_one_person_and_the_whole_amount() -> None:
    assert ask(personal.average_per_person, total="12.34", persons=1) == 1234
    assert ask(personal.share_of_amount, amount=100, rate=1) == 10_000
