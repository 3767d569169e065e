"""Contracts: double wage and its window, probation, non-compete, deductions, extra compensation, layoffs."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.months import add_months
from hrss.kernel.problem import Problem
from hrss.rules.general.work_calendar import shipped_calendar
from hrss.rules.labour import contracts as rules
from hrss.rules.labour.service import (
    DoubleWageWindow,
    claimable_window,
    days_elapsed_in_year,
    days_left_in_year,
    double_wage_window,
    is_time_barred,
    window_months,
)

WAGES = st.integers(0, 10_000_000)
PAY_DAYS = 2175
SHARE, MOST = 300_000, 24
HIRED = st.dates(min_value=date(2008, 1, 1), max_value=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("months", "open_ended", "most"),
    [
        (0, False, 0),
        (2, False, 0),
        (3, False, 1),
        (11, False, 1),
        (12, False, 2),
        (35, False, 2),
        (36, False, 6),
        (1, True, 6),
    ],
)
def test_the_longest_probation(months: int, open_ended: bool, most: int) -> None:
    assert rules.probation_most(months, open_ended) == most


@given(st.integers(0, 600), st.integers(0, 600))
def test_probation_grows_with_the_contract(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert rules.probation_most(low, False) <= rules.probation_most(high, False)


def test_unlawful_probation_is_paid_month_by_month() -> None:
    assert rules.unlawful_probation(6, 2, 500_000) == 2_000_000
    assert rules.unlawful_probation(1, 2, 500_000) == 0
    assert rules.probation_wage_floor(500_000, 220_000, 800_000) == 400_000
    assert rules.probation_wage_floor(250_000, 220_000, 800_000) == 220_000


@given(WAGES, st.integers(0, 11), st.integers(0, 27))
def test_the_second_wage_against_decimal(wage: int, months: int, days: int) -> None:
    exact = Decimal(wage) * months + (Decimal(wage) * days / Decimal("21.75")).quantize(Decimal(1), ROUND_HALF_UP)
    assert rules.double_wage(wage, months, days, False, PAY_DAYS) == exact
    assert rules.double_wage(wage, months, days, True, PAY_DAYS) == 0


def test_windows_of_published_cases() -> None:
    signed = double_wage_window(hired=date(2025, 9, 1), signed=date(2026, 2, 1))
    assert (signed.first, signed.last) == (date(2025, 10, 1), date(2026, 1, 31))
    never = double_wage_window(hired=date(2020, 12, 1), signed=None, until=date(2021, 11, 30))
    assert (never.first, never.last) == (date(2021, 1, 1), date(2021, 11, 30))
    assert window_months(never).months == 11
    assert window_months(DoubleWageWindow(date(2021, 4, 14), date(2021, 11, 13))).months == 7


@given(HIRED, st.integers(0, 900))
def test_a_window_never_exceeds_eleven_months(hired: date, signed_after: int) -> None:
    window = double_wage_window(hired=hired, signed=hired + timedelta(days=signed_after))
    counted = window_months(window, calendar=shipped_calendar())
    assert counted.months <= 11
    assert counted.days <= 23
    assert window.is_empty == (hired + timedelta(days=signed_after) <= add_months(hired, 1))


def test_a_broken_month_needs_a_calendar() -> None:
    window = double_wage_window(hired=date(2026, 1, 10), signed=date(2026, 3, 31))
    assert window_months(window, calendar=shipped_calendar()).days == 15
    with pytest.raises(Problem) as caught:
        window_months(window)
    assert caught.value.code == "labour.no_calendar"


def test_a_claim_a_year_late_is_barred_day_by_day() -> None:
    window = DoubleWageWindow(date(2008, 2, 1), date(2008, 12, 31))
    assert not is_time_barred(window, filed=date(2009, 12, 31))
    assert is_time_barred(window, filed=date(2010, 1, 1))
    assert claimable_window(window, filed=date(2009, 6, 15)).first == date(2008, 6, 15)
    assert claimable_window(window, filed=date(2010, 1, 1)).is_empty


@given(WAGES, WAGES, st.integers(0, 60))
def test_non_compete_against_decimal(wage: int, minimum: int, agreed: int) -> None:
    months = min(agreed, 24)
    by_share = (Decimal(wage) * months * Decimal("0.3")).quantize(Decimal(1), ROUND_HALF_UP)
    assert rules.non_compete_total(wage, minimum, agreed, SHARE, MOST) == max(by_share, Decimal(minimum) * months)
    assert rules.non_compete_months(agreed, MOST) == months
    assert rules.non_compete_monthly(wage, minimum, SHARE) >= minimum


@given(WAGES, WAGES)
def test_a_deduction_leaves_the_minimum_wage(wage: int, minimum: int) -> None:
    taken = rules.wage_deduction_most(wage, minimum, 200_000)
    assert 0 <= taken <= wage * 0.2 + 1
    assert taken == 0 or wage - taken >= minimum


@pytest.mark.parametrize(("ordered", "in_time", "due"), [(True, False, 3_000_000), (True, True, 0), (False, False, 0)])
def test_extra_compensation_needs_an_order_that_was_not_met(ordered: bool, in_time: bool, due: int) -> None:
    assert rules.additional_compensation(6_000_000, ordered, in_time, 500_000) == due


@pytest.mark.parametrize(
    ("employees", "laid_off", "required"),
    [
        (300, 25, True),
        (300, 19, False),
        (300, 20, True),
        (150, 15, True),
        (150, 14, False),
        (20, 2, True),
        (19, 1, False),
        (5, 0, False),
    ],
)
def test_layoffs_of_twenty_or_a_tenth(employees: int, laid_off: int, required: bool) -> None:
    assert rules.layoff_must_be_reported(employees, laid_off, 20, 100_000) is required


def test_dispatched_workers_up_to_a_tenth_of_all() -> None:
    assert rules.dispatch_within_limit(10, 90, 100_000)
    assert not rules.dispatch_within_limit(11, 90, 100_000)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31)))
def test_days_of_a_year_meet(day: date) -> None:
    whole = 366 if day.year % 4 == 0 else 365
    assert days_elapsed_in_year(day) + days_left_in_year(day) == whole + 1
