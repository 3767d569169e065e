"""Clean lines on three sides and breaks planted among them, each known by kind: seeded, so that a failure replays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from hrss.funds.reconciliation.matching import View, Window

WINDOW = Window(date(2026, 3, 1), date(2026, 3, 31))
KINDS = (
    "missing_in_ledger",
    "missing_there",
    "in_transit",
    "amount",
    "date",
    "duplicate",
    "duplicate_here",
    "wrong_account",
    "reversed",
)
BANKS = ("income", "fiscal", "expenditure")


@dataclass(frozen=True)
class Planted:
    """Three views and what was planted: (origin, bank, kind, reference)."""

    ours: pl.DataFrame
    views: dict[str, View]
    breaks: set[tuple[str, str, str, str]]


def plant(lines: int, breaks: int, *, seed: int) -> Planted:
    """Make ``lines`` clean lines on every side and change ``breaks`` of them."""
    rng = np.random.default_rng(seed)
    day = rng.integers(0, 30, lines)  # never the last day, which may still be on its way
    clean = pl.DataFrame(
        {
            "bank": rng.choice(BANKS, lines),
            "reference": [f"P{number:07d}" for number in range(lines)],
            "on": [WINDOW.since + timedelta(days=int(one)) for one in day],
            "amount": rng.integers(1, 9_000_000, lines) * rng.choice([1, -1], lines),
        }
    )
    chosen = rng.choice(lines, breaks, replace=False)
    late = rng.random(lines) < 0.05  # a twentieth is booked the next day outside, which is no difference
    outside = clean.with_columns(on=pl.when(pl.Series(late)).then(pl.col("on") + timedelta(days=1)).otherwise("on"))
    sides = {"ours": clean.rows(), "bank": outside.rows(), "finance": outside.rows()}
    known: set[tuple[str, str, str, str]] = set()
    for turn, row in enumerate(sorted(int(one) for one in chosen)):
        kind, origin = KINDS[turn % len(KINDS)], ("bank", "finance")[turn // len(KINDS) % 2]
        known.add(_break(sides, row, kind, origin, rng))
    frames = {side: pl.DataFrame([r for r in rows if r is not None], schema=clean.schema, orient="row").sample(
        fraction=1, shuffle=True, seed=seed) for side, rows in sides.items()}  # fmt: skip
    views = {origin: View(frames[origin], frozenset(BANKS)) for origin in ("bank", "finance")}
    return Planted(frames["ours"], views, known)


def _break(
    sides: dict[str, list[tuple[str, str, date, int] | None]],
    row: int,
    kind: str,
    origin: str,
    rng: np.random.Generator,
) -> tuple[str, str, str, str]:
    """Change one line on one side; ours too where the kind is about us."""
    ours, theirs = sides["ours"], sides[origin]
    bank, reference, on, amount = ours[row]  # type: ignore[misc]
    line = theirs[row] = (bank, reference, on, amount)
    other = next(one for one in BANKS if one != bank)
    if kind == "missing_in_ledger":
        ours[row] = None
        return "bank", bank, kind, reference
    if kind == "in_transit":
        for side in sides.values():
            side[row] = (bank, reference, WINDOW.until, amount)
        theirs[row] = None
        return origin, bank, kind, reference
    if kind == "duplicate_here":
        ours.append(line)
        sides["finance" if origin == "bank" else "bank"].append(line)
        return origin, bank, kind, reference
    less_or_more = amount + int(rng.choice([-1, 1, 100, -9000]))
    changed, added = {
        "missing_there": (None, []),
        "amount": ((bank, reference, on, less_or_more), []),
        "date": ((bank, reference, on + timedelta(days=int(rng.integers(2, 6))), amount), []),
        "duplicate": (line, [line]),
        "wrong_account": ((other, reference, on, amount), []),
        "reversed": (line, [(bank, reference, on, -amount)]),
    }[kind]
    theirs[row] = changed
    theirs += added
    return origin, bank, kind, reference
