"""The band of ordinary amounts of a benefit, by which the check ``extreme`` (F03) tells what stands off.

Robust and made for skewed sums: the middle amount, and how far (as a ratio) the tenth and the ninetieth per cent lie
from it. An amount stands off where its ratio to the middle is more than that ordinary ratio taken ``times`` over, and
never while it is within ``floor`` of the middle. Up to a tenth of wrong lines cannot widen the band. It says nothing
about fewer than ``FEW`` lines. Of 200,000 pensions by the rule about one in a hundred stands off, large accounts all
of them; so the check tells a person's amount once, not every month it stays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FEW = 30
PLACES = (0.1, 0.5, 0.9)
_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Band:
    """Fen: an amount below ``least`` or above ``most`` stands off from ``middle``."""

    least: int
    middle: int
    most: int


def band(low: int, middle: int, high: int, *, times: int, floor: int) -> Band:
    """Give the band from the amounts at ``PLACES`` (fen, above zero); ``floor`` in millionths of the middle."""
    apart = 1 + floor / _WHOLE
    up, down = max((high / middle) ** times, apart), max((middle / low) ** times, apart)
    return Band(min(low, math.ceil(middle / down)), middle, max(high, math.floor(middle * up)))


def band_of(amounts: npt.NDArray[np.int64], *, times: int, floor: int) -> Band | None:
    """Give the band of many amounts in fen, places as percentile_disc has them; nothing for fewer than ``FEW``."""
    if len(amounts) < FEW:
        return None
    ordered = np.sort(amounts)
    low, middle, high = (int(ordered[math.ceil(place * len(ordered)) - 1]) for place in PLACES)
    return band(low, middle, high, times=times, floor=floor)
