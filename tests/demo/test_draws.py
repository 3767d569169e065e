"""Streams, shares and pairing."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.demo import draws


def test_a_stream_depends_on_seed_and_name_only() -> None:
    first = draws.stream(7, "a", "b").random(5)
    draws.stream(7, "other").random(100)
    assert (draws.stream(7, "a", "b").random(5) == first).all()
    assert (draws.stream(8, "a", "b").random(5) != first).any()
    assert (draws.stream(7, "a", "c").random(5) != first).any()


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=40), st.integers(0, 5000))
def test_shares_sum_to_the_whole_and_follow_the_weights(weights: list[float], total: int) -> None:
    shares = draws.apportion(np.array(weights), total)
    exact = np.array(weights) / sum(weights) * total
    assert shares.sum() == total
    assert (np.abs(shares - exact) < 1).all()


def test_shares_keep_the_least_and_refuse_when_there_is_not_enough() -> None:
    assert draws.apportion(np.array([1.0, 0.0]), 10, least=2).tolist() == [8, 2]
    with pytest.raises(ValueError, match="cannot give"):
        draws.apportion(np.array([1.0, 1.0]), 3, least=2)


def test_take_gives_different_candidates_and_never_one_without_weight() -> None:
    weights = np.array([1.0, 0.0, 5.0, 2.0, 0.0])
    chosen = draws.take(draws.stream(1, "x"), np.arange(5), weights, 3)
    assert sorted(chosen.tolist()) == [0, 2, 3]
    with pytest.raises(ValueError, match="asked for 4 of 3"):
        draws.take(draws.stream(1, "x"), np.arange(5), weights, 4)


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60))
def test_pairs_share_a_key_and_nobody_is_paired_twice(left: list[int], right: list[int]) -> None:
    one, other = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
    first, second = draws.pair(draws.stream(3, "pair"), one, other)
    assert (one[first] == other[second]).all()
    assert len(set(first.tolist())) == len(first) and len(set(second.tolist())) == len(second)
    expected = sum(min(left.count(key), right.count(key)) for key in set(left))
    assert len(first) == expected


def test_ranks_count_within_a_key_in_order() -> None:
    assert draws.rank_within(np.array([5, 3, 5, 5, 3])).tolist() == [0, 0, 1, 2, 1]


def test_ids_are_version_seven_and_keep_the_order_of_time() -> None:
    ids = draws.uuids(draws.stream(1, "ids"), np.array([1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_001]))
    parsed = [UUID(hex=one) for one in ids]
    assert [one.version for one in parsed] == [7, 7, 7]
    assert parsed == sorted(parsed) and len(set(parsed)) == 3


def test_weekends_move_to_friday() -> None:
    friday, saturday, sunday, monday = (np.datetime64(f"2026-11-{day}").astype(int) for day in (20, 21, 22, 23))
    assert draws.weekday(np.array([friday, saturday, sunday, monday])).tolist() == [friday, friday, friday, monday]
