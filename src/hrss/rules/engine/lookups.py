"""Parameter tables as kernels want them: where the keys lie close together, one place for every key.

A search through thirty rows is guesswork for a processor; a place for every key is one read. Tables whose keys lie far
apart, or do not ascend, keep their rows and the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from hrss.rules.engine.prelude import REFUSED

SPREAD = 4096  # most places a table may take: half of the nearest cache for its brackets
Table = npt.NDArray[np.int64]


def lookups(tables: Sequence[Table]) -> list[Table] | None:
    """Give each as ``(first key, last key, brackets of all keys, exact values of all keys)``; None if one is wide."""
    made = [_dense(table.tobytes()) for table in tables]
    found = [table for table in made if table is not None]
    return found if len(found) == len(made) else None


@lru_cache(maxsize=1024)
def _dense(raw: bytes) -> Table | None:
    table = np.frombuffer(raw, np.int64)
    keys, values = table[::2], table[1::2]
    if not len(keys) or keys[-1] - keys[0] >= SPREAD or np.any(np.diff(keys) <= 0):
        return None
    every = np.arange(keys[0], keys[-1] + 1)
    exact = np.full(len(every), REFUSED, np.int64)
    exact[keys - keys[0]] = values
    brackets = values[np.searchsorted(keys, every, side="right") - 1]
    return np.concatenate([every[[0, -1]], brackets, exact])
