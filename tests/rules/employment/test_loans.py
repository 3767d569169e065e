"""Start-up loans: limits on every boundary day, rates, subsidies and who may borrow."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.employment import loans as rules
from hrss.rules.employment.loans import Borrower, LoanState, OtherLoan
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import ONE

FENGJIE = "500236"


def ask(rule: Rule[..., Any], day: str = "2025-07-01", **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=date.fromisoformat(day), region=FENGJIE).amount)


@pytest.mark.parametrize(
    ("day", "borrower", "partners", "wan"),
    [
        ("2024-04-30", Borrower.PERSON, 1, 20),
        ("2024-05-01", Borrower.PERSON, 1, 30),
        ("2025-05-31", Borrower.PERSON, 1, 30),
        ("2025-06-01", Borrower.PERSON, 1, 50),
        ("2024-04-30", Borrower.PERSON, 5, 110),
        ("2024-04-30", Borrower.PERSON, 4, 88),
        ("2024-05-01", Borrower.PERSON, 12, 396),
        ("2024-05-01", Borrower.PERSON, 13, 400),
        ("2025-06-01", Borrower.PERSON, 10, 550),
        ("2025-06-01", Borrower.PERSON, 11, 600),
        ("2024-04-30", Borrower.FIRM, 1, 300),
        ("2024-05-01", Borrower.FIRM, 1, 400),
        ("2025-06-01", Borrower.FIRM, 1, 600),
    ],
)
def test_limits_by_date(day: str, borrower: Borrower, partners: int, wan: int) -> None:
    assert ask(rules.loan_limit, day, borrower=borrower, partners=partners) == wan * 1_000_000


def test_before_2020_and_without_partners_it_refuses() -> None:
    with pytest.raises(Problem) as gap:
        ask(rules.loan_limit, "2020-04-30", borrower=Borrower.PERSON, partners=1)
    assert gap.value.code == "rules.gap"
    with pytest.raises(Problem) as refused:
        ask(rules.loan_limit, borrower=Borrower.PERSON, partners=0)
    assert refused.value.code == "rules.out_of_bounds"


@given(st.integers(1, 100))
def test_more_partners_never_borrow_less(partners: int) -> None:
    standards = (50_000_000, 55_000_000, 600_000_000, 600_000_000)
    now = rules.loan_limit(Borrower.PERSON, partners, *standards)
    assert now <= rules.loan_limit(Borrower.PERSON, partners + 1, *standards) <= 600_000_000


def test_the_limit_of_2021_is_disputed_and_says_so() -> None:
    facts = {"borrower": Borrower.PERSON, "partners": 1}
    assert evaluate(rules.loan_limit, facts, on=date(2021, 6, 1), region=FENGJIE).status == "disputed"


@pytest.mark.parametrize(
    ("day", "lpr", "spread", "rate"),
    [
        ("2025-07-01", "0.03", "0.005", 35_000),
        ("2025-07-01", "0.03", "0.02", 35_000),
        ("2023-07-28", "0.0355", "0.025", 60_500),
        ("2025-05-31", "0.0355", "0.03", 60_500),
    ],
)
def test_rates_and_the_cap_of_the_spread(day: str, lpr: str, spread: str, rate: int) -> None:
    assert ask(rules.loan_rate, day, lpr=lpr, spread=spread) == rate


@given(st.integers(0, 100_000), st.integers(0, 10_000))
def test_half_the_actual_rate_is_subsidised(lpr: int, spread: int) -> None:
    rate = rules.loan_rate(lpr, spread, 5_000)
    subsidy = rules.loan_interest_subsidy(lpr, spread, 5_000, 500_000)
    assert abs(2 * subsidy - rate) <= 1


def test_a_firm_bore_the_lpr_less_one_and_a_half_points() -> None:
    assert ask(rules.loan_firm_share_2023, "2023-07-28", lpr="0.0355") == 20_500
    with pytest.raises(Problem):
        ask(rules.loan_firm_share_2023, "2025-06-01", lpr="0.0355")


@pytest.mark.parametrize(("rate", "yuan"), [("0.005", 2500), ("0.004", 2000), ("0.01", 2500)])
def test_the_guarantee_fee_is_capped(rate: str, yuan: int) -> None:
    assert ask(rules.loan_guarantee_fee_subsidy, principal=500_000, rate=rate) == yuan * 100


@given(st.integers(0, 10**9), st.integers(0, 60_000), st.integers(0, 36))
def test_interest_by_months_against_decimal(principal: int, rate: int, months: int) -> None:
    exact = Decimal(principal) * rate / ONE * months / 12
    assert abs(rules.loan_interest(LoanState.NORMAL, principal, rate, months) - exact) <= Decimal("0.5")
    assert rules.loan_interest(LoanState.OVERDUE, principal, rate, months) == 0


@pytest.mark.parametrize(
    ("state", "subsidised"), [(LoanState.NORMAL, True), (LoanState.EXTENDED, False), (LoanState.OVERDUE, False)]
)
def test_extended_and_overdue_loans_get_nothing(state: LoanState, subsidised: bool) -> None:
    assert rules.loan_is_subsidised(state) is subsidised


@pytest.mark.parametrize(
    ("employees", "hired", "eligible"),
    [
        (40, 6, True),
        (40, 5, False),
        (100, 15, True),
        (100, 14, False),
        (101, 9, True),
        (101, 8, False),
        (150, 12, True),
    ],
)
def test_new_hires_of_a_firm(employees: int, hired: int, eligible: bool) -> None:
    assert bool(ask(rules.loan_firm_is_eligible, "2021-06-01", employees=employees, new_eligible=hired)) is eligible


def test_shares_of_new_hires_refuse_nonsense() -> None:
    assert rules.loan_new_hire_share(40, 6) == 150_000
    for facts in ((0, 0), (5, 6)):
        with pytest.raises(Problem):
            rules.loan_new_hire_share(*facts)


@pytest.mark.parametrize(
    ("day", "years", "eligible"),
    [("2024-04-30", 8, True), ("2024-04-30", 9, False), ("2024-05-01", 10, True), ("2024-05-01", 11, False)],
)
def test_graduates_by_years_since_leaving(day: str, years: int, eligible: bool) -> None:
    assert bool(ask(rules.loan_graduate_is_eligible, day, years_since=years)) is eligible


@pytest.mark.parametrize(
    ("kind", "amount", "blocked"),
    [
        (OtherLoan.HOUSING, 900_000, False),
        (OtherLoan.CONSUMER, 50_000, False),
        (OtherLoan.CONSUMER, "50000.01", True),
        (OtherLoan.BUSINESS, 1, True),
        (OtherLoan.STUDENT, 60_000, False),
    ],
)
def test_other_loans(kind: OtherLoan, amount: object, blocked: bool) -> None:
    assert bool(ask(rules.loan_is_blocked_by, kind=kind, amount=amount)) is blocked


@pytest.mark.parametrize(
    ("borrower", "months", "fits"),
    [
        (Borrower.PERSON, 36, True),
        (Borrower.PERSON, 37, False),
        (Borrower.FIRM, 24, True),
        (Borrower.FIRM, 25, False),
        (Borrower.FIRM, 0, False),
    ],
)
def test_terms(borrower: Borrower, months: int, fits: bool) -> None:
    assert bool(ask(rules.loan_term_fits, borrower=borrower, months=months)) is fits


def test_three_loans_at_most() -> None:
    assert ask(rules.may_borrow_again, times=2)
    assert not ask(rules.may_borrow_again, times=3)


def test_the_smallest_firm_and_the_shortest_term() -> None:
    assert rules.loan_new_hire_share(1, 1) == ONE
    assert ask(rules.loan_term_fits, borrower=Borrower.PERSON, months=1)
    assert ask(rules.loan_firm_is_eligible, "2021-06-01", employees=1, new_eligible=1)
    with pytest.raises(Problem):
        ask(rules.loan_firm_is_eligible, "2021-06-01", employees=0, new_eligible=0)
