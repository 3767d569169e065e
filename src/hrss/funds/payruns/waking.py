"""Waking the worker for a run, in the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.jobs.queue import enqueue

ADVANCE = "payruns.advance"


def wake_worker(run_id: UUID) -> None:
    """Queue the job that brings a run as far as it goes without a person."""
    enqueue(ADVANCE, once=f"{ADVANCE} {run_id}", run_id=run_id)
