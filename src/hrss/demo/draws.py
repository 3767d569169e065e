"""Random numbers that do not depend on the order of the layers, and the few ways the county draws from them.

Each purpose has its own counter-based stream keyed by seed and name, so a new layer changes nothing in the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
AnyArray = npt.NDArray[Any]


def stream(seed: int, *path: str) -> np.random.Generator:
    """Give the random stream of one purpose; the same seed and path give the same numbers on every machine."""
    digest = hashlib.blake2b(f"{seed}/{'/'.join(path)}".encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "big")))


def apportion(weights: AnyArray, total: int, *, least: int = 0) -> Ints:
    """Share ``total`` whole things by weight (largest remainder), giving everyone at least ``least``."""
    free = total - least * len(weights)
    if free < 0:
        raise ValueError(f"{total} cannot give {len(weights)} shares of at least {least}")
    exact = np.asarray(weights, dtype=np.float64) / np.sum(weights) * free
    shares = np.floor(exact).astype(np.int64)
    missing = free - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:missing]] += 1
    return np.asarray(shares + least, dtype=np.int64)


def choose(rng: np.random.Generator, weights: Sequence[float] | AnyArray, size: int) -> Ints:
    """Draw ``size`` positions with the given weights."""
    bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
    found = np.searchsorted(bounds, rng.random(size) * bounds[-1], side="right")
    return np.asarray(found.clip(0, len(bounds) - 1), dtype=np.int64)


def take(rng: np.random.Generator, candidates: Ints, weights: AnyArray, count: int) -> Ints:
    """Draw ``count`` different candidates, each as likely as its weight says (exponential races)."""
    usable = candidates[weights > 0]
    if count > len(usable):
        raise ValueError(f"asked for {count} of {len(usable)} candidates")
    races = rng.exponential(size=len(usable)) / weights[weights > 0]
    chosen = usable[np.argpartition(races, count - 1)[:count]] if 0 < count < len(usable) else usable[:count]
    return np.asarray(chosen, dtype=np.int64)


def rank_within(keys: AnyArray) -> Ints:
    """Number the elements of each key 0, 1, 2 … in their present order."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ranks = np.arange(len(keys)) - np.repeat(starts, np.diff(np.r_[starts, len(keys)]))
    out = np.empty(len(keys), dtype=np.int64)
    out[order] = ranks
    return out


def pair(rng: np.random.Generator, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Pair positions of two sides that have equal keys, at random within a key; each position is used at most once."""
    mixed = rng.permutation(len(left)), rng.permutation(len(right))
    stride = max(len(left), len(right), 1)
    keyed = [keys[order] * stride + rank_within(keys[order]) for keys, order in zip((left, right), mixed, strict=True)]
    _, first, second = np.intersect1d(keyed[0], keyed[1], assume_unique=True, return_indices=True)
    return mixed[0][first], mixed[1][second]


def weekday(days: AnyArray) -> Ints:
    """Move Saturdays and Sundays to the Friday before."""
    numbers = np.asarray(days, dtype=np.int64)
    return numbers - np.maximum((numbers + 3) % 7 - 4, 0)


def uuids(rng: np.random.Generator, milliseconds: AnyArray) -> pl.Series:
    """Make version 7 ids (hex text) from the given moments; ids of one moment keep the order of the rows."""
    count = len(milliseconds)
    moments = np.asarray(milliseconds, dtype=np.uint64)
    raw = rng.integers(0, 256, size=(count, 16), dtype=np.uint8)
    raw[:, 0:6] = moments.astype(">u8").view(np.uint8).reshape(count, 8)[:, 2:8]
    order = (np.arange(count, dtype=np.uint64) & np.uint64(0xFFF)).astype(">u2").view(np.uint8).reshape(count, 2)
    raw[:, 6:8] = order
    raw[:, 6] |= 0x70
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    return hex_text(raw)


def hex_text(raw: npt.NDArray[np.uint8]) -> pl.Series:
    """Give rows of bytes as a column of hex text."""
    count, width = raw.shape
    binary = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, [None, pa.py_buffer(raw.tobytes())])
    column = pl.from_arrow(binary.cast(pa.binary()))
    if not isinstance(column, pl.Series):
        raise TypeError("Arrow gave a frame for one column")
    return column.bin.encode("hex")
