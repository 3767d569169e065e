"""An outlook: a thousand possible continuations of a series, and what may be read off them.

Bands, sums with their bands and the chance of reaching a target all come from the same paths, so they never contradict
each other. The draws are seeded: the same series gives the same answer on every machine.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from hrss.kernel.problem import Problem

PATHS = 1000
SEED = 20_210_101
LEAST = 4  # values below which nothing can be said
LEAST_FOR_TREND = 12
SEASON = 12

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """One value to come: its middle, and the ends of the interval it lies in with the stated probability."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Simulated continuations; ``paths`` has one row a step and one column a path. ``method`` says how, in words."""

    paths: Floats
    method: str

    def bands(self, level: float = 0.8) -> tuple[Band, ...]:
        """Give each step's band: with probability ``level`` the value lies in it."""
        return tuple(_band(row, level) for row in self.paths)

    def sums(self, level: float = 0.8, *, so_far: float = 0.0) -> tuple[Band, ...]:
        """Give the bands of the running sum, beginning from what has come ``so_far``: for cumulative targets."""
        return tuple(_band(row, level) for row in so_far + np.cumsum(self.paths, axis=0))

    def chance(self, target: float, *, at_most: bool = False, cumulative: bool = False, so_far: float = 0.0) -> float:
        """Give the share of paths whose last value (or sum) reaches ``target``: at least, or ``at_most``."""
        last = so_far + self.paths.sum(axis=0) if cumulative else self.paths[-1]
        return float(np.mean(last <= target if at_most else last >= target))


def outlook(values: Sequence[float], steps: int, *, season: int = SEASON, floor: float | None = 0.0) -> Outlook:
    """Continue ``values`` (oldest first, one a month) by ``steps``.

    Two seasons and more: exponential smoothing with damped trend and season (ETS, statsmodels); from a year on without
    season; below that a random walk with the drift seen. ``floor``: the least a value can be (None: no floor).
    Raises Problem ``forecast.short`` for fewer than four values or no step.
    """
    series = np.asarray(values, dtype=np.float64)
    if len(series) < LEAST or steps < 1 or not np.isfinite(series).all():
        raise Problem(
            "forecast.short",
            f"只有 {len(series)} 个月的数，不能预测",
            rule=f"至少要有连续 {LEAST} 个月的数",
            remedy="等数据够了再看预测",
        )
    if len(series) < LEAST_FOR_TREND or np.ptp(series) == 0:
        paths, method = _walk(series, steps), "带漂移的随机游走"
    else:
        paths, method = _smoothed(series, steps, season)
    return Outlook(paths if floor is None else np.maximum(paths, floor), method)


def _walk(series: Floats, steps: int) -> Floats:
    moves = np.diff(series)
    draws = np.random.default_rng(SEED).normal(moves.mean(), moves.std(ddof=1), (steps, PATHS))
    walked: Floats = series[-1] + np.cumsum(draws, axis=0)
    return walked


def _smoothed(series: Floats, steps: int, season: int) -> tuple[Floats, str]:
    """Fit ETS and simulate; the model's own warnings about convergence do not reach the caller's log."""
    seasonal = len(series) >= 2 * season + 1
    shape: dict[str, Any] = {"error": "add", "trend": "add", "damped_trend": True}
    if seasonal:
        shape |= {"seasonal": "add", "seasonal_periods": season}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = _ets()(series, **shape).fit(disp=False, maxiter=200)
        drawn = fitted.simulate(steps, anchor="end", repetitions=PATHS, rng=np.random.RandomState(SEED))
    paths = np.asarray(drawn, dtype=np.float64).reshape(steps, PATHS)
    return paths, "指数平滑（阻尼趋势、季节）" if seasonal else "指数平滑（阻尼趋势）"


@cache
def _ets() -> Any:
    """Load statsmodels at the first forecast: it costs every process three seconds, and few of them forecast."""
    return import_module("statsmodels.tsa.exponential_smoothing.ets").ETSModel


def _band(draws: Floats, level: float) -> Band:
    low, middle, high = np.quantile(draws, ((1 - level) / 2, 0.5, (1 + level) / 2))
    return Band(float(middle), float(low), float(high))
