"""Posts by ratio, years before a higher post, structure of workers, steps, award sums."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.talent import contracts, posts
from hrss.rules.talent.contracts import Award
from hrss.rules.talent.posts import Rank

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
PART = st.integers(1, 20)


def ask(rule: Rule[..., Any], **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region=FENGJIE).amount)


@pytest.mark.parametrize(
    ("number", "ratio", "split"),
    [
        (40, (1, 3, 6), (4, 12, 24)),
        (7, (1, 3, 6), (1, 2, 4)),
        (10, (2, 4, 4), (2, 4, 4)),
        (10, (1, 1, 1), (4, 3, 3)),
        (11, (1, 1, 1), (4, 4, 3)),
        (1, (1, 3, 6), (0, 0, 1)),
        (0, (1, 3, 6), (0, 0, 0)),
    ],
)
def test_posts_by_ratio(number: int, ratio: tuple[int, int, int], split: tuple[int, int, int]) -> None:
    assert tuple(posts.posts_by_ratio(number, *ratio, rank) for rank in Rank) == split


@given(st.integers(0, 10_000), PART, PART, PART)
def test_the_rule_splits_as_the_list_does(number: int, high: int, middle: int, junior: int) -> None:
    found = tuple(posts.posts_by_ratio(number, high, middle, junior, rank) for rank in Rank)
    assert sum(found) == number
    assert found == posts.split_posts(number, (high, middle, junior))


@pytest.mark.parametrize(
    ("wanted", "years", "open_"),
    [(8, 2, False), (8, 3, True), (7, 3, True), (6, 3, True), (5, 2, True), (5, 1, False), (4, 2, False), (3, 2, True)],
)
def test_years_before_a_higher_management_post(wanted: int, years: int, open_: bool) -> None:
    assert bool(ask(posts.management_post_is_open, wanted=wanted, years_below=years)) is open_


@pytest.mark.parametrize("wanted", [2, 9])
def test_other_grades_have_no_such_years(wanted: int) -> None:
    with pytest.raises(Problem) as refused:
        ask(posts.management_post_is_open, wanted=wanted, years_below=5)
    assert refused.value.field == "wanted"


@pytest.mark.parametrize(
    ("top", "third", "within"), [(5, 20, True), (6, 0, False), (5, 21, False), (0, 25, True), (0, 26, False)]
)
def test_the_structure_of_workers(top: int, third: int, within: bool) -> None:
    assert bool(ask(posts.worker_share_is_within, total=100, top=top, third=third)) is within


@pytest.mark.parametrize(
    ("current", "qualified", "following"),
    [(20, True, 21), (20, False, 20), (64, True, 65), (65, True, 65), (70, True, 70)],
)
def test_a_step_a_year_to_the_highest(current: int, qualified: bool, following: int) -> None:
    assert ask(posts.step_of_next_year, current=current, qualified=qualified) == following


@pytest.mark.parametrize(("kind", "yuan"), [(Award.COMMENDATION, 1500), (Award.MERIT, 3000), (Award.GREAT_MERIT, 6000)])
def test_award_sums(kind: Award, yuan: int) -> None:
    assert ask(contracts.award_amount, kind=kind) == yuan * 100


def test_a_negative_part_of_a_ratio_is_refused_even_where_the_sum_is_not() -> None:
    with pytest.raises(Problem):
        posts.split_posts(10, (3, -1, 1))
    with pytest.raises(Problem):
        posts.split_posts(10, (-1, 3))
    assert posts.split_posts(10, (0, 1)) == (0, 10)
