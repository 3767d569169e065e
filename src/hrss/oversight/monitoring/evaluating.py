"""Evaluating a rule on a day: which subjects reach its bound, where and how much. It only reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from hrss.foundation.datasets.measures import query_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.monitoring.rules import Rule

ROBOT = system_actor("monitoring.evaluate").for_purpose("statistics")


@dataclass(frozen=True, slots=True)
class Signal:
    """One subject that reached the bound: its key, a place, the count, the level."""

    subject: str
    region_code: str
    count: int
    level: str


def evaluate(rule: Rule, day: date, *, known_by: date | None = None) -> dict[str, Signal]:
    """Give the signals of a rule on a day, by subject; ``known_by`` replays what was known then."""
    query = query_of(rule.measure, rule.window(day), known_by=known_by)
    grouped = query.grouped(rule.group, rule.at_least)
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute(grouped.sql, grouped.values)
        found = cursor.fetchall()
    return {
        str(key): Signal(str(key), str(region), int(count), rule.level(int(count)))
        for key, region, count in found
        if key
    }
