"""What a take-over batch consists of, and its digest: the text three persons sign is the text that is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from hrss.kernel.months import YearMonth

SOURCE = "payables.batch"


@dataclass(frozen=True, slots=True)
class TakeOverRow:
    """One entitlement of the older system: to whom, which benefit, since when, on which facts."""

    person_id: UUID
    benefit: str
    first: YearMonth
    last: YearMonth | None
    facts: Mapping[str, Any]
    purpose: str = ""
    account_id: UUID | None = None


def digest_of_rows(rows: Iterable[TakeOverRow]) -> str:
    """Give the digest of the rows, whatever order they come in."""
    return hashlib.sha256(b"\n".join(sorted(_line(row) for row in rows))).hexdigest()


def columns(rows: Sequence[TakeOverRow]) -> list[list[Any]]:
    """Give the rows as arrays in the order the statement takes them."""
    return [
        [row.person_id for row in rows],
        [row.benefit for row in rows],
        [row.purpose for row in rows],
        [row.first.index for row in rows],
        [row.last.index if row.last else None for row in rows],
        [row.account_id for row in rows],
    ]


def _line(row: TakeOverRow) -> bytes:
    values = [row.person_id, row.benefit, row.purpose, str(row.first), str(row.last or ""), dict(row.facts)]
    return orjson.dumps([*values, row.account_id], option=orjson.OPT_SORT_KEYS)
