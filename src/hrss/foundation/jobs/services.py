"""What an operator may do to the queue: try a parked job or delivery again, or give it up. Each leaves an event.

These are not ``verbs`` (which lie above this part) but keep their promises: one transaction, an actor, an event.
Whether the actor is an operator is the channel's question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.foundation.audit.record import record
from hrss.foundation.outbox.delivery import try_again
from hrss.foundation.outbox.idempotency import digest_of, once
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_LOCK = "SELECT task_name FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE"
_AGAIN = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
_FRESH = "UPDATE procrastinate_jobs SET attempts = 0 WHERE id = %s"
_GIVE_UP = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s"


def retry_job(job_id: int, *, actor: Actor, key: str = "") -> Outcome:
    """Try a parked job again from its first attempt. Raises Problem ``jobs.not_parked``."""

    def do() -> Outcome:
        name = _parked(job_id)
        with connection.cursor() as cursor:
            cursor.execute(_AGAIN, [job_id])
            cursor.execute(_FRESH, [job_id])
        record(actor, "jobs.retry", subject_kind="job", subject_id=job_id, detail={"name": name})
        return Outcome("job", str(job_id), name)

    return _once("jobs.retry", {"job": job_id}, do, actor=actor, key=key)


def give_up_job(job_id: int, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """Give a parked job up for good; ``reason`` is recorded. Raises Problem ``jobs.not_parked``, ``jobs.no_reason``."""
    if not reason.strip():
        raise Problem("jobs.no_reason", "放弃任务要写明原因", remedy="请填写原因", field="reason")

    def do() -> Outcome:
        name = _parked(job_id)
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_UP, [job_id])
        detail = {"name": name, "reason": reason.strip()[:500]}
        record(actor, "jobs.give_up", subject_kind="job", subject_id=job_id, detail=detail)
        return Outcome("job", str(job_id), name)

    return _once("jobs.give_up", {"job": job_id, "reason": reason}, do, actor=actor, key=key)


def retry_delivery(delivery_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Try a parked delivery again. Raises Problem ``jobs.not_parked``."""

    def do() -> Outcome:
        with acting(system_actor("outbox.retry")):
            if not try_again(delivery_id):
                raise _not_parked()
        record(actor, "outbox.retry", subject_kind="delivery", subject_id=delivery_id)
        return Outcome("delivery", str(delivery_id))

    return _once("outbox.retry", {"delivery": delivery_id}, do, actor=actor, key=key)


def _once(name: str, asked: dict[str, Any], do: Callable[[], Outcome], *, actor: Actor, key: str) -> Outcome:
    """Run in one transaction; with a key, a repeat gets the first answer."""
    with acting(actor):
        if not key:
            return do()
        return once(key, verb=name, actor=actor, digest=digest_of(asked), do=do)


def _parked(job_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [job_id])
        row = cursor.fetchone()
    if row is None:
        raise _not_parked()
    return str(row[0])


def _not_parked() -> Problem:
    return Problem("jobs.not_parked", "这项任务没有搁置，可能已有人处理", remedy="请刷新任务列表", status=409)
