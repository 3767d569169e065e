"""What a process keeps because it can be made again: a dict that begins anew when it is full.

For keys and values ``functools.lru_cache`` cannot take as a function's arguments and answer. It refuses nothing.
"""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Bounded(dict[Key, Value]):
    """A dict of at most ``most`` entries; the next one finds it empty."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)
