"""Jobs: work that runs after the answer was given, kept in the database until it is done.

A thin interface over procrastinate: ``@job``, ``enqueue`` in the caller's transaction, the ``PERIODIC`` table, a board
for operators. A job's effect and its completion commit together, so a job that is run again changes nothing twice.
It refuses jobs nobody declared.
"""

from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.jobs.registry import JOBS, Job, job
from hrss.foundation.jobs.retrying import Retry

__all__ = ["JOBS", "Job", "Retry", "enqueue", "job"]
