"""Evaluating a rule on a day: which subjects reach its bound, where and how much. It only reads, as the system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.monitoring.evaluating.forecast import beyond_forecast
from hrss.oversight.monitoring.evaluating.growth import grown
from hrss.oversight.monitoring.evaluating.pairs import met_too_often
from hrss.oversight.monitoring.evaluating.path import behind_path
from hrss.oversight.monitoring.evaluating.peers import beyond_peers
from hrss.oversight.monitoring.evaluating.rows import counted
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Kind, Rule

__all__ = ["Signal", "evaluate"]

ROBOT = system_actor("monitoring.evaluate").for_purpose("statistics")
_WAYS: Final[dict[Kind, Callable[[Rule, date, date | None], Signals]]] = {
    Kind.ROWS: counted,
    Kind.GROWTH: grown,
    Kind.FORECAST: beyond_forecast,
    Kind.PATH: behind_path,
    Kind.PEERS: beyond_peers,
    Kind.PAIRS: met_too_often,
}


def evaluate(rule: Rule, day: date, *, known_by: date | None = None) -> Signals:
    """Give the signals of a rule on a day, by subject; ``known_by`` replays what was known then."""
    with acting(ROBOT):
        return _WAYS[rule.kind](rule, day, known_by)
