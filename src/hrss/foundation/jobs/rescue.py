"""Jobs whose worker died or hangs are put back into the queue; the ones that kill their worker are parked.

A worker shows it is alive every ten seconds; after forty without a sign its jobs are taken from it.
"""

from __future__ import annotations

from django.db import connection

from hrss.foundation.jobs.registry import JOBS
from hrss.foundation.jobs.retrying import Retry

SILENT_SECONDS = 40
LEAST_ATTEMPTS = 3  # a restart of the machine is not the fault of the job

_STALLED = """
SELECT job.id, job.task_name, job.attempts FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing'
  AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""
_AGAIN = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
_PARK = "SELECT procrastinate_finish_job_v1(%s, 'failed', false)"
_LOST = "UPDATE jobs_jobrun SET state = 'lost', ended_at = clock_timestamp() WHERE job_id = %s AND state = 'running'"


def rescue_stalled(*, silent_seconds: int = SILENT_SECONDS) -> int:
    """Put jobs of silent workers back; gives how many. Runs inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, [silent_seconds])
        stalled: list[tuple[int, str, int]] = cursor.fetchall()
        for job_id, name, attempts in stalled:
            job = JOBS.get(name)
            limit = max((job.retry if job else Retry()).attempts, LEAST_ATTEMPTS)
            cursor.execute(_AGAIN if attempts + 1 < limit else _PARK, [job_id])
            cursor.execute(_LOST, [job_id])
    return len(stalled)
