"""Counting rows: a subject fires when its number in the window reaches the bound."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from hrss.foundation.datasets.filters import Clause
from hrss.foundation.datasets.measures import query_of
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Rule


def counted(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the subjects whose number reaches the bound; a level with conditions needs a row that meets them."""
    query = query_of(rule.counted, rule.window(day), known_by=known_by)
    marks = [level.where for level in rule.levels]
    found = ask(query.grouped(rule.group, rule.at_least, marks))
    return {
        str(key): Signal(str(key), str(region), int(count), rule.level(int(count), tuple(one > 0 for one in met)))
        for key, region, count, *met in found
        if key
    }


def ask(clause: Clause) -> list[tuple[Any, ...]]:
    """Run a compiled statement and give its rows."""
    with connection.cursor() as cursor:
        cursor.execute(clause.sql, clause.values)
        return list(cursor.fetchall())
