"""Planted breaks among clean lines: all found, each of its kind, none false; 200,000 by HRSS_FULL_RECONCILIATION=1."""

from __future__ import annotations

import os
import time
from collections import Counter

import polars as pl
import pytest
from tests.funds.reconciliation.planting import KINDS, WINDOW, Planted, plant

from hrss.funds.reconciliation.matching import SCHEMA, View, match

FULL = os.environ.get("HRSS_FULL_RECONCILIATION") == "1"


def found(planted: Planted) -> set[tuple[str, str, str, str]]:
    result = match(planted.ours, planted.views, WINDOW)
    return set(result.breaks.select("origin", "bank", "kind", "reference").rows())


@pytest.mark.parametrize(("lines", "breaks"), [(200_000, 2_000)] if FULL else [(20_000, 400)])
@pytest.mark.parametrize("seed", [7, 11, 13])
def test_all_planted_breaks_are_found_and_none_is_false(lines: int, breaks: int, seed: int) -> None:
    planted = plant(lines, breaks, seed=seed)
    started = time.perf_counter()
    seen = found(planted)
    print(f"{lines} lines on three sides, {breaks} breaks: {time.perf_counter() - started:.2f} s")
    assert seen - planted.breaks == set()
    assert planted.breaks - seen == set()
    assert len(planted.breaks) == breaks
    assert set(Counter(kind for _, _, kind, _ in seen)) == set(KINDS)


def test_clean_lines_give_nothing() -> None:
    planted = plant(5_000, 0, seed=3)
    result = match(planted.ours, planted.views, WINDOW)
    assert (len(result.breaks), result.matched) == (0, 10_000)


def test_an_account_without_statement_is_not_compared() -> None:
    planted = plant(1_000, 0, seed=5)
    nothing = View(pl.DataFrame(schema=SCHEMA), frozenset({"fiscal"}))
    result = match(planted.ours, {"finance": nothing}, WINDOW)
    assert set(result.breaks["bank"]) == {"fiscal"}
    assert set(result.breaks["kind"]) <= {"missing_there", "in_transit"}


def test_what_lies_outside_the_days_only_lends_its_partner() -> None:
    planted = plant(1_000, 0, seed=5)
    april = View(planted.views["bank"].lines.clear(), frozenset({"income", "fiscal", "expenditure"}))
    outside = type(WINDOW)(WINDOW.until.replace(month=4, day=1), WINDOW.until.replace(month=4, day=10))
    assert len(match(planted.ours, {"bank": april}, outside).breaks) == 0
