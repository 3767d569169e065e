"""Where an indicator will be at the target year's end: a forecast with an interval and the chance of reaching it.

Exponential smoothing (ETS) on the monthly numbers, simulated forward with a fixed seed: the same figures give the
same forecast on every machine. It refuses to forecast from less than two years.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.progress import meets

LEAST_MONTHS: Final = 24
SEASON: Final = 12
PATHS: Final = 2_000
SEED: Final = 20_210_101
COVERAGE: Final = (0.1, 0.9)  # an 80 % interval
MODEL: Final = "指数平滑（ETS），固定种子模拟 2000 条路径，80% 区间"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast for the end of the horizon and the band month by month; ``chance`` of meeting the target."""

    months: tuple[YearMonth, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    chance: float | None
    model: str = MODEL


def forecast(
    last: YearMonth,
    values: Sequence[float],
    horizon: int,
    *,
    cumulative: bool,
    op: str = ">=",
    target: Decimal | None = None,
) -> Outlook | None:
    """Forecast ``horizon`` months after ``last``; None when there is too little to go by or nothing ahead.

    ``values`` are month by month up to ``last``; cumulative ones are forecast by their monthly steps.
    """
    if len(values) < LEAST_MONTHS or horizon < 1:
        return None
    series = np.asarray(values, dtype=np.float64)
    steps = np.diff(series, prepend=0.0) if cumulative else series
    paths = _simulate(steps, horizon)
    if cumulative:
        paths = series[-1] + np.cumsum(paths, axis=0)
    low, middle, high = (np.quantile(paths, share, axis=1) for share in (COVERAGE[0], 0.5, COVERAGE[1]))
    chance = None
    if target is not None:
        chance = float(np.mean([meets(op, Decimal(repr(float(end))), target) for end in paths[-1]]))
    months = tuple(last + offset for offset in range(1, horizon + 1))
    return Outlook(months, _plain(low), _plain(middle), _plain(high), chance)


def _plain(band: Floats) -> tuple[float, ...]:
    return tuple(float(one) for one in band)


def _simulate(series: Floats, horizon: int) -> Floats:
    """Simulate the months ahead: rows are months, columns paths."""
    if np.ptp(series) == 0:
        return np.full((horizon, PATHS), series[-1])
    seasonal = len(series) >= 2 * SEASON + SEASON // 2
    model: Any = ETSModel(
        series,
        error="add",
        trend="add",
        damped_trend=True,
        seasonal="add" if seasonal else None,
        seasonal_periods=SEASON if seasonal else None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the optimiser's remarks are not news to a statistician's page
        fitted = model.fit(disp=False, maxiter=200)
        simulated = fitted.simulate(horizon, anchor="end", repetitions=PATHS, random_state=np.random.RandomState(SEED))
    return np.asarray(simulated, dtype=np.float64).reshape(horizon, PATHS)
