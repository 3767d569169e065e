"""Reads of reception: the clerk's sitting, the queue of a service point, what the client's screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hrss.casework.reception.clerks import clerk_of
from hrss.casework.reception.models import Sitting, Ticket
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of a service point: how many wait, the next few numbers, who is being served where."""

    waiting: int
    following: tuple[str, ...]
    called: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CalledTicket:
    """The ticket a window called and has not begun to serve."""

    id: UUID
    number: str
    topic: str


@dataclass(frozen=True, slots=True)
class BetweenPeople:
    """What a clerk sees while nobody is served: the queue, the ticket called, how many were served today."""

    queue: Queue
    called: CalledTicket | None
    served: int


_FOLLOWING = 8
_BETWEEN = """
WITH today AS MATERIALIZED (
  SELECT id, number, topic, "window", state, priority, ordinal, called_at FROM reception_ticket
   WHERE region_code = %(region)s AND day = %(day)s AND state IN ('waiting', 'called'))
SELECT ARRAY(SELECT number FROM today WHERE state = 'waiting' ORDER BY priority DESC, ordinal LIMIT 200),
       (SELECT coalesce(json_agg(c ORDER BY c.called_at DESC), '[]') FROM (
          SELECT number, "window", called_at FROM today WHERE state = 'called' ORDER BY called_at DESC LIMIT 4) c),
       (SELECT json_build_object('id', id, 'number', number, 'topic', topic) FROM today
         WHERE state = 'called' AND "window" = %(window)s ORDER BY called_at DESC LIMIT 1),
       (SELECT count(*) FROM reception_sitting
         WHERE account = %(account)s AND ended_at IS NOT NULL AND began_at >= %(from)s AND began_at < %(to)s)"""


def sitting_of(actor: Actor) -> Sitting | None:
    """Give the clerk's open sitting, None between two people."""
    return Sitting.objects.select_related("ticket").filter(account=clerk_of(actor), ended_at=None).first()


def queue(region_code: str, *, day: date, limit: int = _FOLLOWING) -> Queue:
    """Give the queue of today."""
    tickets = Ticket.objects.filter(region_code=region_code, day=day)
    waiting = list(
        tickets.filter(state=Ticket.State.WAITING)
        .order_by("-priority", "ordinal")
        .values_list("number", flat=True)[:200]
    )
    called = tickets.filter(state=Ticket.State.CALLED).order_by("-called_at").values_list("number", "window")[:4]
    return Queue(len(waiting), tuple(waiting[:limit]), tuple(called))


def between_people(actor: Actor, *, region_code: str, window: str, day: date) -> BetweenPeople:
    """Give what a clerk sees while nobody is served, in one statement."""
    began = datetime.combine(day, time.min, timezone.get_current_timezone())
    asked: dict[str, Any] = {
        "region": region_code,
        "window": window,
        "day": day,
        "account": clerk_of(actor),
        "from": began,
        "to": began + timedelta(days=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, asked)
        waiting, called, mine, served = cursor.fetchone()
    queue = Queue(len(waiting), tuple(waiting[:_FOLLOWING]), tuple((one["number"], one["window"]) for one in called))
    ticket = CalledTicket(UUID(mine["id"]), mine["number"], mine["topic"]) if mine else None
    return BetweenPeople(queue, ticket, served)
