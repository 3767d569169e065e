"""Fills the catalogue once: questions from the packs, the answers of the foundation, the jobs of exchange."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hrss.exchange import jobs
from hrss.exchange.catalogue.loading import load_questions
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.people_answers import basic_facts
from hrss.kernel.problem import Problems

DECLARED_JOBS = (jobs.complete_batch, jobs.sweep)


def wire(packs: Path) -> None:
    """Register everything; mistakes in question files end the start, a line each (``ImproperlyConfigured``)."""
    try:
        found = load_questions(packs)
    except Problems as problems:
        raise ImproperlyConfigured("\n".join(str(problem) for problem in problems)) from None
    for question in found:
        CATALOGUE.register(question)
    CATALOGUE.answer_with("people.basic", many=basic_facts)
