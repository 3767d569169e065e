"""Severance and dismissal: judgments to the cent, a Decimal oracle, the cliff of the cap, boundary days of service."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.months import add_months
from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.labour import severance as rules
from hrss.rules.labour.service import span

WAGES = st.integers(0, 10_000_000)
MONTHS = st.integers(0, 600).map(lambda halves: halves * 5)  # half months, in tenths
NO_CAP = 10**8
MOST = 120
DAYS = st.dates(min_value=date(2008, 1, 1), max_value=date(2025, 12, 31))


def cents(value: Decimal) -> int:
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("wage", "months", "due"),
    [("15316.25", "2.5", "76581.25"), ("12101.35", "2", "48405.40"), ("7960.73", "13", "206978.98")],
)
def test_judgments_on_unlawful_dismissal(wage: str, months: str, due: str) -> None:
    facts = read_facts(rules.unlawful_dismissal, {"wage": wage, "minimum_wage": 0, "cap": 1_000_000, "months": months})
    assert evaluate(rules.unlawful_dismissal, facts, on=date(2025, 1, 1)).amount == cents(Decimal(due))


def test_the_mean_wage_of_a_judgment() -> None:
    assert rules.average_wage(1170830, 12, 1100000, 2, 288322) == 1210135


@given(WAGES, st.integers(1, 12), st.integers(0, 10**8), st.integers(0, 12), st.integers(0, 10**8))
def test_the_mean_wage_against_decimal(regular: int, months: int, bonus: int, within: int, other: int) -> None:
    if within > months:
        with pytest.raises(Problem):
            rules.average_wage(regular, months, bonus, within, other)
        return
    exact = (Decimal(regular) * months + Decimal(bonus) * within / 12 + other) / months
    assert abs(Decimal(rules.average_wage(regular, months, bonus, within, other)) - exact) <= Decimal("0.5000001")


@pytest.mark.parametrize(
    ("months", "days", "due"),
    [(0, 0, 0), (0, 1, 5), (5, 30, 5), (6, 0, 10), (11, 29, 10), (12, 0, 10), (12, 1, 15), (55, 0, 50), (183, 0, 155)],
)
def test_half_months_and_whole_months(months: int, days: int, due: int) -> None:
    assert rules.severance_months(months, days) == due


@given(DAYS, st.integers(0, 8000), st.integers(0, 400))
def test_longer_service_never_means_less(hired: date, short: int, more: int) -> None:
    less, longer = (span(hired, hired + timedelta(days=length)) for length in (short, short + more))
    assert rules.severance_months(less.months, less.days) <= rules.severance_months(longer.months, longer.days)


@given(DAYS, st.integers(1, 300))
def test_a_span_is_whole_months_and_less_than_one_more(hired: date, months: int) -> None:
    last = add_months(hired, months) - timedelta(days=1)
    assert span(hired, last) == span(hired, last)
    assert (span(hired, last).months, span(hired, last).days) == (months, 0)
    assert span(hired, last - timedelta(days=1)).months == months - 1
    assert span(hired, last + timedelta(days=1)).days == 1


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        span(date(2025, 1, 2), date(2025, 1, 1))
    assert (caught.value.code, caught.value.field) == ("labour.dates", "end_date")


@given(WAGES, WAGES, st.integers(1, 10_000_000), MONTHS)
def test_severance_against_decimal(wage: int, minimum: int, cap: int, months: int) -> None:
    base = min(max(Decimal(wage), Decimal(minimum)), Decimal(cap))
    paid = min(months, MOST) if wage > cap else months
    exact = (base * paid / 10).quantize(Decimal(1), ROUND_HALF_UP)
    assert rules.severance(wage, minimum, cap, months, MOST) == exact


def test_the_cap_is_a_cliff() -> None:
    cap = 4710325
    at = rules.severance(cap, 0, cap, 155, MOST)
    above = rules.severance(cap + 1, 0, cap, 155, MOST)
    assert (at, above) == (73010038, 56523900)


@given(WAGES, st.integers(0, 2400).map(lambda halves: halves * 5))
def test_twice_severance_within_a_fen(wage: int, months: int) -> None:
    single = rules.severance(wage, 0, NO_CAP, months, MOST)
    assert abs(rules.unlawful_dismissal(wage, 0, NO_CAP, months, MOST) - 2 * single) <= 1


@given(WAGES, WAGES, MONTHS)
def test_severance_grows_with_the_minimum_wage(wage: int, minimum: int, months: int) -> None:
    assert rules.severance(wage, minimum, NO_CAP, months, MOST) >= rules.severance(wage, 0, NO_CAP, months, MOST)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_was_paid_is_deducted_but_never_claimed_back(due: int, severance: int, notice: int) -> None:
    assert rules.still_due(due, severance, notice) == max(due - severance - notice, 0)


@pytest.mark.parametrize(
    ("article_40", "given", "unlawful", "due"),
    [(True, False, False, 500), (True, True, False, 0), (False, False, False, 0), (True, False, True, 0)],
)
def test_notice_pay_only_without_notice_and_never_with_compensation(
    article_40: bool, given: bool, unlawful: bool, due: int
) -> None:
    assert rules.notice_pay(500, article_40, given, unlawful) == due


def test_the_cap_of_chongqing_is_disputed_and_says_so() -> None:
    found = evaluate(rules.severance_cap, {}, on=date(2025, 6, 30), region="500236")
    assert found.amount == 2938650
    assert found.status == "disputed"


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2023, 6, 1), date(2024, 12, 31)])
def test_a_year_without_mean_wage_is_a_gap(day: date) -> None:
    with pytest.raises(Problem) as caught:
        evaluate(rules.severance_cap, {}, on=day, region="500236")
    assert caught.value.code == "rules.gap"
    assert caught.value.field == "labour.mean_wage.non_private"
