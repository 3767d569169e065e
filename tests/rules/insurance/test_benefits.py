"""Unemployment, injury, death, residents, institutions, transfer, recovery: oracles, caps and limits of the law."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules import catalogue, simulate
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.engine.rule import find_rule
from hrss.rules.insurance import (
    contributions,
    death,
    injury,
    injury_premium,
    institution,
    landless,
    recalculation,
    resident,
    subsidies,
    transfer,
    unemployment,
)
from hrss.rules.insurance.injury import Item, Payer
from hrss.rules.insurance.unemployment import StopEvent

DAY = date(2025, 6, 30)
FENGJIE = "500236"


def value(name: str, *, on: date = DAY, region: str = FENGJIE) -> object:
    return default_parameters().parameter(name, on=on, region=region).value


def half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


MONTHS = [0, 3, 6, 9, 12, 15, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 24, 24]


@pytest.mark.parametrize(("years", "months"), list(enumerate(MONTHS)))
def test_months_of_unemployment_benefit_in_chongqing(years: int, months: int) -> None:
    found = evaluate(unemployment.unemployment_months, {"paid_years": years, "unused": 0}, on=DAY, region=FENGJIE)
    assert found.amount == months


@given(st.integers(1, 50), st.integers(0, 24))
def test_unused_months_are_carried_over_to_the_cap(years: int, unused: int) -> None:
    table = value("insurance.unemployment.months_by_years")
    own = unemployment.unemployment_months(years, 0, table, 24)  # type: ignore[arg-type]
    assert unemployment.unemployment_months(years, unused, table, 24) == min(own + unused, 24)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("county", "fen"),
    [("500236", 186_400), ("500229", 209_700), ("500238", 209_700), ("500242", 209_700), ("500101", 186_400)],
)
def test_fengjie_is_an_eighty_percent_county(county: str, fen: int) -> None:
    assert evaluate(unemployment.unemployment_standard, {}, on=DAY, region=county).amount == fen


def test_the_standard_of_2026_goes_on_provisionally_and_says_so() -> None:
    found = evaluate(unemployment.unemployment_standard, {}, on=date(2026, 1, 1), region=FENGJIE)
    assert found.amount == evaluate(unemployment.unemployment_standard, {}, on=DAY, region=FENGJIE).amount
    minimum_wage = next(value for value in found.parameters if value.name.endswith("top_minimum_wage"))
    assert (minimum_wage.status, minimum_wage.valid_to) == ("provisional", date(2026, 12, 31))


def test_the_standard_after_2026_is_a_gap_not_a_guess() -> None:
    with pytest.raises(Problem) as gap:
        evaluate(unemployment.unemployment_standard, {}, on=date(2027, 1, 1), region=FENGJIE)
    assert gap.value.code == "rules.gap"


@pytest.mark.parametrize(
    ("months", "own_will", "registered", "stop", "may"),
    [
        (12, False, True, StopEvent.NONE, True),
        (11, False, True, StopEvent.NONE, False),
        (12, True, True, StopEvent.NONE, False),
        (12, False, False, StopEvent.NONE, False),
        *((12, False, True, stop, False) for stop in StopEvent if stop != StopEvent.NONE),
    ],
)
def test_who_may_draw(months: int, own_will: bool, registered: bool, stop: StopEvent, may: bool) -> None:
    assert unemployment.unemployment_eligible(months, own_will, registered, stop) is may


@given(st.integers(0, 24), st.integers(0, 10**6), st.integers(0, 10**6))
def test_total_of_a_spell_adds_up_month_by_month(months: int, first: int, later: int) -> None:
    by_month = sum(first if month <= 12 else later for month in range(1, months + 1))
    assert unemployment.unemployment_total(months, first, later) == by_month


def test_unemployment_death() -> None:
    found = evaluate(unemployment.unemployment_death, {"standard": 186_400}, on=DAY, region=FENGJIE)
    assert (found.part("funeral"), found.part("relief")) == (6 * 186_400, 10 * 186_400)


@pytest.mark.parametrize("item", list(Item))
def test_who_pays_injury_costs(item: Item) -> None:
    by_employer = {Item.WAGE, Item.ALLOWANCE_5_6, Item.EMPLOYMENT_GRANT}
    assert injury.injury_payer(item, True) == (Payer.EMPLOYER if item in by_employer else Payer.FUND)
    assert injury.injury_payer(item, False) == Payer.EMPLOYER


@pytest.mark.parametrize(
    ("months", "factor"),
    [
        (0, 0),
        (1, 100_000),
        (11, 100_000),
        (12, 100_000),
        (24, 200_000),
        (60, 500_000),
        (119, 900_000),
        (120, 10**6),
        (400, 10**6),
    ],
)
def test_taper_near_retirement(months: int, factor: int) -> None:
    assert injury.injury_taper(months, 100_000, 100_000) == factor


@given(st.integers(0, 10**7), st.booleans(), st.integers(0, 6), st.integers(0, 6))
def test_dependants_never_get_more_than_the_wage(wage: int, spouse: bool, others: int, lone: int) -> None:
    percent = (40 if spouse else 0) + 30 * others + 10 * lone
    found = injury.injury_dependants(wage, spouse, others, lone)
    assert found == half_up(Decimal(wage) * min(percent, 100) / 100)
    assert found <= wage


@pytest.mark.parametrize(
    ("ratio", "first", "rate"),
    [
        (1_500_000, False, 10_500), (1_499_999, False, 8_400), (1_200_000, False, 8_400), (1_199_999, False, 7_000),
        (800_000, False, 7_000), (799_999, False, 5_600), (500_000, False, 5_600), (499_999, False, 3_500),
        (100_000, True, 7_000), (1_600_000, True, 10_500),
    ],
)  # fmt: skip
def test_floating_premium_at_its_boundaries(ratio: int, first: bool, rate: int) -> None:
    assert injury_premium.injury_premium_floating(7_000, ratio, first) == rate


def test_grades_outside_a_table_are_refused() -> None:
    with pytest.raises(Problem, match="表中没有这一档"):
        evaluate(injury.injury_medical_grant_months, {"grade": 4}, on=DAY, region=FENGJIE)
    with pytest.raises(Problem, match="应在"):
        evaluate(injury.injury_one_off, {"grade": 11, "own_wage": 500_000}, on=DAY)


def test_disputed_months_are_shown_as_disputed() -> None:
    found = evaluate(injury.injury_employment_grant_months, {"grade": 6}, on=DAY, region=FENGJIE)
    assert found.status == "disputed"
    assert "有争议" in found.to_text()


@given(st.integers(1, 10), st.integers(1, 10**7))
def test_leave_wage_and_own_wage_have_limits(months: int, area: int) -> None:
    assert injury.injury_leave_wage(100, 30, False) == 1200
    assert injury.injury_leave_wage(100, 30, True) == 2400
    low, high = injury.injury_own_wage(0, area), injury.injury_own_wage(10**8, area)
    assert (low, high) == (half_up(Decimal(area) * 60 / 100), area * 3)
    assert months


@pytest.mark.parametrize(
    ("paid", "drawn", "twelfths"),
    [(59, 0, 36), (60, 0, 72), (119, 0, 72), (120, 0, 108), (180, 0, 108), (181, 0, 109), (192, 0, 120), (360, 0, 288),
     (480, 36, 252), (480, 400, 108), (240, 12, 156), (120, 60, 108)],
)  # fmt: skip
def test_survivor_months(paid: int, drawn: int, twelfths: int) -> None:
    assert death.survivor_twelfths(paid, drawn) == twelfths


def test_forty_years_paid_three_drawn_is_21_not_23() -> None:
    found = evaluate(
        death.survivor_grant, {"paid_months": 480, "drawn_months": 36}, on=date(2023, 6, 1), region=FENGJIE
    )
    assert found.amount == half_up(Decimal(4_550_900) / 12 * 21)


def test_death_at_work_is_not_paid_twice() -> None:
    facts = {"paid_months": 200, "drawn_months": 0, "injury_death": True}
    assert evaluate(death.employee_death_benefits, facts, on=date(2023, 6, 1), region=FENGJIE).amount == 0


@given(st.integers(0, 120), st.integers(0, 60))
def test_resident_extra_years_start_after_fifteen(age: int, years: int) -> None:
    assert resident.resident_extra_years(years, 200, 15) == max(years - 15, 0) * 200
    assert resident.resident_age_addition(age, 500) == (1000 if age >= 70 else 500 if age >= 65 else 0)


def test_a_resident_of_chongqing() -> None:
    facts = {"account": 2_120_000, "years": 20, "age": 66, "one_child": True}
    found = evaluate(resident.resident_pension, facts, on=date(2022, 6, 1), region=FENGJIE)
    assert found.amount == 12_500 + 1_000 + 500 + 1_000 + half_up(Decimal(2_120_000) / 139)
    assert evaluate(resident.resident_pension, facts | {"age": 59}, on=date(2022, 6, 1), region=FENGJIE).amount == 0


def test_late_payment_gets_no_subsidy_and_unknown_grades_are_refused() -> None:
    late = evaluate(resident.resident_subsidy, {"grade": 200, "late": True}, on=DAY, region=FENGJIE)
    assert late.amount == 0
    with pytest.raises(Problem, match="没有这一档"):
        evaluate(resident.resident_subsidy, {"grade": 250, "late": False}, on=DAY, region=FENGJIE)
    with pytest.raises(Problem, match="没有数值"):
        evaluate(resident.resident_subsidy, {"grade": 200, "late": False}, on=date(2020, 6, 1), region=FENGJIE)


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**6))
def test_institution_transition_protects_low_and_limits_high(old: int, new: int, share: int) -> None:
    paid = institution.institution_transition(old, new, share)
    assert old <= paid <= max(old, new)
    assert paid == old + half_up(Decimal(max(new - old, 0)) * share / 10**6)


@given(st.integers(1, 10**7), st.integers(0, 400), st.integers(1, 10**7), st.integers(1, 400))
def test_the_weighted_index_lies_between(deemed: int, months: int, actual: int, later: int) -> None:
    found = institution.institution_index(deemed, months, actual, later)
    assert min(deemed, actual) <= found <= max(deemed, actual)


@given(st.integers(0, 10**9), st.integers(1, 600))
def test_instalments_make_the_debt(debt: int, periods: int) -> None:
    each = recalculation.instalment(debt, periods)
    last = recalculation.last_instalment(debt, periods)
    if each * (periods - 1) <= debt:
        assert each * (periods - 1) + last == debt
    assert 0 <= last <= each


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 120))
def test_back_pay_and_recovery_are_each_others_negative(paid: int, final: int, months: int) -> None:
    assert recalculation.back_pay(paid, final, months) == -recalculation.back_pay(final, paid, months)


@given(st.integers(0, 10**7), st.integers(0, 10**9), st.integers(0, 10**6))
def test_offset_takes_neither_more_than_the_share_nor_than_the_debt(benefit: int, debt: int, share: int) -> None:
    taken = recalculation.offset(benefit, debt, share)
    assert 0 <= taken <= min(debt, benefit)


@given(st.integers(100_000, 3_000_000))
def test_limits_round_up_to_whole_yuan_in_chongqing(average: int) -> None:
    lower = evaluate(contributions.base_limit_lower, {"average": average}, on=DAY, region=FENGJIE).amount
    assert lower % 100 == 0
    assert 0 <= lower - Decimal(average) * 60 / 100 < 100


def test_limits_of_2022_and_2025_as_published() -> None:
    for year, lower, upper in ((2022, 395_700, 1_978_400), (2025, 440_400, 2_201_700)):
        day = date(year, 12, 31)
        average = value("insurance.contribution.average_wage", on=day)
        assert evaluate(contributions.base_limit_lower, {"average": average}, on=day, region="50").amount == lower
        assert evaluate(contributions.base_limit_upper, {"average": average}, on=day, region="50").amount == upper
        assert value("insurance.contribution.base_lower", on=day) == lower
        assert value("insurance.contribution.base_upper", on=day) == upper


@given(st.integers(0, 10**8), st.integers(0, 3000))
def test_late_fee(arrears: int, days: int) -> None:
    assert contributions.late_fee(arrears, days, 500) == half_up(Decimal(arrears) * days * 5 / 10_000)


@pytest.mark.parametrize(
    ("left", "used", "months"), [(59, 0, 59), (60, 0, 36), (36, 0, 36), (120, 20, 16), (120, 36, 0)]
)
def test_months_of_flexible_subsidy(left: int, used: int, months: int) -> None:
    assert subsidies.flexible_subsidy_months(left, used, 36) == months


def test_skill_subsidy_conditions() -> None:
    table = (3, 200_000, 4, 150_000, 5, 100_000)
    assert subsidies.skill_subsidy(subsidies.SkillLevel.SENIOR, 12, 12, 0, table, 12, 12, 3) == 200_000
    assert subsidies.skill_subsidy(subsidies.SkillLevel.SENIOR, 11, 12, 0, table, 12, 12, 3) == 0
    assert subsidies.skill_subsidy(subsidies.SkillLevel.SENIOR, 12, 13, 0, table, 12, 12, 3) == 0
    assert subsidies.skill_subsidy(subsidies.SkillLevel.SENIOR, 12, 12, 3, table, 12, 12, 3) == 0


@pytest.mark.parametrize(
    ("household", "current", "earlier", "place"),
    [(True, True, True, 1), (False, True, True, 2), (False, False, True, 3), (False, False, False, 1)],
)
def test_place_of_claim(household: bool, current: bool, earlier: bool, place: int) -> None:
    assert transfer.claim_place(household, current, earlier) == place


@pytest.mark.parametrize(
    ("age", "fen"), [(80, 1_500_000), (75, 1_500_000), (74, 1_630_000), (60, 3_450_000), (50, 4_100_000)]
)
def test_landless_payment_by_age(age: int, fen: int) -> None:
    assert evaluate(landless.landless_one_off, {"age": age}, on=DAY, region=FENGJIE).amount == fen


def test_what_if_says_who_gains_and_what_it_costs() -> None:
    table = {
        "account": [1_390_000, 1_390_000, 0], "years": [15, 20, 15], "age": [59, 66, 71], "one_child": [False] * 3,
        "township": ["500236001", "500236001", "500236002"],
    }  # fmt: skip
    columns = {name: np.asarray(values) for name, values in table.items()}
    found = simulate.simulate(
        "insurance.resident_pension", columns, changes=["insurance.resident.base_pension=180"], on=DAY, region=FENGJIE
    )
    assert (found.total.gainers, found.total.losers, found.total.cost) == (2, 0, 3_000)
    assert [(group.name, group.cost) for group in found.by_township] == [("500236001", 1_500), ("500236002", 1_500)]
    assert [group.name for group in found.by_age] == ["50—59 岁", "60—69 岁", "70—79 岁"]
    assert found.after - found.before == found.total.cost
    with pytest.raises(Problem, match="不使用参数"):
        simulate.simulate("insurance.resident_pension", columns, changes=["insurance.unemployment.share=90"], on=DAY)


def test_catalogue_explains_facts_as_people_write_them() -> None:
    found = catalogue.explain("insurance.statutory_retirement", {"group": "male", "birth_month": "1965-01"})
    assert found.shown == "2025-02"
    assert find_rule("insurance.statutory_retirement").article in found.to_text()
    with pytest.raises(Problem, match="不是年月"):
        catalogue.explain("insurance.statutory_retirement", {"group": "male", "birth_month": "1965-13"})
    with pytest.raises(Problem, match="可选"):
        catalogue.explain("insurance.statutory_retirement", {"group": "child", "birth_month": "1965-01"})
