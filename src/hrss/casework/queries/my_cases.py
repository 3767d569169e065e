"""My cases: what a person, or the firm a person acts for, has applied for, with drafts on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hrss.casework.items.vocabulary import SETTLED, STATE_NAMES
from hrss.casework.queries.drafts import DraftView, drafts
from hrss.casework.queries.reading import checked_limit, cursor_of, day, moment, one_json, parts_of
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case as its applicant sees it in a list."""

    id: UUID
    number: str
    item_code: str
    item_name: str
    state: str
    state_name: str
    decision: str
    submitted_at: datetime | None
    act_by: date | None
    needs_me: bool
    is_settled: bool
    can_rate: bool
    documents: int


@dataclass(frozen=True, slots=True)
class MyCases:
    """A page of one's cases, newest first, and all drafts (on the first page)."""

    cases: list[MyCase]
    drafts: list[DraftView]
    next: str


_STATEMENT = """
    SELECT coalesce(json_agg(page ORDER BY submitted_at DESC, id DESC), '[]'::json)::text FROM (
      SELECT c.id, c.number, c.item_code, c.item_name, c.state, c.decision, c.submitted_at, c.act_by,
             c.state = 'correcting' OR EXISTS (SELECT 1 FROM casework_material m
                WHERE m.case_id = c.id AND m.state = 'deferred') AS needs_me,
             EXISTS (SELECT 1 FROM casework_rating r WHERE r.case_id = c.id) AS rated,
             (SELECT count(*) FROM casework_document d WHERE d.case_id = c.id) AS documents
        FROM casework_case c
       WHERE {whose} AND (%(at)s::timestamptz IS NULL OR (c.submitted_at, c.id) < (%(at)s::timestamptz, %(last)s::uuid))
       ORDER BY c.submitted_at DESC, c.id DESC LIMIT %(size)s) AS page"""
_RATEABLE = frozenset({"decided", "delivered", "archived", "rejected", "terminated"})


def my_cases(*, actor: Actor, after: str = "", limit: int = 20) -> MyCases:
    """Give the cases of the organisation acted for, else of the person (or the person acted for)."""
    size = checked_limit(limit, most=100)
    at, last = parts_of(after, 2) if after else (None, None)
    organisation = actor.acting_for_organisation
    whose = "c.applicant_organisation_id = %(who)s" if organisation else "c.applicant_person_id = %(who)s"
    who = organisation or actor.subject_person
    found = one_json(_STATEMENT.format(whose=whose), {"who": who, "at": at, "last": last, "size": size + 1})
    rows = [_row(one) for one in found[:size]]
    following = cursor_of(found[size - 1]["submitted_at"], rows[-1].id) if len(found) > size else ""
    return MyCases(rows, [] if after else drafts(actor=actor), following)


def _row(raw: dict[str, Any]) -> MyCase:
    return MyCase(
        id=UUID(raw["id"]),
        number=raw["number"],
        item_code=raw["item_code"],
        item_name=raw["item_name"],
        state=raw["state"],
        state_name=STATE_NAMES[raw["state"]],
        decision=raw["decision"],
        submitted_at=moment(raw["submitted_at"]),
        act_by=day(raw["act_by"]),
        needs_me=raw["needs_me"],
        is_settled=raw["state"] in SETTLED,
        can_rate=raw["state"] in _RATEABLE and not raw["rated"],
        documents=raw["documents"],
    )
