"""Public institutions: posts, contracts, quotas, recruitment, education and skill grades at every boundary."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.talent import contracts, posts, recruitment, skills
from hrss.rules.talent.contracts import Sanction
from hrss.rules.talent.posts import Move
from hrss.rules.talent.skills import Level, Schooling

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
COUNTS = st.integers(0, 10_000)


def ask(rule: Rule[..., Any], **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region=FENGJIE).amount)


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 100))
def test_a_request_fits_free_posts(approved: int, actual: int, pending: int, requested: int) -> None:
    free = posts.free_posts(approved, actual, pending)
    assert posts.may_fill_posts(approved, actual, pending, requested) == (free >= requested)


@pytest.mark.parametrize(
    ("total", "ratio", "split"),
    [
        (60, (1, 3, 6), (6, 18, 36)),
        (27, (3, 4, 3), (8, 11, 8)),
        (23, (2, 4, 4), (5, 9, 9)),
        (9, (5, 5), (5, 4)),
        (0, (1, 3, 6), (0, 0, 0)),
    ],
)
def test_ratios_of_posts(total: int, ratio: tuple[int, ...], split: tuple[int, ...]) -> None:
    assert posts.split_posts(total, ratio) == split


@given(COUNTS, st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_a_split_adds_up_and_stays_within_one(total: int, ratio: list[int]) -> None:
    if sum(ratio) == 0:
        with pytest.raises(Problem):
            posts.split_posts(total, tuple(ratio))
        return
    split = posts.split_posts(total, tuple(ratio))
    assert sum(split) == total
    assert all(abs(share - Decimal(total * part) / sum(ratio)) < 1 for share, part in zip(split, ratio, strict=True))


@pytest.mark.parametrize(
    ("move", "current", "minimum", "step", "anew"),
    [
        (Move.UP, 8, 11, 11, True),
        (Move.UP, 11, 11, 11, False),
        (Move.UP, 15, 11, 15, False),
        (Move.DOWN, 15, 8, 15, False),
        (Move.DOWN, 5, 8, 5, False),
        (Move.ACROSS, 5, 8, 8, True),
    ],
)
def test_steps_after_a_move(move: Move, current: int, minimum: int, step: int, anew: bool) -> None:
    assert posts.step_after_move(move, current, minimum) == step
    assert posts.step_counts_anew(move, current, minimum) is anew


def test_places_for_disabled_persons() -> None:
    assert ask(posts.disabled_places, staff=100) == 150
    assert ask(posts.professional_share_is_enough, professional=70, total=100)
    assert not ask(posts.professional_share_is_enough, professional=69, total=100)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (posts.post_salary, {"grade": 9}),
        (posts.step_salary, {"step": 20}),
        (posts.may_be_promoted, {"years_in_grade": 3, "excellent": 1}),
    ],
)
def test_tables_that_were_not_found_are_refused_not_guessed(rule: Rule[..., Any], facts: dict[str, object]) -> None:
    with pytest.raises(Problem) as caught:
        ask(rule, **facts)
    assert caught.value.code == "rules.gap"
    assert caught.value.remedy


def test_an_imported_table_is_read() -> None:
    assert ask(posts.step_salary, step=2, table={1: 260, 2: 286}) == 28_600
    with pytest.raises(Problem):
        ask(posts.step_salary, step=3, table={1: 260, 2: 286})
    assert ask(posts.may_be_promoted, years_in_grade=3, excellent=1, years_needed=3)


@pytest.mark.parametrize(("first", "years", "months"), [(True, 3, 12), (True, 2, 0), (False, 5, 0)])
def test_probation(first: bool, years: int, months: int) -> None:
    assert ask(contracts.probation_months, first_job=first, contract_years=years) == months


@pytest.mark.parametrize(
    ("service", "left", "due"), [(120, 119, True), (119, 100, False), (120, 120, False), (300, 0, True)]
)
def test_a_contract_to_retirement(service: int, left: int, due: bool) -> None:
    assert bool(ask(contracts.contract_to_retirement, service=service, to_retirement=left)) is due


@pytest.mark.parametrize(
    ("in_a_row", "in_year", "may"), [(15, 30, False), (16, 16, True), (3, 31, True), (0, 0, False)]
)
def test_absence(in_a_row: int, in_year: int, may: bool) -> None:
    assert bool(ask(contracts.may_dismiss_for_absence, continuous=in_a_row, in_year=in_year)) is may


@pytest.mark.parametrize(("last", "before", "refuses", "may"), [(1, 1, 0, 1), (1, 0, 1, 1), (1, 0, 0, 0), (0, 1, 1, 0)])
def test_failed_assessments(last: int, before: int, refuses: int, may: int) -> None:
    assert contracts.may_dismiss_for_assessment(bool(last), bool(before), bool(refuses)) is bool(may)


@pytest.mark.parametrize(
    ("kind", "months"), [(Sanction.WARNING, 6), (Sanction.DEMERIT, 12), (Sanction.LOWERED, 24), (Sanction.EXPULSION, 0)]
)
def test_periods_of_sanctions(kind: Sanction, months: int) -> None:
    assert ask(contracts.sanction_months, kind=kind) == months


@pytest.mark.parametrize(
    ("persons", "better", "most"), [(37, False, 7), (100, False, 20), (52, True, 13), (4, False, 0)]
)
def test_places_for_excellent(persons: int, better: bool, most: int) -> None:
    assert ask(contracts.excellent_quota, participants=persons, better_unit=better) == most


@given(COUNTS, st.integers(0, 1_000_000))
def test_a_quota_never_exceeds_its_share(persons: int, share: int) -> None:
    places = contracts.quota(persons, share)
    assert places * 1_000_000 <= persons * share < (places + 1) * 1_000_000


def test_places_for_awards() -> None:
    assert (ask(contracts.commendation_quota, staff=50), ask(contracts.merit_quota, staff=50)) == (10, 1)
    assert (ask(contracts.commendation_quota, staff=9), ask(contracts.merit_quota, staff=49)) == (1, 0)
    assert ask(contracts.contract_years_least) == 3


@pytest.mark.parametrize(
    ("applicants", "places", "opens", "reduced"),
    [(6, 2, True, 2), (4, 2, True, 2), (3, 2, False, 1), (1, 1, False, 0), (0, 1, False, 0), (5, 0, False, 0)],
)
def test_opening_of_posts(applicants: int, places: int, opens: bool, reduced: int) -> None:
    assert bool(ask(recruitment.post_may_open, applicants=applicants, posts=places)) is opens
    assert ask(recruitment.posts_after_reduction, applicants=applicants, posts=places) == reduced


@given(st.integers(0, 500), st.integers(1, 50))
def test_reduced_posts_open(applicants: int, places: int) -> None:
    left = recruitment.posts_after_reduction(applicants, places, 2)
    assert left <= places
    assert left == 0 or recruitment.post_may_open(applicants, left, 2)


def test_interview_list_is_three_to_one() -> None:
    assert ask(recruitment.interview_places, posts=2) == 6
    assert recruitment.scaled_score(12000, 15000) == 8000


SCORES = st.integers(0, 10_000)


@given(st.integers(0, 15_000), SCORES, SCORES)
def test_total_scores_against_fractions(public: int, professional: int, interview: int) -> None:
    found = recruitment.recruitment_score(public, 15_000, professional, 10_000, interview, 30, 30, 40)
    exact = Fraction(public, 150) * 30 + Fraction(3 * professional + 4 * interview, 10)
    assert found == floor(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    "facts", [(1, 1, 1, 1, 1, 30, 30, 30), (2, 1, 1, 1, 1, 30, 30, 40), (1, 0, 1, 1, 1, 30, 30, 40)]
)
def test_scores_refuse_nonsense(facts: tuple[int, ...]) -> None:
    with pytest.raises(Problem):
        recruitment.recruitment_score(*facts)


@pytest.mark.parametrize(
    ("total", "professional", "ok"),
    [(90, 60, True), (89, 70, False), (120, 80, True), (120, 79, False), ("89.99", 60, False)],
)
def test_continuing_education(total: object, professional: object, ok: bool) -> None:
    assert bool(ask(recruitment.education_is_complete, total=total, professional=professional)) is ok


def test_more_professional_hours_than_all_is_refused() -> None:
    with pytest.raises(Problem):
        ask(recruitment.education_is_complete, total=90, professional=91)


@pytest.mark.parametrize(
    ("rule", "held", "months", "schooling", "may"),
    [
        (skills.may_apply_level_4, Level.LEVEL_5, 24, Schooling.NONE, True),
        (skills.may_apply_level_4, Level.LEVEL_5, 23, Schooling.NONE, False),
        (skills.may_apply_level_4, Level.NONE, 0, Schooling.TECHNICAL, True),
        (skills.may_apply_level_4, Level.LEVEL_4, 99, Schooling.NONE, False),
        (skills.may_apply_level_3, Level.LEVEL_4, 48, Schooling.NONE, True),
        (skills.may_apply_level_3, Level.LEVEL_4, 47, Schooling.NONE, False),
        (skills.may_apply_level_3, Level.LEVEL_4, 24, Schooling.COLLEGE, True),
        (skills.may_apply_level_2, Level.LEVEL_3, 47, Schooling.NONE, False),
        (skills.may_apply_level_2, Level.LEVEL_3, 36, Schooling.SENIOR_TECHNICAL, True),
        (skills.may_apply_level_2, Level.LEVEL_3, 35, Schooling.SENIOR_TECHNICAL, False),
        (skills.may_apply_level_2, Level.LEVEL_3, 24, Schooling.RESERVE_TECHNICIAN, True),
    ],
)
def test_ways_to_a_level(rule: Rule[..., Any], held: Level, months: int, schooling: Schooling, may: bool) -> None:
    assert bool(ask(rule, held=held, months=months, schooling=schooling)) is may


def test_first_and_last_level() -> None:
    assert not ask(skills.may_apply_level_5, months=11, schooling=Schooling.NONE)
    assert ask(skills.may_apply_level_5, months=0, schooling=Schooling.APPRENTICE)
    assert ask(skills.may_apply_level_1, held=Level.LEVEL_2, months=48)
    assert not ask(skills.may_apply_level_1, held=Level.LEVEL_2, months=47)
    assert len(skills.GRADES) == 8


def test_smallest_and_uneven_numbers() -> None:
    assert not ask(recruitment.post_may_open, applicants=5, posts=3)
    assert ask(recruitment.post_may_open, applicants=2, posts=1)
    assert recruitment.posts_after_reduction(5, 9, 1) == 5
    assert recruitment.posts_after_reduction(5, 9, 3) == 1
    assert recruitment.scaled_score(1, 1) == 10_000
    assert recruitment.recruitment_score(1, 1, 1, 1, 10_000, 30, 30, 40) == 10_000
    assert ask(recruitment.interview_places, posts=5) == 15
    assert posts.professional_share_is_enough(1, 1, 700_000)
    assert not posts.professional_share_is_enough(0, 0, 700_000)
    with pytest.raises(Problem):
        recruitment.posts_after_reduction(5, 9, 0)
    with pytest.raises(Problem):
        recruitment.scaled_score(2, 1)
    with pytest.raises(Problem):
        posts.may_be_promoted(3, 3, 5)
    assert posts.may_be_promoted(3, 3, 4)
    assert not posts.may_be_promoted(2, 3, 0)
    assert posts.may_fill_posts(12, 10, 1, 1)
    assert not posts.may_fill_posts(12, 10, 2, 1)
