"""Wages, overtime, hours and leave: published figures, Decimal oracles, every boundary day of the minimum wage."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.labour import annual_leave, wages, working_time
from hrss.rules.labour.tiers import tier_of

WAGES = st.integers(0, 10_000_000)
HOURS = st.integers(0, 30_000)
MULTIPLES = st.sampled_from([1_500_000, 2_000_000, 3_000_000])
FENGJIE = "500236"


@pytest.mark.parametrize(
    ("day", "month", "hour"),
    [
        ("2025-01-01", 220000, 2200),
        ("2024-12-31", 200000, 2000),
        ("2022-04-01", 200000, 2000),
        ("2022-03-31", 170000, 1700),
        ("2019-01-01", 170000, 1700),
        ("2018-12-31", 140000, 1400),
        ("2016-01-01", 140000, 1400),
        ("2015-12-31", 115000, 1150),
        ("2014-01-01", 115000, 1150),
    ],
)
def test_every_boundary_day_of_fengjies_minimum_wage(day: str, month: int, hour: int) -> None:
    on = date.fromisoformat(day)
    facts = {"tier": tier_of("奉节县", on=on)}
    assert evaluate(wages.minimum_wage, facts, on=on, region=FENGJIE).amount == month
    assert evaluate(wages.minimum_hourly_wage, facts, on=on, region=FENGJIE).amount == hour


def test_the_first_tier_never_lies_below_the_second() -> None:
    pairs = zip(
        default_parameters().versions("labour.minimum_wage.month_first"),
        default_parameters().versions("labour.minimum_wage.month_second"),
        strict=True,
    )
    assert all(first.valid_from == second.valid_from and first.value > second.value for first, second in pairs)


def test_before_the_known_years_there_is_a_gap() -> None:
    with pytest.raises(Problem) as caught:
        evaluate(wages.minimum_wage, {"tier": wages.Tier.FIRST}, on=date(2012, 12, 31), region=FENGJIE)
    assert caught.value.code == "rules.gap"


@pytest.mark.parametrize(
    ("area", "tier"),
    [
        ("奉节县", 2),
        ("奉节", 2),
        ("重庆市奉节县", 2),
        ("万州区", 1),
        ("渝中区", 1),
        ("石柱土家族自治县", 2),
        ("彭水苗族土家族自治县", 2),
    ],
)
def test_tiers_by_name(area: str, tier: int) -> None:
    on = date(2025, 6, 1)
    assert tier_of(area, on=on) == tier


@pytest.mark.parametrize("area", ["北京市", "", "奉"])
def test_a_place_elsewhere_is_refused(area: str) -> None:
    with pytest.raises(Problem) as caught:
        tier_of(area, on=date(2025, 6, 1))
    assert caught.value.code == "labour.unknown_area"


@given(WAGES, WAGES)
def test_the_gap_brings_pay_up_to_the_minimum(pay: int, minimum: int) -> None:
    gap = wages.minimum_wage_gap(pay, minimum)
    assert pay + gap >= minimum
    assert (gap == 0) == wages.pays_minimum_wage(pay, 0, 0, minimum)


@given(WAGES, HOURS, MULTIPLES)
def test_overtime_against_decimal(wage: int, hours: int, multiple: int) -> None:
    exact = Decimal(wage) * hours / 100 * multiple / 1_000_000 / (8 * Decimal("21.75"))
    expected = exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert working_time.overtime_pay(wage, hours, multiple, 2175) == expected


def test_daily_and_hourly_wage() -> None:
    assert (working_time.daily_wage(150000, 2175), working_time.hourly_wage(150000, 2175)) == (6897, 862)


def test_multiples_of_holidays_cannot_be_taken_off() -> None:
    assert working_time.overtime_multiples(4, 6, False, 2_000_000, 3_000_000) == 24_000_000
    assert working_time.overtime_multiples(4, 6, True, 2_000_000, 3_000_000) == 12_000_000


@pytest.mark.parametrize(
    ("day", "year", "quarter", "month", "cycle"),
    [("2024-12-31", 250, 6250, 2083, 50_000), ("2025-01-01", 248, 6200, 2067, 49_600)],
)
def test_working_days_before_and_after_two_more_holidays(
    day: str, year: int, quarter: int, month: int, cycle: int
) -> None:
    on = date.fromisoformat(day)
    assert evaluate(working_time.working_days_in_year, {}, on=on).amount == year
    assert evaluate(working_time.working_days_per_quarter, {}, on=on).amount == quarter
    assert evaluate(working_time.working_days_per_month, {}, on=on).amount == month
    assert evaluate(working_time.cycle_hours, {"cycle_months": 3}, on=on).amount == cycle


@given(HOURS, HOURS)
def test_overtime_hours_and_their_limit(worked: int, standard: int) -> None:
    extra = working_time.overtime_hours(worked, standard)
    assert extra == max(worked - standard, 0)
    assert working_time.overtime_exceeds_limit(worked, standard, 3600) == (extra > 3600)


def test_a_package_wage_must_cover_overtime_on_the_minimum_wage() -> None:
    facts = {"agreed": 300000, "minimum_wage": 200000, "weekday_hours": 3600, "rest_day_hours": 4000, "months": 3}
    found = evaluate(working_time.package_wage_shortfall, facts, on=date(2025, 1, 1))
    extra = (Decimal(2000) / Decimal("21.75") / 8 * (Decimal(36) * Decimal("1.5") + 80)).quantize(Decimal("0.01"))
    assert found.amount == (Decimal(2000) + extra - 3000) * 3 * 100
    assert evaluate(working_time.package_wage_shortfall, facts | {"agreed": 900000}, on=date(2025, 1, 1)).amount == 0


@pytest.mark.parametrize(("years", "days"), [(0, 0), (1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (35, 15)])
def test_leave_by_total_service(years: int, days: int) -> None:
    assert annual_leave.annual_leave_days(years) == days


@pytest.mark.parametrize(
    ("sick", "years", "due"),
    [(1, 5, True), (2, 5, False), (2, 12, True), (3, 12, False), (3, 25, True), (4, 25, False)],
)
def test_long_sickness_ends_the_years_leave(sick: int, years: int, due: bool) -> None:
    assert annual_leave.annual_leave_is_due(12, years, False, 0, sick) is due


def test_twelve_months_in_a_row_are_needed() -> None:
    assert not annual_leave.annual_leave_is_due(11, 1, False, 0, 0)
    assert not annual_leave.annual_leave_is_due(12, 1, True, 0, 0)
    assert not annual_leave.annual_leave_is_due(12, 1, False, 20, 0)


@given(st.sampled_from([0, 5, 10, 15]), st.integers(0, 366), st.integers(0, 20))
def test_prorated_leave_is_cut_and_never_clawed_back(entitlement: int, days: int, taken: int) -> None:
    prorated = annual_leave.annual_leave_prorated(entitlement, days)
    assert prorated == min(int(Decimal(entitlement) * days / 365), entitlement)
    assert annual_leave.annual_leave_unused(prorated, taken) == max(prorated - taken, 0)


@given(WAGES, st.integers(0, 15))
def test_leave_pay_against_decimal(wage: int, unused: int) -> None:
    exact = (Decimal(wage) / Decimal("21.75") * unused * 2).quantize(Decimal(1), ROUND_HALF_UP)
    assert annual_leave.annual_leave_pay(wage, unused, False, 2_000_000, 2175) == exact
    assert annual_leave.annual_leave_pay(wage, unused, True, 2_000_000, 2175) == 0
    assert annual_leave.annual_leave_pay_by_day(wage, unused, False, 2_000_000) == wage * unused * 2


def test_the_lists_of_tiers_do_not_overlap() -> None:
    on = date(2025, 1, 1) + timedelta(days=1)
    lists = [
        set(str(default_parameters().parameter(f"labour.minimum_wage.{name}", on=on, region="50").value).split())
        for name in ("first_tier", "second_tier")
    ]
    assert not lists[0] & lists[1]
    assert len(lists[1]) == 12
