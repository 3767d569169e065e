"""Announcing: a part tells the others that something happened, in the transaction in which it happened.

The message and one delivery for each subscriber are rows of that transaction: rolled back together, never lost once
committed. It refuses topics without a dot and payloads JSON cannot carry; it delivers nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection, transaction

from hrss.kernel.actor import Actor
from hrss.kernel.uuid7 import uuid7

Subscriber = Callable[..., None]
S = TypeVar("S", bound=Subscriber)
W = TypeVar("W", bound=Callable[[], None])

SUBSCRIBERS: dict[str, dict[str, Subscriber]] = {}
_WAKERS: list[Callable[[], None]] = []

_MESSAGE = "INSERT INTO outbox_message (id, topic, payload) VALUES (%s, %s, %s)"
_DELIVERY = "INSERT INTO outbox_delivery (id, message_id, subscriber) VALUES (%s, %s, %s)"


def subscribe(topic: str, *, name: str) -> Callable[[S], S]:
    """Register ``function(payload, *, actor)`` for a topic under a lasting name (``employment.end_registration``).

    It runs once for each message, in a transaction of its own, as the system. Messages announced before it was
    registered do not reach it.
    """

    def register(function: S) -> S:
        known = SUBSCRIBERS.setdefault(topic, {})
        if name in known:
            raise ValueError(f"subscriber {name} of {topic} is declared twice")
        known[name] = function
        return function

    return register


def announce(topic: str, payload: dict[str, Any], *, actor: Actor | None = None) -> UUID:
    """Announce ``payload`` under ``topic`` (``person.died``) in the current transaction; gives the message's id.

    Raises RuntimeError outside a transaction and TypeError for a payload JSON cannot carry.
    """
    if "." not in topic:
        raise ValueError(f"a topic is written part.what, not {topic!r}")
    if not connection.in_atomic_block:
        raise RuntimeError(f"announce({topic!r}) outside a transaction: open acting(actor) first")
    body = payload if actor is None else payload | {"announced_by": actor.account}
    message_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGE, [message_id, topic, orjson.dumps(body, default=_plain).decode()])
        deliveries = [(uuid7(), message_id, name) for name in SUBSCRIBERS.get(topic, {})]
        if deliveries:
            cursor.executemany(_DELIVERY, deliveries)
    if deliveries:
        _wake_after_commit()
    return message_id


def wake_with(waker: W) -> W:
    """Register what wakes the delivery after a commit (the job queue does, from above)."""
    _WAKERS.append(waker)
    return waker


def _wake_after_commit() -> None:
    """Wake once for each transaction, not once for each message."""
    here = set(connection.savepoint_ids)
    if not any(entry[1] is _wake and entry[0] <= here for entry in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    for waker in _WAKERS:
        waker()


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"an announced payload cannot carry {type(value).__name__}")
