"""Asking again: proofs that were still being asked for when the application came in."""

from __future__ import annotations

from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.models import Material
from hrss.exchange.answer import Status
from hrss.exchange.asking import ask
from hrss.kernel.actor import Actor


def ask_pending(work: Work, *, actor: Actor) -> int:
    """Ask for every pending proof once more; gives how many are still pending."""
    case = work.case
    about = case.applicant_organisation_id or case.applicant_person_id
    pending = 0
    for row in case.materials.filter(state=Material.State.PENDING):
        rule = work.item.material(row.code)
        if rule is None or about is None:
            continue
        answer = ask(rule.question, about, actor=actor.for_purpose(case.number), case_id=case.id)
        if answer.status is Status.PENDING:
            pending += 1
            continue
        _store(row, answer.status is Status.ANSWERED, dict(answer.data or {}), answer.reason)
    return pending


def _store(row: Material, proven: bool, data: dict[str, object], reason: str) -> None:
    """A proof that could not be had is not held against the applicant: it may be handed in later (容缺)."""
    row.state = Material.State.PROVEN if proven else Material.State.DEFERRED
    row.how = Material.How.EXCHANGE if proven else Material.How.DEFER
    row.answer, row.note, row.settled_at = data, reason[:400], timezone.now() if proven else None
    row.save(update_fields=["state", "how", "answer", "note", "settled_at"])
