"""The worker: fetches jobs and runs them until told to stop; starts again when the database was away.

Several may run at once. A line of the periodic table without a job is logged as an error; a test keeps them in step.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connections
from django.utils import timezone
from procrastinate import App
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ProcrastinateException
from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from hrss.foundation.jobs.models import JobRun
from hrss.foundation.jobs.periodic import PERIODIC, Periodic
from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.jobs.registry import JOBS
from hrss.foundation.jobs.retrying import RetryStrategy
from hrss.foundation.jobs.running import run

logger = logging.getLogger(__name__)

# What people wait for (a code on the phone, a sealed log) has a lane of its own beside the long jobs.
QUICK = ["outbox", "audit", "house"]
SHUTDOWN_SECONDS = 25
_LONGEST_PAUSE = 30.0


def run_worker(
    stop: threading.Event, *, concurrency: int = 2, queues: list[str] | None = None, polling_seconds: float = 5.0
) -> None:
    """Work until ``stop`` is set; jobs under way get 25 s to end. Returns then; a lost database is waited for.

    Without ``queues`` a second lane takes the quick ones alone, so that a message never waits for a long job.
    """
    lane = threading.Thread(target=_keep_working, args=(stop, 1, QUICK, polling_seconds), kwargs={"periodic": False})
    if queues is None:
        lane.start()
    _keep_working(stop, concurrency, queues, polling_seconds, periodic=True)
    if queues is None:
        lane.join(SHUTDOWN_SECONDS)


def _keep_working(
    stop: threading.Event, concurrency: int, queues: list[str] | None, polling_seconds: float, *, periodic: bool
) -> None:
    pause = 1.0
    while not stop.is_set():
        try:
            if periodic:
                catch_up()
            asyncio.run(_work(stop, concurrency, queues, polling_seconds, wait=True, periodic=periodic))
            pause = 1.0
        except (DatabaseError, PoolTimeout, ProcrastinateException, OSError) as error:
            logger.warning("worker lost the database (%s), trying again in %.0f s", type(error).__name__, pause)
        finally:
            connections.close_all()
        stop.wait(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def run_waiting(*, concurrency: int = 1) -> None:
    """Run what is due now and return; for tests and for an operator's one-off run."""
    asyncio.run(_work(threading.Event(), concurrency, None, 1.0, wait=False, periodic=False))


def catch_up() -> list[str]:
    """Queue periodic jobs that missed their time while no worker ran (a machine switched off at night)."""
    missed = [entry for entry in _declared() if entry.minutes > 10 and _was_missed(entry)]
    for entry in missed:
        enqueue(entry.job, once=f"catch-up {entry.job}")
    return [entry.job for entry in missed]


def build_app(*, with_periodic: bool) -> App:
    """Give a procrastinate app that knows all declared jobs."""
    built = DjangoApp(connector=DjangoConnector().get_worker_connector())
    tasks: dict[str, Any] = {}
    for job in JOBS.values():
        tasks[job.name] = built.task(
            name=job.name, queue=job.queue, retry=RetryStrategy(job.retry), lock=job.lock or None, pass_context=True
        )(partial(run, job))
    if with_periodic:
        for entry in _declared():
            built.periodic(cron=entry.cron, periodic_id=entry.job, queueing_lock=f"periodic {entry.job}")(
                tasks[entry.job]
            )
    return built


def _declared() -> list[Periodic]:
    """Give the lines of the table whose job exists; one that is missing is an error, but no reason to stop the rest."""
    for entry in PERIODIC:
        if entry.job not in JOBS:
            logger.error("periodic job %s is not declared by any part", entry.job)
    return [entry for entry in PERIODIC if entry.job in JOBS]


def _was_missed(entry: Periodic) -> bool:
    last = JobRun.objects.filter(name=entry.job, state=JobRun.State.DONE).order_by("-started_at").first()
    if last is None:
        return False  # a new installation has missed nothing
    return timezone.now() - last.started_at > timedelta(minutes=entry.minutes)


async def _work(
    stop: threading.Event,
    concurrency: int,
    queues: list[str] | None,
    polling_seconds: float,
    *,
    wait: bool,
    periodic: bool,
) -> None:
    app = build_app(with_periodic=periodic)
    threads = ThreadPoolExecutor(concurrency, thread_name_prefix="job")
    asyncio.get_running_loop().set_default_executor(threads)
    only: dict[str, Any] = {"queues": queues} if queues else {}
    async with app.open_async():
        working = asyncio.ensure_future(
            app.run_worker_async(
                **only,
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=polling_seconds,
                shutdown_graceful_timeout=SHUTDOWN_SECONDS,
                install_signal_handlers=False,
                update_heartbeat_interval=10.0,
                listen_notify=wait,
            )
        )
        watching = asyncio.ensure_future(_watch(stop, working))
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await working
        finally:
            watching.cancel()
            await asyncio.gather(*_closings(threads, concurrency))


def _closings(threads: ThreadPoolExecutor, count: int) -> list[asyncio.Future[None]]:
    """Have each of the pool's threads close its own database connections; the barrier makes it one task a thread."""
    barrier = threading.Barrier(count)

    def close() -> None:
        barrier.wait(SHUTDOWN_SECONDS)
        connections.close_all()

    return [asyncio.wrap_future(threads.submit(close)) for _ in range(count)]


async def _watch(stop: threading.Event, working: asyncio.Future[None]) -> None:
    """Tell the worker to end when ``stop`` is set."""
    while not stop.is_set():
        await asyncio.sleep(0.2)
    working.cancel()
