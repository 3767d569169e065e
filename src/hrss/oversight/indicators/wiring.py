"""Wiring of indicators: the jobs and the datasets they publish. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.foundation.datasets import register
from hrss.oversight.indicators import jobs
from hrss.oversight.indicators.datasets import DATASETS

DECLARED_JOBS = (jobs.measure_month, jobs.backfill)


def wire() -> None:
    """Publish the datasets; importing ``jobs`` declares the jobs."""
    register(*DATASETS)
