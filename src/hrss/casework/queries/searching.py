"""Finding cases: by number, by the beginning of a name, by item. Staff leave a read event that says what was sought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.casework.items.vocabulary import STATE_NAMES
from hrss.casework.models import Case
from hrss.casework.queries.reading import checked_limit, cursor_of, parts_of
from hrss.foundation import audit
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A found case."""

    id: UUID
    number: str
    item_code: str
    item_name: str
    state: str
    state_name: str
    subject_name: str
    subject_tail: str
    region_code: str
    submitted_at: datetime
    act_by: date | None


@dataclass(frozen=True, slots=True)
class FoundCases:
    """A page of found cases, newest first."""

    rows: list[CaseHit]
    next: str


def search_cases(text: str, *, actor: Actor, after: str = "", limit: int = 20) -> FoundCases:
    """Find cases by number, the beginning of a name, or an item code; Problem ``search.short`` for one character."""
    wanted = text.strip()
    if len(wanted) < 2:
        raise Problem(
            "search.short", "请至少输入两个字", remedy="输入办件编号、姓名或事项代码", field="text", status=400
        )
    size = checked_limit(limit, most=100)
    rows = Case.objects.filter(
        Q(number=wanted.upper())
        | Q(item_code=wanted.upper())
        | Q(subject_name__gte=wanted, subject_name__lt=wanted + "\U0010ffff")
    )
    if after:
        at, last = parts_of(after, 2)
        rows = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, id__lt=last))
    found = list(rows.order_by("-submitted_at", "-id")[: size + 1])
    if actor.kind is not ActorKind.PUBLIC:
        shown = [row.applicant_person_id for row in found[:size]]
        audit.listed(actor, what="casework.search", persons=shown, purpose=actor.purpose)
    hits = [_hit(row) for row in found[:size]]
    following = cursor_of(found[size - 1].submitted_at.isoformat(), hits[-1].id) if len(found) > size else ""
    return FoundCases(hits, following)


def _hit(row: Case) -> CaseHit:
    return CaseHit(
        id=row.id,
        number=row.number,
        item_code=row.item_code,
        item_name=row.item_name,
        state=row.state,
        state_name=STATE_NAMES[row.state],
        subject_name=row.subject_name,
        subject_tail=row.subject_tail,
        region_code=row.region_code,
        submitted_at=timezone.localtime(row.submitted_at),
        act_by=row.act_by,
    )
