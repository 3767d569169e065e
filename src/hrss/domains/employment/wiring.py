"""Wiring of the employment domain: handlers, answers, datasets. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.casework import handlers
from hrss.domains.employment import answers, jobs
from hrss.domains.employment.datasets import DATASETS
from hrss.domains.employment.handlers import HANDLERS
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.foundation.datasets import register

DECLARED_JOBS = (jobs.derive_statuses, jobs.end_silent, jobs.clear_families, jobs.remind)


def wire() -> None:
    """Register what the domain gives to the parts below it."""
    for name, handler in HANDLERS.items():
        handlers.register(name, handler)
    CATALOGUE.answer_with("employment.status", one=answers.status_of, many=answers.status_of_many)
    CATALOGUE.answer_with(
        "employment.registration_status", one=answers.registration_of, many=answers.registration_of_many
    )
    register(*DATASETS)
