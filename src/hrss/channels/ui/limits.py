"""How often one account or one address may ask: pages freely, searches and sign-ins less, submits least.

Counted in this process's memory, so the limit is per worker; it slows guessing down and refuses nothing to a person
who works at human speed. Opening a form counts as a page; only sending it counts in the form's own class. A service
hall, or a village behind one mobile mast, shares an address: sign-ins by address are many, and what stops guessing
is counted elsewhere, by phone and by account (``identity.codes``, axes).
"""

from __future__ import annotations

import time

from django.http import HttpRequest

from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

PER_MINUTE = {"page": 600, "search": 120, "submit": 60, "login": 120}
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SECONDS = 60.0
_MOST = 20_000
_USED: dict[tuple[str, str], list[float]] = {}


def over(rate: str, request: HttpRequest, actor: Actor) -> Problem | None:
    """Count one request of class ``rate``; give a Problem (429) when the minute's share is used up."""
    if request.method in _READING and rate != "search":
        rate = "page"
    if _count((rate, str(actor.account or request.META.get("REMOTE_ADDR", "")))) <= PER_MINUTE[rate]:
        return None
    return Problem("access.too_often", "操作太频繁了", remedy="请一分钟后再试", status=429)


def forget() -> None:
    """Begin every minute anew."""
    _USED.clear()


def _count(key: tuple[str, str]) -> float:
    """Count one request and give how many there were since the minute of this key began."""
    now = time.monotonic()
    kept = _USED.get(key)
    if kept is None or kept[0] <= now:
        if len(_USED) >= _MOST:
            _drop_the_past(now)
        kept = _USED[key] = [now + _SECONDS, 0]
    kept[1] += 1
    return kept[1]


def _drop_the_past(now: float) -> None:
    """Keep only minutes that still run; nobody is let off by a crowd."""
    running = {key: kept for key, kept in _USED.items() if kept[0] > now}
    _USED.clear()
    _USED.update(running)
