"""The page of a package: its members, what each waits for, and the latest day of those that run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.casework.items.vocabulary import STATE_NAMES
from hrss.casework.models import Bundle, BundleMember
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member: waiting, started (then with its case), offline or dropped."""

    item_code: str
    item_name: str
    state: str
    state_name: str
    after: tuple[str, ...]
    case_id: UUID | None
    number: str
    case_state: str
    case_state_name: str
    decision: str
    act_by: date | None


@dataclass(frozen=True, slots=True)
class BundlePage:
    """A package under way. ``act_by`` is the latest member's day; each member is measured alone as well."""

    id: UUID
    number: str
    package_code: str
    package_name: str
    region_code: str
    members: list[MemberRow]
    act_by: date | None
    is_settled: bool


def bundle_page(bundle_id: UUID, *, actor: Actor) -> BundlePage:
    """Give a package with its members; Problem ``package.not_found`` (404) outside the actor's scope."""
    bundle = Bundle.objects.filter(id=bundle_id).first()
    if bundle is None:
        raise Problem("package.not_found", "没有这个办件", remedy="请从“我的办件”进入", status=404)
    rows = [_row(one) for one in bundle.members.select_related("case").order_by("position")]
    days = [row.act_by for row in rows if row.act_by is not None]
    open_rows = [row for row in rows if row.state == "waiting" or (row.case_id and not row.decision)]
    return BundlePage(
        id=bundle.id,
        number=bundle.number,
        package_code=bundle.package_code,
        package_name=bundle.package_name,
        region_code=bundle.region_code,
        members=rows,
        act_by=max(days) if days else None,
        is_settled=not open_rows,
    )


def _row(member: BundleMember) -> MemberRow:
    case = member.case
    return MemberRow(
        item_code=member.item_code,
        item_name=member.item_name,
        state=member.state,
        state_name=str(BundleMember.State(member.state).label),
        after=tuple(member.after),
        case_id=case.id if case else None,
        number=case.number if case else "",
        case_state=case.state if case else "",
        case_state_name=STATE_NAMES[case.state] if case else "",
        decision=case.decision if case else "",
        act_by=case.act_by if case else None,
    )
