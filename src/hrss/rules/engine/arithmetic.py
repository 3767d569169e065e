"""The few operations a formula may use besides + - × and comparison, exact on whole numbers.

Each has one meaning in all back ends: here as plain Python, in ``kernel_prelude`` as compiled code; the tests hold
the two together. Division exists only with its rounding in the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, NoReturn, TypeVar

from hrss.kernel.problem import Problem

State = TypeVar("State")


def half_up(amount: int, divisor: int) -> int:
    """Divide and round half away from zero (四舍五入)."""
    if amount < 0:
        return -((divisor // 2 - amount) // divisor)
    return (amount + divisor // 2) // divisor


def half_up_product(left: int, right: int, divisor: int) -> int:
    """Give ``left × right ÷ divisor`` rounded half up; the product may exceed 64 bits. No negative numbers."""
    return half_up(left * right, divisor)


def up(amount: int, divisor: int) -> int:
    """Divide and round up (进位取整)."""
    return -(-amount // divisor)


def down(amount: int, divisor: int) -> int:
    """Divide and round down (舍去取整)."""
    return amount // divisor


def share_of(amount: int, rate: int) -> int:
    """Give ``amount × rate`` (a rate in millionths), rounded half up to the fen. No negative numbers."""
    return half_up(amount * rate, 1_000_000)


def between(value: int, low: int, high: int) -> int:
    """Keep a value within limits: not below ``low``, not above ``high``."""
    return min(max(value, low), high)


def bracket(table: Sequence[int], key: int) -> int:
    """Look up the last row whose key is at most ``key``; below the first row the rule refuses."""
    if key < table[0]:
        refuse("低于表中最小一档")
    found = table[1]
    for at in range(2, len(table), 2):
        if table[at] > key:
            break
        found = table[at + 1]
    return found


def exact(table: Sequence[int], key: int) -> int:
    """Look up the row with exactly this key; without one the rule refuses."""
    for at in range(0, len(table), 2):
        if table[at] == key:
            return table[at + 1]
    return refuse("表中没有这一档")


def listed(table: Sequence[int], key: int) -> bool:
    """Tell whether the table has a row with exactly this key."""
    return any(table[at] == key for at in range(0, len(table), 2))


def refuse(reason: str) -> NoReturn:
    """Refuse to answer, with the reason in words; the engine adds rule and article."""
    raise Refused(reason)


class Refused(Problem):
    """A rule will not answer for these facts; never a default value instead."""

    def __init__(self, reason: str) -> None:
        super().__init__("rules.refused", reason)


def fold(step: Callable[..., State], start: State, *series: Sequence[int]) -> State:
    """Carry a state over years: ``state = step(state…, series[0][y], …)``; all series have one length."""
    state: Any = start
    if isinstance(start, tuple):
        for values in zip(*series, strict=True):
            state = step(*state, *values)
    else:
        for values in zip(*series, strict=True):
            state = step(state, *values)
    return state  # type: ignore[no-any-return]


def yearly(of_month: Callable[..., int], months: Sequence[int], *of_year: Sequence[int]) -> Sequence[int]:
    """Sum ``of_month(month 1…12, months[m], values of the year…)`` over the twelve months of each year."""
    sums = []
    for year, *values in twelve_months(months, *of_year):
        sums.append(sum(map(of_month, _TWELVE, year, *map(repeat, values))))
    return tuple(sums)


def twelve_months(months: Sequence[int], *of_year: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Give the months of each year with the values of the year; refuses a year that is not whole."""
    count = len(months) // 12
    if len(months) % 12 or any(len(values) != count for values in of_year):
        raise Problem("rules.uneven", "各月与各年的期数不合", remedy="每年须有 12 个月，缺的月份补 0")
    return zip([months[at : at + 12] for at in range(0, len(months), 12)], *of_year, strict=True)


_TWELVE = range(1, 13)
REFUSING = frozenset({"bracket", "exact"})
PRIMITIVES: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        half_up,
        half_up_product,
        up,
        down,
        share_of,
        between,
        bracket,
        exact,
        listed,
        refuse,
        fold,
        yearly,
        min,
        max,
        abs,
    )
}
