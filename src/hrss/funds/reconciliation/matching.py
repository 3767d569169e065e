"""Matching three views of one account, vectorised: what agrees, and one break of one kind for what does not.

Views are frames (bank, reference, on, amount); the key is account and business number. Each outside view is compared
with ours; a business number gives at most one break a view, the most telling one: wrong account before missing,
reversal before repetition, amount before date. Pure: no database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

SCHEMA = {"bank": pl.String, "reference": pl.String, "on": pl.Date, "amount": pl.Int64}
KEY = ["bank", "reference"]
TOLERATED_DAYS = 1  # a bank books the next day what was handed in late


@dataclass(frozen=True, slots=True)
class Window:
    """The days reconciled. What lies outside is only there to find partners; the last day may still be on its way."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class View:
    """An outside view: its lines and the accounts it covers; on other accounts nothing is expected of it."""

    lines: pl.DataFrame
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """Breaks (origin, bank, kind, reference, on, ours, theirs, our_day, their_day) and how many numbers agreed."""

    breaks: pl.DataFrame
    matched: int


def match(ours: pl.DataFrame, views: dict[str, View], window: Window) -> Result:
    """Compare every outside view with the books on the accounts it covers."""
    compared = [
        _compare(origin, ours.filter(pl.col("bank").is_in(list(view.covers))), view.lines, window)
        for origin, view in views.items()
    ]
    if not compared:
        return Result(_empty(), 0)
    rows = pl.concat(compared)
    breaks = _once(rows.filter(pl.col("kind") != "matched"))
    return Result(breaks, int((rows["kind"] == "matched").sum()))


def _compare(origin: str, ours: pl.DataFrame, theirs: pl.DataFrame, window: Window) -> pl.DataFrame:
    here, there = _summed(ours, "our"), _summed(theirs, "their")
    both = here.join(there, on=KEY, how="full", coalesce=True)
    both = _elsewhere(both).with_columns(on=pl.min_horizontal("our_day", "their_day"))
    inside = both.filter(pl.col("on").is_between(window.since, window.until))
    return (
        inside.with_columns(kind=_kind(window), origin=pl.lit(origin))
        .select(
            "origin",
            "bank",
            "kind",
            "reference",
            "on",
            ours=pl.col("our_net"),
            theirs=pl.when(pl.col("kind") == "wrong_account").then("their_net_elsewhere").otherwise("their_net"),
            our_day="our_day",
            their_day="their_day",
        )
        .filter(pl.col("kind").is_not_null())
    )


def _summed(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    """Give one row a key: how many lines, their sum, the first day, the largest amount."""
    return frame.group_by(KEY).agg(
        pl.len().alias(f"{side}_count"),
        pl.col("amount").sum().alias(f"{side}_net"),
        pl.col("on").min().alias(f"{side}_day"),
        pl.col("amount").abs().max().alias(f"{side}_most"),
    )


def _elsewhere(both: pl.DataFrame) -> pl.DataFrame:
    """Tell of each one-sided row whether the other side has the same number, also one-sided, on another account."""
    alone_there = (
        both.filter(pl.col("our_count").is_null())
        .group_by("reference")
        .agg(pl.col("their_net").sum().alias("their_net_elsewhere"))
    )
    alone_here = (
        both.filter(pl.col("their_count").is_null()).group_by("reference").agg(pl.lit(True).alias("ours_elsewhere"))
    )
    return both.join(alone_there, on="reference", how="left").join(alone_here, on="reference", how="left")


def _kind(window: Window) -> pl.Expr:
    """Give the kind of each row; null for the far half of a wrong account, told once from our side."""
    missing_there, missing_here = pl.col("their_count").is_null(), pl.col("our_count").is_null()
    more_there, more_here = (
        pl.col("their_count") > pl.col("our_count"),
        pl.col("our_count") > pl.col("their_count"),
    )
    return (
        pl.when(missing_there & pl.col("their_net_elsewhere").is_not_null())
        .then(pl.lit("wrong_account"))
        .when(missing_here & pl.col("ours_elsewhere").fill_null(value=False))
        .then(pl.lit(None, pl.String))
        .when(missing_there & (pl.col("our_day") == window.until))
        .then(pl.lit("in_transit"))
        .when(missing_there)
        .then(pl.lit("missing_there"))
        .when(missing_here)
        .then(pl.lit("missing_in_ledger"))
        .when(more_there & (pl.col("their_net") == 0))
        .then(pl.lit("reversed"))
        .when(more_there & (pl.col("their_net") == pl.col("our_net") * pl.col("their_count") // pl.col("our_count")))
        .then(pl.lit("duplicate"))
        .when(more_here & (pl.col("our_net") == pl.col("their_net") * pl.col("our_count") // pl.col("their_count")))
        .then(pl.lit("duplicate_here"))
        .when(pl.col("our_net") != pl.col("their_net"))
        .then(pl.lit("amount"))
        .when((pl.col("our_day") - pl.col("their_day")).abs() > pl.duration(days=TOLERATED_DAYS))
        .then(pl.lit("date"))
        .otherwise(pl.lit("matched"))
    )


def _once(breaks: pl.DataFrame) -> pl.DataFrame:
    """Tell once what is missing in our books although several outside views have it."""
    ours = breaks.filter(pl.col("kind") == "missing_in_ledger").unique(KEY, keep="first", maintain_order=True)
    others = breaks.filter(pl.col("kind") != "missing_in_ledger")
    return pl.concat([others, ours]).sort("on", "bank", "reference", "origin")


def _empty() -> pl.DataFrame:
    text, day, fen = pl.String, pl.Date, pl.Int64
    names = {"origin": text, "bank": text, "kind": text, "reference": text, "on": day}
    return pl.DataFrame(schema=names | {"ours": fen, "theirs": fen, "our_day": day, "their_day": day})
