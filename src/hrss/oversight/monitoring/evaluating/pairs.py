"""Pairs: who passes on to whom more often than chance would have it, where others share the same desk.

For every desk (place, item and step) the share of a second person is what the other first persons meet; over all desks
of a pair the meetings are compared with the number expected so, in standard deviations (the test of Mantel and
Haenszel). Where there is nobody else at the desk nothing can be said, and nothing is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from hrss.foundation.datasets.measures import query_of
from hrss.oversight.monitoring.evaluating.places import county
from hrss.oversight.monitoring.evaluating.rows import ask
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Rule

Meetings = dict[tuple[str, str], int]  # first, second → times


@dataclass(slots=True)
class Pair:
    """Meetings of a pair, how many would be expected, and the variance of that number."""

    met: int = 0
    expected: float = 0.0
    variance: float = 0.0

    @property
    def deviations(self) -> float:
        """By how many standard deviations the meetings are more than expected; 0 where nothing varies."""
        return (self.met - self.expected) / self.variance**0.5 if self.variance > 0 else 0.0


@dataclass(slots=True)
class Desk:
    """Meetings at one desk, by pair, by first and by second person."""

    meetings: Meetings = field(default_factory=dict)
    firsts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, first: str, second: str, times: int) -> None:
        """Count meetings in."""
        self.meetings[first, second] = times
        self.firsts[first] += times
        self.seconds[second] += times


def met_too_often(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the pairs with enough meetings and so many standard deviations too many (whole ones, rounded down)."""
    place, pairs = county(), _pairs(rule, _desks(rule, day, known_by))
    least = min(one.at_least for one in rule.levels)
    signals = {}
    for (first, second), pair in pairs.items():
        beyond = int(pair.deviations)
        if pair.met >= rule.at_least and beyond >= least:
            subject = f"{first} {second}"
            signals[subject] = Signal(subject, place, beyond, rule.level(beyond))
    return signals


def _desks(rule: Rule, day: date, known_by: date | None) -> dict[str, Desk]:
    query = query_of(rule.counted, rule.window(day), known_by=known_by)
    desks: defaultdict[str, Desk] = defaultdict(Desk)
    for name, pair, times in ask(query.crossed(rule.among, rule.group)):
        first, _, second = str(pair).partition(" ")
        desks[str(name)].add(first, second, int(times))
    return desks


def _pairs(rule: Rule, desks: dict[str, Desk]) -> dict[tuple[str, str], Pair]:
    pairs: defaultdict[tuple[str, str], Pair] = defaultdict(Pair)
    for desk in desks.values():
        whole = sum(desk.firsts.values())
        for (first, second), met in desk.meetings.items():
            others = whole - desk.firsts[first]
            if others >= rule.fewest:
                _judge(pairs[first, second], met, desk.firsts[first], (desk.seconds[second] - met, others))
    return pairs


def _judge(pair: Pair, met: int, own: int, others: tuple[int, int]) -> None:
    """Add a desk: ``own`` meetings of the first person, the others' with this second person and in all."""
    with_second, in_all = others
    share = (with_second + 1) / (in_all + 2)  # 别人一次也没有遇到的，不当作零
    pair.met += met
    pair.expected += own * share
    pair.variance += own * share * (1 - share) * (1 + own / in_all)
