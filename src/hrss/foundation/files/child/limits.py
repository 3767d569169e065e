"""How much a file may be and may cost to look at. Sizes in bytes, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one lane. ``ratio``: unpacked to packed; ``pixels``: of an image; ``rows``: lines of a text."""

    size: int = 20 * MEBI
    unpacked: int = 50 * MEBI
    ratio: int = 100
    parts: int = 200
    pixels: int = 50_000_000
    rows: int = 200_000
    memory: int = 300 * MEBI
    cpu: int = 5
    wall: int = 10


ORDINARY = Limits()
BULK = Limits(size=120 * MEBI, unpacked=1024 * MEBI, rows=1_100_000, memory=512 * MEBI, cpu=40, wall=60)
