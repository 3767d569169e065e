"""Wiring of plan and projects: the jobs and the datasets they publish. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.foundation.datasets import register
from hrss.oversight.projects import jobs
from hrss.oversight.projects.datasets import DATASETS

DECLARED_JOBS = (jobs.send_reminders,)


def wire() -> None:
    """Publish the datasets; importing ``jobs`` declares the jobs."""
    register(*DATASETS)
