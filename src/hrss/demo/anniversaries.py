"""Calendar arithmetic on columns of day numbers: months, birthdays, whole years of age.

Months are indexes as ``YearMonth.index`` counts them (year * 12 + month - 1). 29 February comes back on 28 February.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hrss.demo import draws

_MONTH_OF_EPOCH: Final = 1970 * 12


def month_of(days: draws.AnyArray) -> draws.Ints:
    """Give the month of each day."""
    months = np.asarray(days, dtype="datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + _MONTH_OF_EPOCH, dtype=np.int64)


def first_day(months: draws.AnyArray) -> draws.Ints:
    """Give the first day of each month."""
    numbers = np.asarray(months, dtype=np.int64) - _MONTH_OF_EPOCH
    return numbers.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def day_of_month(days: draws.AnyArray) -> draws.Ints:
    """Give the day within its month, from 1."""
    return np.asarray(np.asarray(days, dtype=np.int64) - first_day(month_of(days)) + 1)


def birthday(births: draws.Ints, years: int) -> draws.Ints:
    """Give the day on which each is ``years`` old."""
    months = month_of(births) + 12 * years
    last = first_day(months + 1) - first_day(months)
    return np.asarray(first_day(months) + np.minimum(day_of_month(births), last) - 1)


def age_on(births: draws.Ints, day: draws.AnyArray | int) -> draws.Ints:
    """Give the whole years of age on a day."""
    then = np.broadcast_to(np.asarray(day, dtype=np.int64), births.shape)
    whole = month_of(then) - month_of(births) - (day_of_month(then) < day_of_month(births))
    return np.asarray(whole // 12)
