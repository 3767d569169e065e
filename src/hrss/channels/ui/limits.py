"""How often one account or one address may ask: pages freely, searches and sign-ins less, submits least.

Counted in this process's memory, so the limit is per worker; it slows guessing down and refuses nothing to a person
who works at human speed. Opening a form counts as a page; only sending it counts in the form's own class. A service
hall, or a village behind one mobile mast, shares an address: sign-ins by address are many, and what stops guessing
is counted elsewhere, by phone and by account (``identity.codes``, axes).
"""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest

from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

PER_MINUTE = {"page": 600, "search": 120, "submit": 60, "login": 120}
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def over(rate: str, request: HttpRequest, actor: Actor) -> Problem | None:
    """Count one request of class ``rate``; give a Problem (429) when the minute's share is used up."""
    if request.method in _READING and rate != "search":
        rate = "page"
    who = str(actor.account or request.META.get("REMOTE_ADDR", ""))
    key = f"rate:{rate}:{who}"
    cache = caches["worker"]
    cache.add(key, 0, 60)
    try:
        used = cache.incr(key)
    except ValueError:  # the minute ended between the two calls
        return None
    if used <= PER_MINUTE[rate]:
        return None
    return Problem("access.too_often", "操作太频繁了", remedy="请一分钟后再试", status=429)
