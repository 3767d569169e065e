"""Pensions, accounts and retirement against a Decimal oracle, and the properties the law implies."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.engine.columns import batch
from hrss.rules.engine.units import month_number
from hrss.rules.insurance import accounts, pension, retirement
from hrss.rules.insurance.ledger import LedgerYear, Posting, balance, balances, post, post_all
from hrss.rules.insurance.pension import MoneyRounding, ServiceRounding, TransitionMethod
from hrss.rules.insurance.retirement import RetirementGroup

FEN = Decimal("0.01")
BASES = st.integers(100_000, 2_000_000)
INDICES = st.integers(400_000, 3_000_000)
TABLE = default_parameters().parameter("insurance.pension.divisor_months", on=date(2025, 6, 1), region="50").value


def cents(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@given(BASES, INDICES, st.integers(0, 700))
def test_basic_part_is_the_decimal_formula(base: int, index: int, months: int) -> None:
    mean = Decimal(base) * (1 + Decimal(index) / 10**6) / 2
    assert pension.basic_pension(base, index, months, 12) == cents(mean * months / 12 / 100)


@given(BASES, INDICES, st.integers(0, 400), st.integers(10_000, 20_000))
def test_transitional_parts_are_the_decimal_formulas(base: int, index: int, months: int, rate: int) -> None:
    wage, years = Decimal(base) * index / 10**6, Decimal(months) / 12
    share = Decimal(rate) / 10**6
    indexed = pension.transitional_pension(TransitionMethod.INDEXED_WAGE, base, index, months, 12, rate)
    mean = pension.transitional_pension(TransitionMethod.MEAN, base, index, months, 12, rate)
    assert indexed == cents(wage * years * share)
    assert mean == cents((Decimal(base) + wage) / 2 * years * share)


@given(st.integers(480, 840))
def test_divisor_is_linear_between_ages_to_one_decimal(age: int) -> None:
    whole = dict(zip(TABLE[::2], TABLE[1::2], strict=True))
    below, above = Decimal(whole[age // 12]) / 10, Decimal(whole[(age + 11) // 12]) / 10
    expected = (below + (above - below) * (age % 12) / 12).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(pension.divisor_months(age, TABLE)) / 10 == expected


@given(st.integers(480, 839))
def test_divisor_falls_with_age(age: int) -> None:
    assert pension.divisor_months(age + 1, TABLE) <= pension.divisor_months(age, TABLE)


@given(BASES, INDICES, st.integers(180, 600), st.integers(0, 10**8))
@settings(max_examples=200)
def test_a_pension_grows_with_every_input(base: int, index: int, months: int, account: int) -> None:
    def total(base: int, index: int, months: int, account: int) -> int:
        return pension.employee_pension(
            index, months, 60, 12, account, 1390, False, base, base, TransitionMethod.MEAN, 14_000, 30_000
        )

    here = total(base, index, months, account)
    assert total(base + 100, index, months, account) >= here
    assert total(base, index + 100, months, account) >= here
    assert total(base, index, months + 1, account) >= here
    assert total(base, index, months, account + 100) >= here


@pytest.mark.parametrize(
    ("policy", "months", "service", "per_year"),
    [
        (ServiceRounding.EXACT_MONTHS, 490, 490, 12),
        (ServiceRounding.TWO_DECIMALS, 169, 1408, 100),
        (ServiceRounding.TENTH_UP, 509, 425, 10),
        (ServiceRounding.TENTH_UP, 147, 123, 10),
        (ServiceRounding.FOUR_DECIMALS, 379, 315833, 10000),
    ],
)
def test_rounding_of_service_by_policy(policy: ServiceRounding, months: int, service: int, per_year: int) -> None:
    assert pension.service_counted(months, policy) == service
    assert pension.service_per_year(policy) == per_year


@given(st.integers(0, 10**9))
def test_jiao_up_never_takes(amount: int) -> None:
    rounded = pension.rounded_money(amount, MoneyRounding.JIAO_UP)
    assert rounded == int((Decimal(amount) / 10).to_integral_value(ROUND_CEILING)) * 10


def test_a_sheet_of_chongqing_from_months() -> None:
    facts = {
        "age": 720, "months": 490, "months_before": 156, "required_months": 180, "index": 627_000,
        "balance": 8_579_001, "one_child": True,
    }  # fmt: skip
    found = evaluate(
        pension.employee_pension_from_months, facts, on=date(2025, 1, 10), region="500236", known_at=date(2025, 1, 31)
    )
    assert found.amount == 458_692
    assert found.status == "unverified"
    assert "2,653.45" in found.to_text()
    later = evaluate(pension.employee_pension_from_months, facts, on=date(2025, 1, 10), region="500236")
    assert later.amount > found.amount  # the final base is out: back pay


def test_too_few_months_gives_nothing_and_says_why() -> None:
    facts = {
        "age": 720, "months": 179, "months_before": 0, "required_months": 180, "index": 10**6, "balance": 0,
        "one_child": False,
    }  # fmt: skip
    found = evaluate(pension.employee_pension_from_months, facts, on=date(2025, 12, 1), region="50")
    assert found.amount == 0
    assert "179 个月 ＜ 最低缴费月数 180 个月 —— 是" in found.to_text()


@given(st.sampled_from(list(RetirementGroup)), st.integers(month_number(1950, 1), month_number(2010, 12)))
def test_retirement_is_never_earlier_for_the_younger(group: RetirementGroup, birth: int) -> None:
    here = retirement.statutory_retirement(group, birth)
    assert retirement.statutory_retirement(group, birth + 1) > here
    delay = retirement.retirement_delay(group, birth)
    assert 0 <= delay <= (60 if group == RetirementGroup.FEMALE_ORIGINAL_50 else 36)
    age = here - birth
    assert retirement.original_age(group) <= retirement.earliest_age(group, age) <= age <= retirement.latest_age(age)


@pytest.mark.parametrize(
    ("group", "full"),
    [
        (RetirementGroup.MALE, (1976, 9)),
        (RetirementGroup.FEMALE_ORIGINAL_55, (1981, 9)),
        (RetirementGroup.FEMALE_ORIGINAL_50, (1984, 11)),
    ],
)
def test_boundaries_of_the_delay(group: RetirementGroup, full: tuple[int, int]) -> None:
    most = 60 if group == RetirementGroup.FEMALE_ORIGINAL_50 else 36
    first = {1: (1965, 1), 2: (1970, 1), 3: (1975, 1)}[int(group)]
    assert retirement.retirement_delay(group, month_number(*first) - 1) == 0
    assert retirement.retirement_delay(group, month_number(*first)) == 1
    assert retirement.retirement_delay(group, month_number(*full) - 1) == most - 1
    assert retirement.retirement_delay(group, month_number(*full)) == most


@pytest.mark.parametrize(
    ("year", "months"), [(2025, 180), (2029, 180), (2030, 186), (2038, 234), (2039, 240), (2060, 240)]
)
def test_minimum_months(year: int, months: int) -> None:
    assert retirement.minimum_months(year) == months


def test_early_retirement_needs_months_and_age() -> None:
    birth = month_number(1970, 1)
    statutory = retirement.statutory_retirement(RetirementGroup.MALE, birth)
    early = statutory - 10
    assert retirement.may_retire_early(RetirementGroup.MALE, birth, early, 200, 186) == 10
    assert retirement.may_retire_early(RetirementGroup.MALE, birth, early, 185, 186) == 0
    assert retirement.may_retire_early(RetirementGroup.MALE, birth, birth + 719, 400, 186) == 0
    assert retirement.may_retire_early(RetirementGroup.MALE, birth, birth + 720, 400, 186) == statutory - birth - 720


YEARS = st.lists(
    st.tuples(st.integers(0, 10**7), st.integers(0, 78 * 10**5), st.integers(0, 120_000)), min_size=1, max_size=40
)


def oracle(opening: int, years: list[tuple[int, int, int]]) -> int:
    held = opening
    for credit, product, rate in years:
        held += credit + cents((Decimal(held) + Decimal(product) / 12) * rate / 10**6)
    return held


@given(st.integers(0, 10**9), YEARS)
def test_the_account_is_the_decimal_account(opening: int, years: list[tuple[int, int, int]]) -> None:
    credits, products, rates = zip(*years, strict=True)
    assert accounts.account_from_ledger(opening, credits, products, rates) == oracle(opening, years)


@given(st.integers(0, 10**9), YEARS)
def test_an_account_closed_in_two_runs_is_the_same(opening: int, years: list[tuple[int, int, int]]) -> None:
    cut = len(years) // 2
    first = oracle(opening, years[:cut])
    credits, products, rates = zip(*years[cut:], strict=True)
    assert accounts.account_from_ledger(first, credits, products, rates) == oracle(opening, years)


def test_months_and_ledger_give_the_same_account() -> None:
    rng = np.random.default_rng(5)
    wages = rng.integers(0, 3_000_000, (36, 500)).astype(np.int32)
    lower, upper, share, rates = (
        [400_000, 420_000, 440_400],
        [2_000_000, 2_100_000, 2_201_700],
        80_000,
        [61_200, 39_700, 26_200],
    )
    common = {"lower": lower, "upper": upper, "shares": [share] * 3, "rates": rates}
    opening = rng.integers(0, 10**8, 500)
    months = batch(accounts.account_from_months, {"opening": opening, "wages": wages}, common=common)["amount"]
    for person in range(0, 500, 50):
        postings = [
            Posting(
                2022 + at // 12, at % 12 + 1, _credit(int(wages[at, person]), lower[at // 12], upper[at // 12]), 1, 1
            )
            for at in range(36)
            if wages[at, person] > 0
        ]
        rows = post_all(postings)
        found = balance(rows, opening=int(opening[person]), rates=dict(zip(range(2022, 2025), rates, strict=True)))
        assert found.amount == months[person]


def _credit(wage: int, lower: int, upper: int) -> int:
    return cents(Decimal(min(max(wage, lower), upper)) * Decimal("0.08"))


def test_county_balances_are_the_single_ones() -> None:
    rng = np.random.default_rng(6)
    credits, products = rng.integers(0, 10**6, (10, 300)), rng.integers(0, 78 * 10**5, (10, 300))
    openings, rates = rng.integers(0, 10**8, 300), [20_000] * 10
    found = balances(openings, credits, products, rates)
    for person in (0, 17, 299):
        years = [(int(credits[y, person]), int(products[y, person]), 20_000) for y in range(10)]
        assert found[person] == oracle(int(openings[person]), years)


def test_a_reversal_takes_a_posting_back_exactly() -> None:
    posting = Posting(2024, 3, 35_232, 440_400, 733_900)
    row = post(LedgerYear(2024), posting)
    back = Posting(2024, 3, 35_232, 440_400, 733_900, sign=-1)
    assert post(row, back) == LedgerYear(2024)
    with pytest.raises(Problem, match="台账会变成"):
        post(LedgerYear(2024), back)
    with pytest.raises(Problem, match="不能记入"):
        post(LedgerYear(2023), posting)


def test_a_missing_rate_is_refused() -> None:
    with pytest.raises(Problem, match="2024 年的记账利率"):
        balance([LedgerYear(2023, 100), LedgerYear(2024, 100)], opening=0, rates={2023: 10_000})


def test_a_year_earns_its_rate_once() -> None:
    assert accounts.account_part_year(10_000_000, 12, 26_200) == 10_262_000
    assert accounts.account_from_ledger(10_000_000, (0,), (0,), (26_200,)) == 10_262_000


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_inheritance_and_what_was_paid_out_make_the_account(held: int, paid: int) -> None:
    left = accounts.account_inheritance(held, paid)
    assert left >= 0
    assert left + min(paid, held) == held
