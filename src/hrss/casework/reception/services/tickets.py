"""Take a ticket, call the next one, pass over one that did not come."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from hrss.casework.reception.models import Ticket
from hrss.foundation import audit
from hrss.foundation.regions import queries as regions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("reception.take_ticket")
def take_ticket(*, actor: Actor, region_code: str, topic: str = "", priority: bool = False, key: str = "") -> Outcome:
    """Take the next number of a service point today; priority numbers begin with Y (优先)."""
    regions.require(region_code)
    today = timezone.localdate()
    with connection.cursor() as cursor:  # one number at a time for a service point and day
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ticket {region_code} {today}"])
    highest = Ticket.objects.filter(region_code=region_code, day=today).aggregate(last=Max("ordinal"))["last"] or 0
    letter = "Y" if priority else "A"
    ticket = Ticket.objects.create(
        region_code=region_code,
        day=today,
        ordinal=highest + 1,
        number=f"{letter}{highest + 1:03d}",
        topic=topic[:40],
        priority=priority,
    )
    audit.record(actor, "reception.take_ticket", subject_kind="ticket", subject_id=ticket.id, region=region_code)
    ahead = Ticket.objects.filter(
        region_code=region_code, day=today, state=Ticket.State.WAITING, ordinal__lt=ticket.ordinal
    )
    return Outcome("ticket", str(ticket.id), ticket.number, {"ahead": ahead.count()})


@verb("reception.call_next")
def call_next(*, actor: Actor, region_code: str, window: str) -> Outcome:
    """Call the next waiting ticket: priority first, then in order. Two windows never get the same one."""
    waiting = Ticket.objects.filter(region_code=region_code, day=timezone.localdate(), state=Ticket.State.WAITING)
    ticket = waiting.order_by("-priority", "ordinal").select_for_update(skip_locked=True).first()
    if ticket is None:
        raise Problem("reception.nobody", "现在没有人在等候", remedy="可以直接输入身份证号开始服务", status=409)
    ticket.state, ticket.window, ticket.called_at = Ticket.State.CALLED, window[:10], timezone.now()
    ticket.save(update_fields=["state", "window", "called_at"])
    audit.record(actor, "reception.call_next", subject_kind="ticket", subject_id=ticket.id, region=region_code)
    return Outcome("ticket", str(ticket.id), ticket.number, {"topic": ticket.topic})


@verb("reception.miss_ticket")
def miss_ticket(ticket_id: UUID, *, actor: Actor) -> Outcome:
    """Note that nobody came for a called ticket."""
    ticket = Ticket.objects.select_for_update().filter(id=ticket_id, state=Ticket.State.CALLED).first()
    if ticket is None:
        raise Problem("reception.not_called", "这个号没有在叫号", remedy="请刷新这一页再看", status=409)
    ticket.state = Ticket.State.MISSED
    ticket.save(update_fields=["state"])
    audit.record(actor, "reception.miss_ticket", subject_kind="ticket", subject_id=ticket.id, region=ticket.region_code)
    return Outcome("ticket", str(ticket.id), ticket.number)
