"""Verification: what anybody who holds a paper's code may see, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import orjson
from django.db import connection

from hrss.casework.documents.codes import grouped, normal


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A paper that exists. ``subject`` is masked: 冉*英; ``party`` says who that is (申请人, 收件人).

    ``ended_on`` is the day from which it is no longer in force, None while it is; ``ended_why`` says why.
    """

    name: str
    number: str
    code: str
    issued_on: date
    sha256: str
    item_name: str
    party: str
    subject: str
    authority: str
    rows: list[list[str]]
    ended_on: date | None
    ended_why: str


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
    name, number, issued_on, sha256, authority, kept, topic, subject, party, ended_on, ended_why = row
    rows = orjson.loads(kept) if isinstance(kept, str | bytes) else kept
    return VerifiedDocument(
        name=name,
        number=number,
        code=grouped(wanted),
        issued_on=issued_on,
        sha256=sha256,
        item_name=topic,
        party=party,
        subject=masked(subject),
        authority=authority,
        rows=[list(pair) for pair in rows if pair[0] != "申请人"],
        ended_on=ended_on,
        ended_why=ended_why,
    )


def masked(name: str) -> str:
    """Hide the middle of a person's name; a firm's name (more than four characters) stays."""
    if len(name) > 4:
        return name
    return name[0] + "*" * (len(name) - 2) + name[-1] if len(name) > 2 else name[0] + "*"
