"""Divisions in double lanes, tables with a place for every key, states that wait: exact at their limits."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.rules.engine import languages

from hrss.rules.engine import bracket, exact, half_up, listed, yearly
from hrss.rules.engine.bounds import prove
from hrss.rules.engine.divisions import LIMIT, LONG, SHORT, Division, Floor
from hrss.rules.engine.inlining import year_sums
from hrss.rules.engine.kernels import HAS_NUMBA, loaded
from hrss.rules.engine.lookups import SPREAD, lookups
from hrss.rules.engine.prelude import DENSE, LANES, PRELUDE, REFUSED

pytestmark = pytest.mark.skipif(not HAS_NUMBA, reason="kernels need numba")


@pytest.fixture(scope="module")
def compiled() -> ModuleType:
    return loaded(PRELUDE + DENSE + LANES)


def around(whole: int, divisor: int) -> list[int]:
    """Amounts at the half between two whole numbers, where a rounding may tip over."""
    half = whole * divisor + divisor // 2
    return [max(half + step, 0) for step in (-2, -1, 0, 1, 2)]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, SHORT), st.integers(1, SHORT))
@example(SHORT, 3)
@example(SHORT, 999_999)
def test_the_short_division_is_exact_up_to_its_limit(compiled: ModuleType, reach: int, divisor: int) -> None:
    for amount in around(reach // divisor, divisor):
        if Division((0, amount), (divisor, divisor)).form == "half_up_short":
            assert compiled.half_up_short(amount, divisor) == half_up(amount, divisor)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, LONG - 3), st.integers(1, LIMIT))
@example(LONG - 3, 16_000)
@example(LONG - 3, 3)
def test_the_long_division_is_exact_up_to_its_limit(compiled: ModuleType, whole: int, divisor: int) -> None:
    for amount in around(min(whole, LIMIT // divisor - 2), divisor) if divisor < LIMIT // 4 else []:
        assert Division((0, amount), (divisor, divisor)).form in {"half_up_short", "half_up_long"}
        assert compiled.half_up_long(amount, divisor) == half_up(amount, divisor)


def test_beyond_the_limits_the_whole_number_division_stays() -> None:
    assert Division((0, SHORT), (1, 1)).form == "half_up_positive"
    assert Division((0, LONG), (1, 1)).form == "half_up_short"
    assert Division((0, LIMIT - 10), (3, 10)).form == "half_up_positive"
    assert Division((-1, 10), (1, 1)).form == "half_up"
    assert not Division((0, LIMIT), (1, 1)).form


@settings(max_examples=400, deadline=None)
@given(st.integers(0, SHORT), st.integers(1, SHORT), st.sampled_from((-1, 1)))
@example(SHORT, 3, -1)
@example(SHORT, 999_999, 1)
def test_lanes_round_as_whole_numbers_do(compiled: ModuleType, reach: int, divisor: int, sign: int) -> None:
    for amount in (sign * near for near in (*around(reach // divisor, divisor), reach // divisor * divisor)):
        if not Floor((amount, amount), (divisor, divisor)).lane:
            continue
        assert compiled.half_up_signed(amount, divisor) == half_up(amount, divisor)
        assert compiled.down_short(amount, divisor) == amount // divisor
        assert compiled.up_short(amount, divisor) == -(-amount // divisor)
        assert compiled.over_short(amount, divisor) == amount % divisor


def test_no_lane_beyond_the_limits() -> None:
    assert not Floor((-SHORT, 0), (1, 1)).lane
    assert not Floor((0, 1), (0, 1)).lane
    assert not Division((-SHORT, 0), (1, 1)).lane
    assert Floor((-5, 5), (1, 2), "over").lane == "over_short"


TABLES = [(0, 10, 5, 20, 9, 30), (7, 1), (-3, 5, -1, 6, 4, 7), (0, 1, SPREAD - 1, 2)]


@pytest.mark.parametrize("table", TABLES)
def test_a_place_for_every_key_finds_what_the_search_finds(compiled: ModuleType, table: tuple[int, ...]) -> None:
    found = lookups([np.asarray(table)])
    assert found is not None
    for key in range(table[0] - 2, min(table[-2] + 3, 200)):
        assert compiled.listed(found[0], key) == listed(table, key)
        assert compiled.listed_lane(found[0], key) == listed(table, key)
        laned = ((compiled.bracket_lane, bracket), (compiled.exact_lane, exact))
        for make, plain in ((compiled.bracket, bracket), (compiled.exact, exact), *laned):
            assert make(found[0], key) == answer(plain, table, key)


def answer(plain: Any, table: tuple[int, ...], key: int) -> int:
    try:
        return int(plain(table, key))
    except Exception:
        return REFUSED


def test_a_wide_or_falling_table_keeps_the_search() -> None:
    assert lookups([np.asarray((0, 1, SPREAD, 2))]) is None
    assert lookups([np.asarray((5, 1, 5, 2))]) is None
    assert lookups([]) == []


def test_a_sum_waits_for_the_end_and_a_balance_does_not() -> None:
    fold = prove(languages.life).fold
    assert fold is not None
    assert fold.waiting == {1}  # the years counted; the balance may grow past its bound within a few years


@given(st.lists(st.integers(0, 10**8), min_size=24, max_size=24), st.integers(0, 10**8), st.integers(0, 10**8))
def test_the_month_rule_in_place_is_the_month_rule(months: list[int], one: int, other: int) -> None:
    sums = year_sums(languages.month_value.source)
    assert sums is not None
    assert sums(months, (one, other)) == yearly(languages.month_value.function, months, (one, other))
