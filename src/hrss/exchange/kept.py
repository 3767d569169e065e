"""Kept answers: used again within their validity, sealed, with source and date.

The newest answer decides: when it has run out, an older one is never used instead. Domains are always asked anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.exchange.catalogue.question import Question
from hrss.exchange.findings import Found
from hrss.exchange.models import KeptAnswer
from hrss.exchange.subjects import SubjectRef
from hrss.foundation.crypto import KeyRing, blind_index, open_sealed, ring_in_use, seal

_FIELD = "exchange.answer"

_FIND = """
SELECT subject_id, sealed, as_of FROM (
  SELECT DISTINCT ON (subject_id) subject_id, sealed, as_of, valid_until
  FROM exchange_keptanswer
  WHERE subject_id = ANY(%(subjects)s) AND question = %(question)s AND definition = %(definition)s
  ORDER BY subject_id, received_at DESC, id DESC
) AS newest WHERE valid_until > clock_timestamp()
"""

_KEEP = """
INSERT INTO exchange_keptanswer (question, definition, source, subject_id, person_id, organisation_id, region_code,
  residence_code, digest, sealed, as_of, received_at, valid_until)
SELECT %(question)s, %(definition)s, %(source)s, subject_id, person_id, organisation_id, region_code, residence_code,
  digest, sealed, as_of, clock_timestamp(), as_of + validity
FROM unnest(%(subjects)s::uuid[], %(persons)s::uuid[], %(organisations)s::uuid[], %(regions)s::text[],
  %(residences)s::text[], %(digests)s::bytea[], %(sealed)s::bytea[], %(as_of)s::timestamptz[],
  %(validity)s::interval[])
  AS row(subject_id, person_id, organisation_id, region_code, residence_code, digest, sealed, as_of, validity)
ON CONFLICT (subject_id, question, digest, region_code, residence_code) DO UPDATE
SET definition = excluded.definition, source = excluded.source, sealed = excluded.sealed, as_of = excluded.as_of,
  received_at = excluded.received_at, valid_until = excluded.valid_until
"""


def digest_of_answer(subject_id: UUID, data: Mapping[str, Any] | None, *, ring: KeyRing) -> bytes:
    """Give the keyed digest of an answer, the same for the same answer about the same subject."""
    return blind_index(f"{subject_id}\0{_json(data)}", ring=ring, field=_FIELD)


def find_kept(question: Question, subject_ids: Sequence[UUID]) -> dict[UUID, Found]:
    """Give the answers still valid, for those subjects that have one."""
    if not _is_keepable(question):
        return {}
    asked: dict[str, Any] = {"question": question.name, "definition": question.digest, "subjects": list(subject_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, asked)
        rows: list[tuple[UUID, Any, datetime]] = cursor.fetchall()
    ring = ring_in_use() if rows else None
    return {
        subject: Found(_opened(sealed, ring, question, subject) if ring else None, as_of, is_kept=True)
        for subject, sealed, as_of in rows
    }


def keep(question: Question, found: Sequence[tuple[SubjectRef, Found]]) -> None:
    """Keep answers of an agency; those of domains and those without validity are not kept."""
    if not found or not _is_keepable(question):
        return
    ring = ring_in_use()
    row: dict[str, Any] = {
        "question": question.name,
        "definition": question.digest,
        "source": question.source,
        "subjects": [subject.id for subject, _ in found],
        "persons": [subject.person_id for subject, _ in found],
        "organisations": [subject.organisation_id for subject, _ in found],
        "regions": [subject.region_code for subject, _ in found],
        "residences": [subject.residence_code for subject, _ in found],
        "digests": [digest_of_answer(subject.id, answer.data, ring=ring) for subject, answer in found],
        "sealed": [_sealed(question, subject.id, answer.data, ring=ring) for subject, answer in found],
        "as_of": [answer.as_of for _, answer in found],
        "validity": [question.none_valid_for if answer.data is None else question.valid_for for _, answer in found],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, row)


def open_kept(question: Question, subject_id: UUID, *, digest: bytes | memoryview | None) -> Mapping[str, Any] | None:
    """Give the kept answer a reply in the ledger refers to, valid still or not; None where none was kept."""
    if digest is None:
        return None
    kept = KeptAnswer.objects.filter(question=question.name, subject_id=subject_id, digest=bytes(digest)).first()
    return None if kept is None else _opened(kept.sealed, ring_in_use(), question, subject_id)


def _is_keepable(question: Question) -> bool:
    return question.source_kind == "agency" and bool(question.valid_for or question.none_valid_for)


def _sealed(question: Question, subject: UUID, data: Mapping[str, Any] | None, *, ring: KeyRing) -> bytes | None:
    return None if data is None else seal(_json(data), ring=ring, field=f"{_FIELD}.{question.name}", owner=subject)


def _opened(sealed: Any, ring: KeyRing, question: Question, subject: UUID) -> Mapping[str, Any] | None:
    if sealed is None:
        return None
    text = open_sealed(sealed, ring=ring, field=f"{_FIELD}.{question.name}", owner=subject)
    data: Mapping[str, Any] = json.loads(text)
    return data


def _json(data: Mapping[str, Any] | None) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
