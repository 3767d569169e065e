"""The jobs of exchange: completing batches that were left pending, and closing lines whose asker went away.

A line without a job is possible on purpose: it is in the ledger before the question goes out, the job only when the
asker's transaction commits. Nobody waits for such an answer, so nobody is asked again.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hrss.exchange.completing import abandon, complete
from hrss.exchange.later import JOB, complete_later
from hrss.foundation.jobs import job
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

ABANDONED_AFTER = timedelta(days=1)


@job(JOB, queue="exchange", own_transactions=True)
def complete_batch(*, batch: str, attempt: int) -> None:
    """继续核对没有问到的共享数据"""
    progress = complete(UUID(batch), attempt=attempt)
    if progress.still_open:
        with acting(system_actor(JOB)):
            complete_later(UUID(batch), attempt=attempt + 1, pause=progress.pause)


@job("exchange.sweep", queue="exchange", lock="exchange.sweep", own_transactions=True)
def sweep() -> None:
    """关闭提问人已离开的查询"""
    abandon(older_than=ABANDONED_AFTER)
