"""Going on: when a member of a package is decided, the members that waited for it start or are dropped."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import Work
from hrss.casework.models import Bundle, BundleMember, Case
from hrss.foundation.jobs import enqueue
from hrss.kernel.actor import Actor


def go_on(work: Work, *, actor: Actor) -> None:
    """Let a package go on after a decision: what can start is started by a job of its own, so nothing here waits."""
    if work.case.bundle_id is not None:
        enqueue("casework.advance_package", bundle_id=str(work.case.bundle_id))


def join_bundle(case: Case, member_id: UUID | None) -> None:
    """Make a submitted case the case of its package's member; nothing where it belongs to no package."""
    member = BundleMember.objects.filter(id=member_id).first() if member_id else None
    if member is None:
        return
    member.case_id, member.state = case.id, BundleMember.State.STARTED
    member.save(update_fields=["case", "state"])
    case.bundle_id = member.bundle_id
    case.save(update_fields=["bundle"])


def ready_members(bundle: Bundle) -> tuple[list[BundleMember], list[BundleMember]]:
    """Give the waiting members that can start now and those that never can, because one they wait for failed."""
    members = list(bundle.members.select_related("case"))
    granted = {one.item_code for one in members if one.case is not None and one.case.decision == "granted"}
    failed = {one.item_code for one in members if _has_failed(one)}
    waiting = [one for one in members if one.state == BundleMember.State.WAITING]
    dropped = [one for one in waiting if set(one.after) & failed]
    offline = {one.item_code for one in members if one.state == BundleMember.State.OFFLINE}
    startable = [one for one in waiting if one not in dropped and set(one.after) <= granted | offline]
    return startable, dropped


def _has_failed(member: BundleMember) -> bool:
    if member.state == BundleMember.State.DROPPED:
        return True
    case = member.case
    return case is not None and (
        case.decision == "refused" or case.state in ("rejected", "withdrawn", "terminated", "transferred")
    )
