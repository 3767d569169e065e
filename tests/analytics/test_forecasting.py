"""Outlooks: bands hold what they promise, sums and chances agree with them, short series are refused."""

from __future__ import annotations

import numpy as np
import pytest

from hrss.analytics.forecasting import outlook
from hrss.kernel.problem import Problem

MONTHS = np.arange(48)
SEASONAL = 100 + 0.5 * MONTHS + 20 * np.sin(MONTHS * np.pi / 6)


def noisy(seed: int) -> np.ndarray:
    return SEASONAL + np.random.default_rng(seed).normal(0, 4, len(MONTHS))


def test_a_season_is_seen_and_the_band_holds_the_truth() -> None:
    inside = 0
    for seed in range(3):
        series = noisy(seed)
        made = outlook(series[:36].tolist(), 12)
        assert made.method == "指数平滑（阻尼趋势、季节）"
        inside += sum(band.low <= value <= band.high for band, value in zip(made.bands(), series[36:], strict=True))
    assert inside / 36 > 0.6


def test_sums_and_chances_come_from_the_same_paths() -> None:
    made = outlook(noisy(1).tolist(), 6)
    last = made.sums(so_far=500)[-1]
    assert last.low < last.middle < last.high
    assert made.chance(last.middle, cumulative=True, so_far=500) == pytest.approx(0.5, abs=0.01)
    assert made.chance(last.low, cumulative=True, so_far=500) == pytest.approx(0.9, abs=0.01)
    assert made.chance(last.high, at_most=True, cumulative=True, so_far=500) == pytest.approx(0.9, abs=0.01)


def test_the_same_series_gives_the_same_answer() -> None:
    assert outlook(noisy(2).tolist(), 3).bands() == outlook(noisy(2).tolist(), 3).bands()


def test_a_short_series_walks_with_its_drift() -> None:
    made = outlook([10, 12, 15, 16, 19], 4)
    assert made.method == "带漂移的随机游走"
    middles = [band.middle for band in made.bands()]
    assert middles == sorted(middles)
    assert made.bands()[3].high - made.bands()[3].low > made.bands()[0].high - made.bands()[0].low


def test_nothing_goes_below_the_floor() -> None:
    assert min(band.low for band in outlook([9, 6, 4, 2, 1], 6).bands()) == 0


@pytest.mark.parametrize(("values", "steps"), [([1, 2, 3], 3), ([1, 2, 3, 4, 5], 0), ([1, 2, float("nan"), 4], 2)])
def test_what_cannot_be_forecast_is_refused(values: list[float], steps: int) -> None:
    with pytest.raises(Problem, match="不能预测") as caught:
        outlook(values, steps)
    assert caught.value.remedy
