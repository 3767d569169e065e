"""Hardship, families, labour-force status, figures and warning: boundaries and counting by person."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.employment import hardship, statistics, warning
from hrss.rules.employment.hardship import HardshipGroup, Sex
from hrss.rules.employment.heads import HeadRecord, count_heads
from hrss.rules.employment.statistics import LabourForceStatus
from hrss.rules.employment.warning import WarningLevel
from hrss.rules.engine import evaluate

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
COUNTS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("sex", "age", "claimed", "group"),
    [
        (Sex.MALE, 50, HardshipGroup.NONE, HardshipGroup.OLDER),
        (Sex.MALE, 49, HardshipGroup.NONE, HardshipGroup.NONE),
        (Sex.FEMALE, 40, HardshipGroup.NONE, HardshipGroup.OLDER),
        (Sex.FEMALE, 39, HardshipGroup.NONE, HardshipGroup.NONE),
        (Sex.MALE, 30, HardshipGroup.DISABLED, HardshipGroup.DISABLED),
        (Sex.MALE, 30, HardshipGroup.OLDER, HardshipGroup.NONE),
        (Sex.FEMALE, 45, HardshipGroup.LOW_INCOME, HardshipGroup.OLDER),
    ],
)
def test_hardship_groups(sex: Sex, age: int, claimed: HardshipGroup, group: HardshipGroup) -> None:
    facts = {"registered": True, "sex": sex, "age": age, "claimed": claimed}
    assert evaluate(hardship.hardship_group, facts, on=TODAY, region=FENGJIE).amount == group
    unregistered = evaluate(hardship.hardship_group, facts | {"registered": False}, on=TODAY, region=FENGJIE)
    assert unregistered.amount == HardshipGroup.NONE


@pytest.mark.parametrize(("adults", "unemployed", "zero"), [(2, 2, True), (2, 1, False), (0, 0, False), (1, 1, True)])
def test_zero_employment_families(adults: int, unemployed: int, zero: bool) -> None:
    assert hardship.is_zero_employment_family(adults, unemployed) is zero


def test_more_unemployed_than_members_is_refused() -> None:
    with pytest.raises(Problem):
        hardship.is_zero_employment_family(1, 2)


@pytest.mark.parametrize(
    ("age", "excused", "counts"),
    [(15, False, False), (16, False, True), (59, False, True), (60, False, False), (30, True, False)],
)
def test_who_should_work(age: int, excused: bool, counts: bool) -> None:
    facts = {"age": age, "excused": excused}
    assert bool(evaluate(hardship.counts_for_zero_employment, facts, on=TODAY).amount) is counts


@pytest.mark.parametrize("ending", ["employed", "draws_pension", "unable_or_away", "refused"])
def test_registration_ends(ending: str) -> None:
    facts = {"employed": False, "draws_pension": False, "unable_or_away": False, "refused": False, "months_silent": 5}
    rule = hardship.registration_ends
    assert not evaluate(rule, facts, on=TODAY).amount
    assert evaluate(rule, facts | {ending: True}, on=TODAY).amount
    assert evaluate(rule, facts | {"months_silent": 6}, on=TODAY).amount


@pytest.mark.parametrize(
    ("age", "hours", "leave", "seeking", "available", "status"),
    [
        (30, 100, False, False, False, LabourForceStatus.EMPLOYED),
        (30, 99, False, True, True, LabourForceStatus.UNEMPLOYED),
        (30, 0, True, True, True, LabourForceStatus.EMPLOYED),
        (30, 0, False, True, False, LabourForceStatus.INACTIVE),
        (30, 0, False, False, True, LabourForceStatus.INACTIVE),
        (70, 500, False, False, False, LabourForceStatus.EMPLOYED),
        (16, 0, False, True, True, LabourForceStatus.UNEMPLOYED),
        (15, 4000, False, False, False, LabourForceStatus.OUT_OF_SCOPE),
    ],
)
def test_labour_force_status(
    age: int, hours: int, leave: bool, seeking: bool, available: bool, status: LabourForceStatus
) -> None:
    assert statistics.labour_force_status(age, hours, leave, seeking, available, 16) is status


@given(COUNTS, COUNTS)
def test_the_unemployment_rate_against_decimal(unemployed: int, employed: int) -> None:
    if unemployed + employed == 0:
        with pytest.raises(Problem):
            statistics.unemployment_rate(unemployed, employed)
        return
    exact = Decimal(unemployed) / (unemployed + employed)
    assert abs(Decimal(statistics.unemployment_rate(unemployed, employed)) / 1_000_000 - exact) <= Decimal("5e-7")


@given(st.integers(1, 10**5), COUNTS, st.integers(0, 10**5))
def test_monitored_jobs_add_up(last: int, added: int, reduced: int) -> None:
    if reduced > last + added:
        with pytest.raises(Problem):
            statistics.monitored_jobs(last, added, reduced)
        return
    assert statistics.monitored_jobs(last, added, reduced) - last == added - reduced
    change = statistics.job_change_rate(last, added, reduced)
    assert (change > 0) <= (added > reduced)
    assert statistics.job_loss_rate(last, reduced) >= -change if added == 0 else True


def test_published_figures() -> None:
    assert statistics.new_urban_employment(15230, 1870) == 13360
    assert statistics.net_urban_employment(100, 120) == -20
    assert statistics.unemployment_rate(55, 945) == 55_000
    assert statistics.job_change_rate(1200, 36, 54) == -15_000
    assert statistics.job_loss_rate(1200, 54) == 45_000
    assert statistics.vacancy_ratio(3200, 2500) == 1_280_000


def test_empty_denominators_are_refused() -> None:
    for rule, facts in (
        (statistics.job_change_rate, (0, 1, 0)),
        (statistics.job_loss_rate, (0, 0)),
        (statistics.vacancy_ratio, (1, 0)),
    ):
        with pytest.raises(Problem):
            rule(*facts)


@pytest.mark.parametrize(
    ("rural", "outside", "months", "counts"),
    [(True, True, 6, True), (True, True, 5, False), (False, True, 9, False), (True, False, 9, False)],
)
def test_transferred_labour(rural: bool, outside: bool, months: int, counts: bool) -> None:
    assert statistics.counts_as_transferred(rural, outside, months, 6) is counts


RECORDS = st.lists(st.builds(HeadRecord, st.sampled_from("ABCD"), st.just("DC05"), st.booleans()), max_size=20)


@given(RECORDS)
def test_heads_never_exceed_rows_and_valid_never_exceed_all(records: list[HeadRecord]) -> None:
    heads = count_heads(records, by_person=True, valid_only=False)
    assert (
        heads == len({record.person for record in records}) <= count_heads(records, by_person=False, valid_only=False)
    )
    assert count_heads(records, by_person=True, valid_only=True) <= heads


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0, WarningLevel.NONE),
        (49, WarningLevel.NONE),
        (50, WarningLevel.YELLOW),
        (60, WarningLevel.ORANGE),
        (69, WarningLevel.ORANGE),
        (70, WarningLevel.RED),
    ],
)
def test_warning_levels(value: int, level: WarningLevel) -> None:
    assert warning.warning_level(value, 50, 60, 70) is level


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_higher_value_never_warns_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert warning.warning_level(low, 30, 60, 90) <= warning.warning_level(high, 30, 60, 90)
    assert warning.warning_level(low, 50, 50, 50) in (WarningLevel.NONE, WarningLevel.RED)


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(Problem):
        warning.warning_level(1, 60, 50, 70)


def test_months_the_fund_can_pay() -> None:
    assert warning.fund_months(1_000, 300) == 3
    with pytest.raises(Problem):
        warning.fund_months(1, 0)


def test_one_is_enough_below_the_line() -> None:
    assert statistics.unemployment_rate(0, 1) == 0
    assert statistics.unemployment_rate(1, 0) == 1_000_000
    assert statistics.job_change_rate(1, 1, 0) == 1_000_000
    assert statistics.job_loss_rate(1, 1) == 1_000_000
    assert statistics.vacancy_ratio(3, 1) == 3_000_000
    assert warning.fund_months(7, 1) == 7
    assert warning.warning_level(5, 5, 5, 6) is WarningLevel.ORANGE
    assert statistics.monitored_jobs(1, 1, 2) == 0
