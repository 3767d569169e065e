"""Reads of reception: the clerk's sitting, the queue of a service point, what the client's screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrss.casework.reception.clerks import clerk_of
from hrss.casework.reception.models import Sitting, Ticket
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of a service point: how many wait, the next few numbers, who is being served where."""

    waiting: int
    following: tuple[str, ...]
    called: tuple[tuple[str, str], ...]


def sitting_of(actor: Actor) -> Sitting | None:
    """Give the clerk's open sitting, None between two people."""
    return Sitting.objects.select_related("ticket").filter(account=clerk_of(actor), ended_at=None).first()


def queue(region_code: str, *, day: date, limit: int = 8) -> Queue:
    """Give the queue of today."""
    tickets = Ticket.objects.filter(region_code=region_code, day=day)
    waiting = list(
        tickets.filter(state=Ticket.State.WAITING)
        .order_by("-priority", "ordinal")
        .values_list("number", flat=True)[:200]
    )
    called = tickets.filter(state=Ticket.State.CALLED).order_by("-called_at").values_list("number", "window")[:4]
    return Queue(len(waiting), tuple(waiting[:limit]), tuple(called))


def called_ticket(actor: Actor, *, region_code: str, window: str, day: date) -> Ticket | None:
    """Give the ticket this window called and has not begun to serve."""
    tickets = Ticket.objects.filter(region_code=region_code, day=day, state=Ticket.State.CALLED, window=window)
    return tickets.order_by("-called_at").first()


def served_today(actor: Actor, *, day: date) -> int:
    """Count the people a clerk has served today."""
    return Sitting.objects.filter(account=clerk_of(actor), began_at__date=day, ended_at__isnull=False).count()
