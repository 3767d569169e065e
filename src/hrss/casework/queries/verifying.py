"""Verification: what anybody who holds a document's code may see, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.db import connection

from hrss.casework.documents.codes import grouped, normal


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document that exists. ``subject`` is masked: 冉*英."""

    name: str
    number: str
    code: str
    issued_on: date
    sha256: str
    item_name: str
    subject: str
    authority: str
    rows: list[list[str]]


def verify_document(code: str) -> VerifiedDocument | None:
    """Give what a code proves, None for a code nobody issued. Works without an actor."""
    wanted = normal(code)
    if not wanted:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_verify(%s)", [wanted])
        row = cursor.fetchone()
    if row is None:
        return None
    name, number, issued_on, sha256, facts, item_name, subject, _state = row
    known: Mapping[str, Any] = orjson.loads(facts) if isinstance(facts, str | bytes) else facts
    shown = [list(pair) for pair in known.get("rows", ()) if pair[0] != "申请人"]
    return VerifiedDocument(
        name, number, grouped(wanted), issued_on, sha256, item_name, masked(subject), known.get("authority", ""), shown
    )


def masked(name: str) -> str:
    """Hide the middle of a person's name; a firm's name (more than four characters) stays."""
    if len(name) > 4:
        return name
    return name[0] + "*" * (len(name) - 2) + name[-1] if len(name) > 2 else name[0] + "*"
