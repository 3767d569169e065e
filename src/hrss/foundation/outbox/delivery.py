"""Delivery: each subscriber gets each message once; what fails waits longer each time and is parked in the end.

Claiming counts the attempt before the subscriber runs, so a message that kills its process is parked too. The
subscriber's writes and the note that it has the message commit together: that is what makes it once.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from hrss.foundation.outbox.announcing import SUBSCRIBERS, Subscriber
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

WAITS = (5, 30, 120, 600, 3600)
ATTEMPTS = len(WAITS) + 1
LEASE_SECONDS = 120
_ERROR_LENGTH = 300

_CLAIM = """
UPDATE outbox_delivery SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => %s)
WHERE id = (SELECT id FROM outbox_delivery WHERE state = 'waiting' AND due_at <= clock_timestamp()
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, message_id, subscriber, attempts
"""
_TAKE = """
SELECT message.topic, message.payload::text FROM outbox_delivery delivery JOIN outbox_message message
ON message.id = delivery.message_id WHERE delivery.id = %s AND delivery.state = 'waiting' AND delivery.attempts = %s
FOR UPDATE OF delivery
"""
_DONE = "UPDATE outbox_delivery SET state = 'done', done_at = clock_timestamp(), error = '' WHERE id = %s"
_LATER = """
UPDATE outbox_delivery SET error = %s, state = CASE WHEN %s THEN 'parked' ELSE 'waiting' END,
  due_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s AND state = 'waiting' AND attempts = %s
"""
_SWEEP = """
DELETE FROM outbox_message message WHERE at < now() - make_interval(days => %s)
  AND NOT EXISTS (SELECT FROM outbox_delivery d WHERE d.message_id = message.id AND d.state <> 'done')
"""
_SWEEP_DELIVERIES = "DELETE FROM outbox_delivery WHERE state = 'done' AND done_at < now() - make_interval(days => %s)"


@dataclass(frozen=True, slots=True)
class Claim:
    """One delivery taken for one attempt."""

    id: UUID
    message_id: UUID
    subscriber: str
    attempt: int


def deliver_waiting(*, limit: int = 10_000) -> int:
    """Deliver what is due, oldest first; gives the number delivered. Safe to run in several processes at once."""
    delivered = 0
    for _ in range(limit):
        claim = _claim()
        if claim is None:
            break
        delivered += _deliver(claim)
    return delivered


def sweep(*, days: int = 90) -> None:
    """Forget messages that everybody has had for ``days``."""
    with acting(system_actor("outbox.sweep")), connection.cursor() as cursor:
        cursor.execute(_SWEEP_DELIVERIES, [days])
        cursor.execute(_SWEEP, [days])


def try_again(delivery_id: UUID) -> bool:
    """Put a parked delivery back; tells whether it was parked. Runs inside the operator's recorded action."""
    sql = (
        "UPDATE outbox_delivery SET state = 'waiting', attempts = 0, due_at = now() WHERE id = %s AND state = 'parked'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [delivery_id])
        return bool(cursor.rowcount)


def _claim() -> Claim | None:
    with acting(system_actor("outbox")), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [LEASE_SECONDS])
        row = cursor.fetchone()
    return Claim(*row) if row else None


def _deliver(claim: Claim) -> int:
    try:
        if claim.attempt > ATTEMPTS:
            raise Problem("outbox.lost", "送达途中进程多次中断", remedy="请系统管理员在“运行情况”里再送一次")
        with acting(system_actor(f"outbox.{claim.subscriber}")) as actor, connection.cursor() as cursor:
            cursor.execute(_TAKE, [claim.id, claim.attempt])
            row = cursor.fetchone()
            if row is None:  # overtaken by another process after the lease
                return 0
            _subscriber(row[0], claim.subscriber)(orjson.loads(row[1]), actor=actor)
            cursor.execute(_DONE, [claim.id])
    except Exception as error:
        _put_off(claim, error)
        return 0
    return 1


def _subscriber(topic: str, name: str) -> Subscriber:
    found = SUBSCRIBERS.get(topic, {}).get(name)
    if found is None:
        raise Problem("outbox.no_subscriber", f"没有名为 {name} 的接收者", remedy="请确认该部分仍在运行的版本中")
    return found


def _put_off(claim: Claim, error: Exception) -> None:
    parked = claim.attempt >= ATTEMPTS
    wait = WAITS[min(claim.attempt, len(WAITS)) - 1]
    values: list[Any] = [_describe(error), parked, wait, claim.id, claim.attempt]
    with acting(system_actor("outbox")), connection.cursor() as cursor:
        cursor.execute(_LATER, values)


def _describe(error: Exception) -> str:
    """Name the error and its place; the text of a foreign error may repeat personal data and stays out."""
    if isinstance(error, Problem):
        return f"{error.code}：{error.message}"[:_ERROR_LENGTH]
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}（{frames[-1].name}，第 {frames[-1].lineno} 行）"[:_ERROR_LENGTH]
