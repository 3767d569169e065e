"""The index of an e-file bag: numbered entries with digests, and one digest over all of it."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from hrss.casework.models import Case, Document


def index_of(case: Case) -> dict[str, Any]:
    """Give the index: the form, each proof, each document, each act, in order of time within each kind."""
    entries: list[dict[str, Any]] = [_entry("form", "申请表", _digest(case.data), at=case.submitted_at)]
    for row in case.materials.order_by("created_at", "code"):
        digest = row.sha256 or _digest([row.answer, row.promise_text])
        entries.append(_entry("material", row.name, digest, at=row.created_at, how=row.how, file=row.file_id))
    entries.extend(_document(document) for document in case.documents.order_by("issued_at", "rule"))
    for action in case.actions.order_by("ordinal"):
        said = [action.verb, action.from_state, action.to_state, action.actor_name, action.note, action.detail]
        entries.append(_entry("action", action.verb, _digest(said), at=action.at, by=action.actor_name))
    for number, entry in enumerate(entries, 1):
        entry["number"] = number
    return {"case": case.number, "item": case.item_code, "name": case.item_name, "entries": entries}


def seal(index: dict[str, Any]) -> str:
    """Give the SHA-256 of an index in canonical JSON."""
    return _digest(index)


def _document(row: Document) -> dict[str, Any]:
    return _entry("document", row.name, row.sha256, at=row.issued_at, number_given=row.number, file=row.file_id)


def _entry(kind: str, title: str, digest: str, **more: object) -> dict[str, Any]:
    return {"kind": kind, "title": title, "sha256": digest, **{name: str(value or "") for name, value in more.items()}}


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
