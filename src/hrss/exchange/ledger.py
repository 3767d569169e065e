"""Writing the ledger: a line before a question goes out, a reply when something came of it, a line for each refusal.

All of it is committed on the ledger's own connection (``apart``). Nothing here says what an answer was, only that there
was one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from hrss.exchange.agencies.failures import CallFailed
from hrss.exchange.answer import Status
from hrss.exchange.apart import ledger_transaction
from hrss.exchange.catalogue.question import Question
from hrss.exchange.findings import Found
from hrss.exchange.subjects import SubjectRef
from hrss.kernel.actor import Actor

_OPEN = """
INSERT INTO exchange_inquiry (batch, question, definition, basis, subject_kind, purpose, case_id, refusal,
  actor_account, actor_person, actor_name, actor_kind, actor_function, actor_organisation, channel, request_id,
  subject_id, person_id, organisation_id, region_code, residence_code)
SELECT %(batch)s, %(question)s, %(definition)s, %(basis)s, %(subject_kind)s, %(purpose)s, %(case_id)s, %(refusal)s,
  %(actor_account)s, %(actor_person)s, %(actor_name)s, %(actor_kind)s, %(actor_function)s, %(actor_organisation)s,
  %(channel)s, %(request_id)s, row.*
FROM unnest(%(subjects)s::uuid[], %(persons)s::uuid[], %(organisations)s::uuid[], %(regions)s::text[],
  %(residences)s::text[]) AS row
RETURNING id, subject_id
"""

_CLOSE = """
INSERT INTO exchange_reply (inquiry_id, status, source, as_of, is_kept, failure, code, attempts, took_ms, digest,
  subject_id, person_id, organisation_id, region_code, residence_code)
SELECT row.line, row.status, %(source)s, row.as_of, row.is_kept, row.failure, row.code, %(attempts)s, %(took_ms)s,
  row.digest, i.subject_id, i.person_id, i.organisation_id, i.region_code, i.residence_code
FROM unnest(%(lines)s::bigint[], %(statuses)s::text[], %(as_of)s::timestamptz[], %(kept)s::bool[],
  %(failures)s::text[], %(codes)s::text[], %(digests)s::bytea[])
  AS row(line, status, as_of, is_kept, failure, code, digest)
JOIN exchange_inquiry AS i ON i.id = row.line
ON CONFLICT (inquiry_id) DO NOTHING
"""

_REGIONS = {
    "person": "SELECT id, region_code, residence_code FROM people_person WHERE id = ANY(%s)",
    "organisation": "SELECT id, region_code, '' FROM organisations_organisation WHERE id = ANY(%s)",
    "household": "SELECT id, region_code, '' FROM people_household WHERE id = ANY(%s)",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What all lines of one call share."""

    question: str
    definition: str
    basis: str
    subject_kind: str
    actor: Actor
    case_id: UUID | None
    batch: UUID


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of one line; ``digest`` is that of the answer."""

    line_id: int
    outcome: Found | CallFailed
    digest: bytes | None = None


def heading_of(question: Question, *, actor: Actor, case_id: UUID | None, batch: UUID) -> Heading:
    """Make the heading of a question in the catalogue."""
    return Heading(question.name, question.digest, question.basis_text, question.subject, actor, case_id, batch)


def open_lines(heading: Heading, subjects: Sequence[SubjectRef]) -> dict[UUID, int]:
    """Write one line per subject and commit; gives the ids of the lines by subject."""
    with ledger_transaction() as connection:
        return _write(connection, heading, subjects)


def close_lines(source: str, closings: Sequence[Closing], *, attempts: int = 1, took_ms: int = 0) -> None:
    """Write the replies and commit; a line that has a reply already keeps it."""
    if not closings:
        return
    row: Mapping[str, Any] = {
        "source": source,
        "attempts": attempts,
        "took_ms": took_ms,
        "lines": [closing.line_id for closing in closings],
        "statuses": [_status(closing.outcome) for closing in closings],
        "as_of": [closing.outcome.as_of if isinstance(closing.outcome, Found) else None for closing in closings],
        "kept": [isinstance(closing.outcome, Found) and closing.outcome.is_kept for closing in closings],
        "failures": [_failure(closing.outcome) for closing in closings],
        "codes": [closing.outcome.code if isinstance(closing.outcome, CallFailed) else "" for closing in closings],
        "digests": [closing.digest for closing in closings],
    }
    with ledger_transaction() as connection:
        connection.execute(_CLOSE, row)


def refuse_lines(heading: Heading, subject_ids: Iterable[UUID], *, refusal: str) -> None:
    """Write and commit a line for each subject of a refused question, so that the persons concerned see the attempt."""
    ids = list(dict.fromkeys(subject_ids))
    with ledger_transaction() as connection:
        _write(connection, heading, _located(connection, heading.subject_kind, ids), refusal=refusal)


def _write(
    connection: psycopg.Connection[Any], heading: Heading, subjects: Sequence[SubjectRef], *, refusal: str = ""
) -> dict[UUID, int]:
    row = _columns(heading) | {
        "refusal": refusal,
        "subjects": [subject.id for subject in subjects],
        "persons": [subject.person_id for subject in subjects],
        "organisations": [subject.organisation_id for subject in subjects],
        "regions": [subject.region_code for subject in subjects],
        "residences": [subject.residence_code for subject in subjects],
    }
    return {subject: line for line, subject in connection.execute(_OPEN, row).fetchall()}


def _columns(heading: Heading) -> dict[str, Any]:
    actor = heading.actor
    post = actor.posts[0] if actor.posts else None
    return {
        "batch": heading.batch,
        "question": heading.question,
        "definition": heading.definition,
        "basis": heading.basis,
        "subject_kind": heading.subject_kind,
        "purpose": actor.purpose,
        "case_id": heading.case_id,
        "actor_account": actor.account,
        "actor_person": actor.person,
        "actor_name": actor.name,
        "actor_kind": actor.kind.value,
        "actor_function": post.function.value if post else "",
        "actor_organisation": post.organisation if post else "",
        "channel": actor.channel,
        "request_id": actor.request_id,
    }


def _located(connection: psycopg.Connection[Any], kind: str, ids: Sequence[UUID]) -> list[SubjectRef]:
    """Find where the subjects belong, as the system: the asker may not see them, but they may see the attempt."""
    statement = _REGIONS.get(kind)
    rows = connection.execute(statement, [list(ids)]).fetchall() if statement else []
    regions = {id: (region, residence) for id, region, residence in rows}
    return [_located_one(kind, id, *regions.get(id, ("", ""))) for id in ids]


def _located_one(kind: str, id: UUID, region: str, residence: str) -> SubjectRef:
    return SubjectRef(
        id=id,
        kind=kind,
        person_id=id if kind == "person" else None,
        organisation_id=id if kind == "organisation" else None,
        region_code=region,
        residence_code=residence,
    )


def _status(outcome: Found | CallFailed) -> str:
    return outcome.status.value if isinstance(outcome, Found) else Status.FAILED.value


def _failure(outcome: Found | CallFailed) -> str:
    return outcome.failure.value if isinstance(outcome, CallFailed) else ""
