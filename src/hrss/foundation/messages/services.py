"""Sending to people, firms and staff, and marking as read.

Sending happens inside the verb it tells of, which leaves the event; it opens no transaction of its own outside one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now

from hrss.foundation.messages.queries import mine
from hrss.foundation.messages.templates import Rendered, render
from hrss.foundation.messages.texting import PERSON_SMS
from hrss.foundation.outbox import announce
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor
from hrss.kernel.uuid7 import uuid7

_INSERT = (
    "INSERT INTO inbox_message (id, person_id, organisation_id, account, template, title, body, link)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


def send(person_id: UUID, template: str, facts: Mapping[str, Any], *, actor: Actor, link: str = "") -> UUID:
    """Put a message into a person's inbox and, where the template has one, a text message on its way.

    ``facts`` fill the template (dates as dates); ``link`` is a path of this site. Raises KeyError for an unknown
    template, ValueError for missing facts: both are mistakes of the program, found by its tests.
    """
    words = render(template, facts)
    with acting(actor):
        message_id = _put(template, words, link, person_id=person_id)
        if words.sms:
            announce(PERSON_SMS, {"person": person_id, "message": message_id, "text": words.sms})
    return message_id


def send_to_organisation(
    organisation_id: UUID, template: str, facts: Mapping[str, Any], *, actor: Actor, link: str = ""
) -> UUID:
    """Put a message into a firm's inbox; whoever acts for the firm reads it."""
    with acting(actor):
        return _put(template, render(template, facts), link, organisation_id=organisation_id)


def send_to_account(account_id: UUID, template: str, facts: Mapping[str, Any], *, actor: Actor, link: str = "") -> UUID:
    """Put a message into a staff account's inbox."""
    with acting(actor):
        return _put(template, render(template, facts), link, account=account_id)


def mark_read(message_ids: Sequence[UUID], *, actor: Actor) -> int:
    """Mark the actor's own messages as read; gives how many were new. Others' ids change nothing."""
    with acting(actor):
        return mine(actor).filter(id__in=message_ids, read_at=None).update(read_at=Now())


def _put(
    template: str,
    words: Rendered,
    link: str,
    *,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    account: UUID | None = None,
) -> UUID:
    """Insert without reading back: the sender may write to an inbox they may not read."""
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"a message links to a path of this site, not {link!r}")
    message_id = uuid7()
    values = [message_id, person_id, organisation_id, account, template, words.title, words.body, link]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
    return message_id
