"""Where a benefit begins or ends by a year or a month, and what a ledger refuses: both sides of every line."""

from __future__ import annotations

import pytest

from hrss.kernel.problem import Problem
from hrss.rules.insurance import resident, retirement
from hrss.rules.insurance.landless import Sex, landless_years
from hrss.rules.insurance.ledger import LedgerYear, Posting, balance, post, post_all
from hrss.rules.insurance.retirement import RetirementGroup


@pytest.mark.parametrize(
    ("sex", "age", "years"),
    [
        (Sex.MALE, 15, 0), (Sex.MALE, 16, 1), (Sex.MALE, 19, 4), (Sex.MALE, 20, 5), (Sex.MALE, 39, 5),
        (Sex.MALE, 40, 10), (Sex.MALE, 49, 10), (Sex.MALE, 50, 0), (Sex.FEMALE, 29, 5), (Sex.FEMALE, 30, 10),
        (Sex.FEMALE, 39, 10), (Sex.FEMALE, 40, 0),
    ],
)  # fmt: skip
def test_years_paid_back_by_age(sex: Sex, age: int, years: int) -> None:
    assert landless_years(sex, age) == years


@pytest.mark.parametrize(
    ("age", "years", "transition", "other", "may"),
    [
        (60, 15, False, False, True), (59, 15, False, False, False), (60, 14, False, False, False),
        (60, 14, True, False, True), (60, 15, False, True, False), (61, 16, False, False, True),
    ],
)  # fmt: skip
def test_who_may_claim_the_residents_pension(age: int, years: int, transition: bool, other: bool, may: bool) -> None:
    assert bool(resident.resident_may_claim(age, years, transition, other)) is may


@pytest.mark.parametrize(("paid", "months"), [(185, 0), (186, 13), (187, 13)])
def test_early_retirement_needs_exactly_the_minimum(paid: int, months: int) -> None:
    birth, wanted = 1970 * 12 + 5, 2030 * 12 + 9
    assert retirement.may_retire_early(RetirementGroup.MALE, birth, wanted, paid, 186) == months


def test_a_ledger_without_rows_is_its_opening() -> None:
    assert balance((), opening=12_345, rates={}).amount == 12_345


def test_postings_of_a_year_add_up_and_the_index_is_exact() -> None:
    rows = post_all([Posting(2020, month, 40_000, 500_000, 600_000) for month in range(1, 13)])
    assert rows == (LedgerYear(2020, 480_000, 40_000 * 78, 12 * 833_333, 12),)


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    with pytest.raises(Problem) as refused:
        post(LedgerYear(2020), Posting(2020, month, 1, 1, 1))
    assert refused.value.code == "ledger.wrong_year"


def test_december_is_a_month_and_thirteen_months_are_too_many() -> None:
    row = post_all([Posting(2020, month, 1, 1, 1) for month in range(1, 13)])[0]
    assert row.months == 12
    with pytest.raises(Problem) as refused:
        post(row, Posting(2020, 12, 1, 1, 1))
    assert refused.value.code == "ledger.out_of_year"


@pytest.mark.parametrize(("month", "credited"), [(1, 600), (2, 500), (1, 499)])
def test_a_reversal_of_what_was_never_posted_is_refused(month: int, credited: int) -> None:
    held = post(LedgerYear(2020), Posting(2020, 1, 500, 1, 1))
    with pytest.raises(Problem) as refused:
        post(post(held, Posting(2020, month, credited, 1, 1, sign=-1)), Posting(2020, 1, 1, 1, 1, sign=-1))
    assert refused.value.code == "ledger.out_of_year"


def test_a_reversal_takes_back_exactly_its_posting() -> None:
    held = post(LedgerYear(2020, 700, 7_700, 900, 1), Posting(2020, 1, 500, 3, 2))
    assert post(held, Posting(2020, 1, 500, 3, 2, sign=-1)) == LedgerYear(2020, 700, 7_700, 900, 1)


def test_an_average_of_nought_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        post(LedgerYear(2020), Posting(2020, 1, 1, 1, 0))
    assert refused.value.code == "ledger.no_average"
