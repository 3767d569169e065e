"""Disclosure control: no hidden count can be computed from what is shown, asked of an independent solver."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hrss.analytics.disclosure import K, Shown, protect

counts = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 14), st.integers(0, 400)), min_size=columns, max_size=columns),
        min_size=1,
        max_size=7,
    )
)


def whole(table: list[list[int]]) -> np.ndarray:
    """The table with its margins."""
    inner = np.array(table)
    with_totals = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([with_totals, with_totals.sum(axis=0, keepdims=True)])


def seen(shown: Shown) -> list[list[int | None]]:
    """What a reader sees, margins included."""
    rows = [[*cells, total] for cells, total in zip(shown.cells, shown.row_totals, strict=True)]
    return [*rows, [*shown.column_totals, shown.total]]


def reach(shown: list[list[int | None]]) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the greatest value each hidden count can have, by linear programming.

    The network matrix is totally unimodular, so the bounds over whole numbers are the same.
    """
    hidden = [(i, j) for i, row in enumerate(shown) for j, value in enumerate(row) if value is None]
    last_row, last_column = len(shown) - 1, len(shown[0]) - 1
    sign = {
        (i, j): -1 if (i == last_row) != (j == last_column) else 1
        for i in range(len(shown))
        for j in range(len(shown[0]))
    }
    rows, right = [], []
    lines = [[(i, j) for j in range(last_column + 1)] for i in range(last_row + 1)]
    lines += [[(i, j) for i in range(last_row + 1)] for j in range(last_column + 1)]
    for line in lines:
        rows.append([sign[entry] if entry in line else 0 for entry in hidden])
        right.append(-sum(sign[i, j] * (shown[i][j] or 0) for i, j in line))
    found = {}
    for at, entry in enumerate(hidden):
        ends = []
        for way in (1, -1):
            goal = np.zeros(len(hidden))
            goal[at] = way
            solved = linprog(goal, A_eq=rows, b_eq=right, bounds=[(1, 10_000)] * len(hidden), method="highs")
            assert solved.status == 0, solved.message
            ends.append(way * solved.fun)
        found[entry] = (ends[0], ends[1])
    return found


@settings(max_examples=40, deadline=None)
@given(counts)
def test_no_hidden_count_can_be_computed(table: list[list[int]]) -> None:
    shown = seen(protect(table))
    true = whole(table)
    for (i, j), (least, greatest) in reach(shown).items():
        assert greatest - least >= 1 - 1e-6, f"({i}, {j}) = {true[i, j]} is certain in {shown}"


@settings(max_examples=200, deadline=None)
@given(counts)
def test_small_counts_are_hidden_and_the_rest_is_true(table: list[list[int]]) -> None:
    for row, true in zip(seen(protect(table)), whole(table).tolist(), strict=True):
        for value, count in zip(row, true, strict=True):
            assert value is None or (value == count and not 0 < value < K)


def test_a_lone_small_count_takes_a_circle_with_it() -> None:
    shown = protect([[120, 3, 80], [60, 40, 30], [75, 55, 20]])
    assert shown.cells[0][1] is None
    assert shown.hidden == 4
    assert shown.total == 483


def test_nothing_is_hidden_without_need() -> None:
    assert protect([[10, 0], [25, 11]]).hidden == 0


@pytest.mark.parametrize("table", [[[3], [50], [70]], [[3, 50, 70]]])
def test_a_list_hides_two(table: list[list[int]]) -> None:
    shown = protect(table)
    flat = [value for row in shown.cells for value in row]
    assert flat == [None, None, 70]
    assert shown.total == 123


def test_forty_by_forty_is_done_while_a_page_loads() -> None:
    table = np.random.default_rng(7).poisson(14, (40, 40)).tolist()
    started = time.perf_counter()
    assert protect(table).hidden > 150
    assert time.perf_counter() - started < 3
