"""Growth: a subject fires when its number in the window is many times what earlier windows of the same length held."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.foundation.datasets import Window
from hrss.foundation.datasets.measures import query_of
from hrss.oversight.monitoring.evaluating.rows import ask
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Rule

FEWEST_BEFORE = 1  # 以前没有的，按平均一条算，避免除以零


def grown(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the subjects whose number reaches the bound and whose share of the earlier average reaches a level.

    The signal's number is the per cent of the earlier average: 300 is three times as many as usual.
    """
    now = _numbers(rule, rule.window(day), known_by)
    before = _earlier(rule, day, known_by)
    signals = {}
    for subject, (region, count) in now.items():
        usual = max(before.get(subject, 0) / rule.back, FEWEST_BEFORE)
        share = round(count * 100 / usual)
        if count >= rule.at_least and share >= min(one.at_least for one in rule.levels):
            signals[subject] = Signal(subject, region, share, rule.level(share))
    return signals


def _earlier(rule: Rule, day: date, known_by: date | None) -> dict[str, int]:
    last = day - timedelta(days=rule.window_days)
    first = last - timedelta(days=rule.window_days * rule.back - 1)
    return {subject: count for subject, (_, count) in _numbers(rule, Window(first, last), known_by).items()}


def _numbers(rule: Rule, window: Window, known_by: date | None) -> dict[str, tuple[str, int]]:
    query = query_of(rule.counted, window, known_by=known_by)
    return {str(key): (str(region), int(count)) for key, region, count in ask(query.grouped(rule.group, 1)) if key}
