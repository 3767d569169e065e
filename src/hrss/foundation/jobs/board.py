"""What operators see of the queue: how much waits, what runs late, what is parked and why.

Reads only. It shows names, times and errors, never the arguments of a job or the payload of a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hrss.foundation.jobs.models import JobRun
from hrss.foundation.jobs.periodic import PERIODIC, Periodic
from hrss.foundation.jobs.registry import JOBS
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import system_actor

_COUNTS = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
       count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
       count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
"""
_WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '40 seconds'"
_PARKED = """
SELECT job.id, job.task_name, job.attempts, run.ended_at, coalesce(run.error, '')
FROM procrastinate_jobs job LEFT JOIN LATERAL (
  SELECT ended_at, error FROM jobs_jobrun run WHERE run.job_id = job.id ORDER BY id DESC LIMIT 1) run ON true
WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT %s
"""
_LAST_RUNS = """
SELECT DISTINCT ON (name) name, started_at, state, error, now() FROM jobs_jobrun WHERE name = ANY(%s)
ORDER BY name, started_at DESC
"""
_DELIVERIES = """
SELECT delivery.id::text, message.topic, delivery.subscriber, delivery.attempts, message.at, delivery.error
FROM outbox_delivery delivery JOIN outbox_message message ON message.id = delivery.message_id
WHERE delivery.state = 'parked' ORDER BY delivery.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Parked:
    """A job or a delivery that will not be tried again by itself."""

    id: str
    name: str
    title: str
    attempts: int
    at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Clockwork:
    """A periodic job: its schedule, how it went last, and whether it is late."""

    name: str
    title: str
    why: str
    cron: str
    last_at: datetime | None
    last_state: str
    error: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The state of the queue at one moment."""

    due: int
    planned: int
    running: int
    parked: int
    workers: int
    parked_jobs: tuple[Parked, ...]
    parked_deliveries: tuple[Parked, ...]
    clockwork: tuple[Clockwork, ...]

    @property
    def needs_attention(self) -> bool:
        """Tell whether an operator should act."""
        stuck = self.parked or self.parked_deliveries or not self.workers
        return bool(stuck) or any(entry.is_late for entry in self.clockwork)


def board(*, limit: int = 100) -> Board:
    """Give the board, at most ``limit`` parked rows of each sort, newest first."""
    with acting(system_actor("jobs.board")), connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        due, planned, running, parked = cursor.fetchone()
        cursor.execute(_WORKERS)
        (workers,) = cursor.fetchone()
        cursor.execute(_PARKED, [limit])
        jobs = tuple(Parked(str(job), name, _title(name), *rest) for job, name, *rest in cursor.fetchall())
        cursor.execute(_DELIVERIES, [limit])
        deliveries = tuple(Parked(row[0], row[1], row[2], *row[3:]) for row in cursor.fetchall())
        cursor.execute(_LAST_RUNS, [[entry.job for entry in PERIODIC]])
        last = {row[0]: row[1:] for row in cursor.fetchall()}
    clockwork = tuple(_clockwork(entry, last.get(entry.job)) for entry in PERIODIC)
    return Board(due, planned, running, parked, workers, jobs, deliveries, clockwork)


def _clockwork(entry: Periodic, last: tuple[datetime, str, str, datetime] | None) -> Clockwork:
    title = _title(entry.job)
    if last is None:
        return Clockwork(entry.job, title, entry.why, entry.cron, None, "", "", is_late=False)
    at, state, error, now = last
    late = (now - at).total_seconds() > (entry.minutes + max(5, entry.minutes // 10)) * 60
    return Clockwork(entry.job, title, entry.why, entry.cron, at, JobRun.State(state).label, error, is_late=late)


def _title(name: str) -> str:
    return JOBS[name].title if name in JOBS else name
