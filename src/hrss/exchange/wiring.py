"""Fills the catalogue once: questions from the packs, the answers of the foundation, the jobs of exchange."""

from __future__ import annotations

from pathlib import Path

from hrss.exchange import jobs
from hrss.exchange.catalogue.loading import load_questions
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.people_answers import basic_facts

DECLARED_JOBS = (jobs.complete_batch, jobs.sweep)


def wire(packs: Path) -> None:
    """Register everything; ``Problems`` names each mistake in a question file."""
    for question in load_questions(packs):
        CATALOGUE.register(question)
    CATALOGUE.answer_with("people.basic", many=basic_facts)
