"""One attempt at one job: as the system, in one transaction, noted whatever happens.

The effect and the note that it is done commit together. A second run of the same job finds the note and stops; a
worker that was paused and overtaken fails to write its note and rolls back.
"""

from __future__ import annotations

import re
import traceback
from typing import Any

from django.db import IntegrityError, connection, transaction
from procrastinate.job_context import JobContext

from hrss.foundation.jobs.models import JobRun
from hrss.foundation.jobs.registry import Job
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

_FINISH = (
    "UPDATE jobs_jobrun SET state = %s, ended_at = clock_timestamp(), error = %s WHERE id = %s AND state = 'running'"
)
_DONE_ONCE = "jobs_run_done_once"
_LONG_NUMBER = re.compile(r"\d{6,}")
_ERROR_LENGTH = 500


class Overtaken(Exception):
    """Another worker has done this job in the meantime."""


def run(job: Job, context: JobContext, **arguments: Any) -> None:
    """Run an attempt the worker fetched; an error is noted and raised for the retry policy."""
    arguments.pop("timestamp", None)  # periodic jobs are told their tick; none needs it
    job_id = context.job.id or 0
    attempt(job, job_id=job_id, number=context.job.attempts + 1, arguments=arguments)


def attempt(job: Job, *, job_id: int, number: int, arguments: dict[str, Any]) -> bool:
    """Do the work unless it is done already; tells whether this attempt did it."""
    if JobRun.objects.filter(job_id=job_id, state=JobRun.State.DONE).exists():
        return False
    row = JobRun.objects.create(job_id=job_id, name=job.name, attempt=number)
    try:
        _work(job, row.id, arguments)
    except Overtaken:
        _finish(row.id, JobRun.State.LOST, "另一进程已完成")
        return False
    except BaseException as error:
        _finish(row.id, JobRun.State.FAILED, describe(error))
        raise
    return True


def describe(error: BaseException) -> str:
    """Say what went wrong without repeating data: long numbers are blanked, the place is named."""
    if isinstance(error, Problem):
        text = f"{error.code}：{error}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        place = f"（{frames[-1].name}，第 {frames[-1].lineno} 行）" if frames else ""
        lines = str(error).splitlines()
        text = f"{type(error).__name__}{place}：{lines[0] if lines else ''}"
    return _LONG_NUMBER.sub("•", text)[:_ERROR_LENGTH]


def _work(job: Job, run_id: int, arguments: dict[str, Any]) -> None:
    if job.own_transactions:
        job.function(**arguments)
        with transaction.atomic():
            _note_done(run_id)
        return
    with acting(system_actor(job.name)):
        job.function(**arguments)
        _note_done(run_id)


def _note_done(run_id: int) -> None:
    try:
        _finish(run_id, JobRun.State.DONE, "")
    except IntegrityError as error:
        if _DONE_ONCE in str(error):
            raise Overtaken from error
        raise


def _finish(run_id: int, state: str, error: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, [state, error, run_id])
