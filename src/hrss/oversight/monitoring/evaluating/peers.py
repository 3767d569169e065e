"""Peers: a subject fires when its number in the window is many times the middle one of others of the same kind.

The subject of a rule about staff is a member of staff and a day, so a day is compared with the days of colleagues of
the same function; the own other days do not count. Colleagues who have no such rows are zeros.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import median

from hrss.foundation.datasets.measures import query_of
from hrss.oversight.monitoring.evaluating.growth import FEWEST_BEFORE
from hrss.oversight.monitoring.evaluating.places import county
from hrss.oversight.monitoring.evaluating.rows import ask
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Rule

Numbers = dict[str, dict[str, int]]  # among → subject → number


def beyond_peers(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the subjects that reach the bound and a level; the signal's number is the per cent of the peers' median."""
    numbers = _numbers(rule, day, known_by)
    least, place = min(one.at_least for one in rule.levels), county()
    signals = {}
    for own in numbers.values():
        for subject, count in own.items():
            if count < rule.at_least:
                continue
            share = round(count * 100 / _usual(rule, own, subject))
            if share >= least:
                signals[subject] = Signal(subject, place, share, rule.level(share))
    return signals


def _usual(rule: Rule, own: dict[str, int], subject: str) -> float:
    """The middle number of the others, filled up with zeros where they are fewer than the rule asks for."""
    who = _who(subject)
    others = [count for key, count in own.items() if _who(key) != who]
    others += [0] * (rule.fewest - len(others))
    return max(median(others), FEWEST_BEFORE)


def _who(subject: str) -> str:
    return subject.partition(" ")[0]


def _numbers(rule: Rule, day: date, known_by: date | None) -> Numbers:
    query = query_of(rule.counted, rule.window(day), known_by=known_by)
    found: Numbers = defaultdict(dict)
    for among, subject, count in ask(query.crossed(rule.among, rule.group)):
        if subject:
            found[str(among)][str(subject)] = int(count)
    return found
