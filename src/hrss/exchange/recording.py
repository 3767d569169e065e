"""Recording findings: the answer is kept, the line in the ledger gets its reply. Findings that are not final wait."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from hrss.exchange import ledger
from hrss.exchange.agencies.failures import CallFailed
from hrss.exchange.catalogue.question import Question
from hrss.exchange.findings import Finding, Found
from hrss.exchange.kept import digest_of_answer, keep
from hrss.exchange.ledger import Closing
from hrss.exchange.subjects import SubjectRef
from hrss.foundation.crypto import ring_in_use


def is_final(finding: Finding) -> bool:
    """Tell whether nothing more is to be expected: an answer, or a failure that asking again does not help."""
    return isinstance(finding, Found) or (isinstance(finding, CallFailed) and not finding.may_be_asked_again)


def record(
    question: Question,
    findings: Mapping[UUID, Finding],
    *,
    subjects: Mapping[UUID, SubjectRef],
    lines: Mapping[UUID, int],
    attempts: int = 1,
    took_ms: int = 0,
) -> None:
    """Keep the new answers and close the lines of all ``findings``; call it inside ``acting``, with final ones only."""
    answered = [(subjects[id], finding) for id, finding in findings.items() if isinstance(finding, Found)]
    keep(question, [(subject, found) for subject, found in answered if not found.is_kept])
    ring = ring_in_use()
    digests = {subject.id: digest_of_answer(subject.id, found.data, ring=ring) for subject, found in answered}
    closings = [
        Closing(lines[id], finding, digests.get(id))
        for id, finding in findings.items()
        if isinstance(finding, Found | CallFailed)
    ]
    ledger.close_lines(question.source, closings, attempts=attempts, took_ms=took_ms)
