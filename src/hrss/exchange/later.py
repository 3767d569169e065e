"""Putting a batch with open lines in the queue; the job lives or dies with the asker's transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hrss.foundation.jobs import enqueue

JOB = "exchange.complete"


def complete_later(batch: UUID, *, attempt: int = 1, pause: float = 0.0) -> None:
    """Enqueue the completion of a batch, ``pause`` seconds from now."""
    at = datetime.now(UTC) + timedelta(seconds=pause) if pause else None
    enqueue(JOB, at=at, batch=batch, attempt=attempt)
