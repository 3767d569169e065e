"""Reading the inbox: one's own, newest first, a page at a time; and the simulated gateway's page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hrss.foundation.messages.gateway import is_simulated
from hrss.foundation.messages.models import Message, OutgoingSms
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, system_actor
from hrss.kernel.problem import Problem

PAGE = 20
_CODE_WORD = "验证码"
_CODE = re.compile(_CODE_WORD + r"\s*(\d{4,8})")


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """One message as it is shown."""

    id: UUID
    title: str
    body: str
    link: str
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of messages; ``next`` is the mark to go on from, empty at the end."""

    rows: tuple[InboxMessage, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SentSms:
    """A text message the simulated gateway took; ``code`` is the code in it, if it has one."""

    tail: str
    text: str
    code: str
    sent_at: datetime


def inbox(*, actor: Actor, after: str = "", limit: int = PAGE) -> InboxPage:
    """Give the actor's messages, newest first, older than the mark ``after``."""
    with acting(actor):
        rows = mine(actor)
        mark = _mark(after)
        if mark is not None:
            rows = rows.filter(id__lt=mark)
        found = list(rows.order_by("-id")[: limit + 1])
    shown = tuple(InboxMessage(r.id, r.title, r.body, r.link, r.sent_at, r.read_at) for r in found[:limit])
    return InboxPage(shown, str(shown[-1].id) if len(found) > limit else "")


def unread_count(*, actor: Actor) -> int:
    """Give how many of the actor's messages are new."""
    with acting(actor):
        return mine(actor).filter(read_at=None).count()


def mine(actor: Actor) -> QuerySet[Message]:
    """Give the messages to the actor in the capacity they act in; run inside ``acting``.

    Staff at work read what went to their account, not their private affairs; a delegate reads the affairs of whom
    they act for.
    """
    if actor.kind is not ActorKind.PUBLIC:
        return Message.objects.filter(account=actor.account) if actor.account else Message.objects.none()
    if actor.acting_for_organisation:
        return Message.objects.filter(organisation_id=actor.acting_for_organisation)
    if actor.subject_person is None:
        return Message.objects.none()
    to_me = Q(person_id=actor.subject_person)
    return Message.objects.filter(to_me if actor.acting_for_person else to_me | Q(account=actor.account))


def simulated_gateway(*, limit: int = 50) -> tuple[SentSms, ...]:
    """Give what the simulated gateway took lately, newest first, codes before all else: somebody waits for them.

    Raises Problem ``messages.real_gateway`` (404).
    """
    if not is_simulated():
        raise Problem("messages.real_gateway", "短信由真实网关发送，这里不显示", remedy="请看手机短信", status=404)
    with acting(system_actor("messages.simulated_gateway")):
        taken = OutgoingSms.objects.exclude(text="").order_by("-sent_at")
        has_code = Q(text__contains=_CODE_WORD)
        rows = [*taken.filter(has_code)[:limit], *taken.exclude(has_code)[:limit]]
    return tuple(SentSms(row.tail, row.text, _code_in(row.text), row.sent_at) for row in rows)


def _mark(text: str) -> UUID | None:
    """Read the mark of a page; a mark somebody made up begins at the top."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _code_in(text: str) -> str:
    found = _CODE.search(text)
    return found[1] if found else ""
