"""How large the county in the database is against the real one: 1, or the share a demonstration was made at.

The demonstration tells it by ``told_by``; targets in heads shrink with it and every page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal


def _whole() -> Decimal:
    return Decimal(1)


_TELL: list[Callable[[], Decimal]] = [_whole]


def told_by(source: Callable[[], Decimal]) -> None:
    """Let a source tell the share from now on."""
    _TELL[0] = source


def share() -> Decimal:
    """Give the share of the county that is here."""
    return _TELL[0]()


def percent(scale: Decimal) -> str:
    """Write a share per cent, without needless noughts."""
    return f"{(scale * 100).normalize():f}"


def sample_words(scale: Decimal | None = None) -> str:
    """Say what share of the county is here and what that means for targets, nothing for the whole."""
    here = share() if scale is None else scale
    if here == 1:
        return ""
    return (
        f"示范县的人数只有全县的 {percent(here)}%，人数、金额类目标按这个比例折算后评定，"
        "“全县目标”是规划原数；比率和家数不折算。"
    )
