"""Putting jobs into the queue, in the caller's transaction: rolled back together, visible together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hrss.foundation.jobs.registry import JOBS

_UNDER_WAY = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = ANY(%s) AND status IN ('todo', 'doing'))"


def is_under_way(*names: str) -> bool:
    """Tell whether one of these jobs waits or runs now."""
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_WAY, [list(names)])
        return bool(cursor.fetchone()[0])


def enqueue(
    name: str, *, at: datetime | None = None, lock: str = "", once: str = "", priority: int = 0, **arguments: Any
) -> int | None:
    """Queue job ``name`` with ``arguments`` (UUIDs and dates arrive as text); gives its number.

    ``at``: not before. ``lock``: not at the same time as others with this lock. ``once``: not while another with the
    same mark still waits (gives None); two open transactions with the same mark wait for each other, so use it in
    short ones. Raises KeyError for a job nobody declared.
    """
    job = JOBS[name]
    values = orjson.loads(orjson.dumps(arguments, default=str))
    deferrer = app.configure_task(
        name,
        queue=job.queue,
        lock=lock or job.lock or None,
        queueing_lock=once or None,
        schedule_at=at,
        priority=priority,
    )
    try:
        with transaction.atomic():
            return int(deferrer.defer(**values))
    except AlreadyEnqueued:
        return None
