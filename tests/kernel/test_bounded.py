"""A dict of what can be made again: it never grows beyond its bound, and what is in it is right."""

from __future__ import annotations

from hrss.kernel.bounded import Bounded


def test_it_begins_anew_when_it_is_full() -> None:
    kept: Bounded[int, str] = Bounded(3)
    for number in range(10):
        kept[number] = str(number)
        assert len(kept) <= 3
        assert kept[number] == str(number)
    assert dict(kept) == {9: "9"}
