"""What runs by itself: deemed acceptance, lapsed corrections, proofs still asked for, days counted provisionally.

Each job does a bounded number of cases and leaves the rest to its next run; one stubborn case never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.intake.asking_again import ask_pending
from hrss.casework.intake.loading import drop_stage
from hrss.casework.items.vocabulary import State
from hrss.casework.models import Bundle, BundleMember, Case, Clock
from hrss.casework.packages.progress import ready_members
from hrss.casework.services.deem_accepted import deem_accepted
from hrss.casework.services.start_package import draft_of, start_member
from hrss.casework.services.terminate import terminate
from hrss.foundation.audit import record
from hrss.foundation.jobs import job
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

_BATCH = 500
_STAGE_LIFE = timedelta(hours=1)
_LOG = structlog.get_logger(__name__)
_ROBOT = system_actor("casework.jobs")
_PACKER = system_actor("casework.advance_package").for_purpose("case")  # it asks for the proofs of a case


@job("casework.deem_accepted", own_transactions=True)
def deem_lapsed_accepted() -> int:
    """Count as accepted what nobody answered within five working days (行政许可法第三十二条); gives how many."""
    late = _lapsed(Clock.Kind.ACCEPTANCE, State.SUBMITTED)
    return _each(late, lambda case_id: deem_accepted(case_id, actor=_ROBOT))


@job("casework.end_uncorrected", own_transactions=True)
def end_uncorrected() -> int:
    """End applications that were not put right in time; gives how many."""
    late = _lapsed(Clock.Kind.CORRECTION, State.CORRECTING)
    return _each(late, lambda case_id: terminate(case_id, actor=_ROBOT, reason="补正期限已过，申请人没有补正"))


@job("casework.ask_again", own_transactions=True)
def ask_again() -> int:
    """Ask once more for proofs that were still pending; gives how many cases were asked for."""
    with acting(_ROBOT):
        waiting = list(
            Case.objects.filter(materials__state="pending", closed_at=None)
            .values_list("id", flat=True)
            .distinct()[:_BATCH]
        )
    return _each(waiting, lambda case_id: ask_pending(open_case(case_id), actor=_ROBOT))


@job("casework.recount", own_transactions=True)
def recount_provisional() -> int:
    """Count again the days that were provisional because the calendar was not confirmed; gives how many cases."""
    with acting(_ROBOT):
        running = Clock.objects.filter(provisional=True, met_on=None, cancelled=False)
        waiting = list(running.values_list("case_id", flat=True).distinct()[:_BATCH])
    return _each(waiting, lambda case_id: clocks.recount(open_case(case_id).case))


@job("casework.drop_left_stages", own_transactions=True)
def drop_left_stages() -> int:
    """Drop the stages of bulk loads that a crash left behind an hour ago or more; gives how many."""
    with acting(_ROBOT), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_left_stages()")
        left = [UUID(str(row[0])) for row in cursor.fetchall()]
    old = [batch_id for batch_id in left if _age_of(batch_id) > _STAGE_LIFE]
    for batch_id in old:
        drop_stage(batch_id)
    return len(old)


@job("casework.advance_package")
def advance_package(*, bundle_id: str) -> int:
    """Start the members of a package whose turn has come, drop those that never can; gives how many started."""
    bundle = Bundle.objects.select_for_update().get(id=bundle_id)
    startable, dropped = ready_members(bundle)
    BundleMember.objects.filter(id__in=[one.id for one in dropped]).update(state=BundleMember.State.DROPPED)
    started = sum(_start(member) for member in startable)
    record(
        _PACKER,
        "casework.advance_package",
        subject_kind="bundle",
        subject_id=bundle.id,
        person_id=bundle.person_id,
        region=bundle.region_code,
        detail={"started": started, "dropped": len(dropped)},
    )
    return started


def _start(member: BundleMember) -> bool:
    """Start a member; where its form or proofs do not suffice the applicant finds a draft to complete."""
    try:
        with transaction.atomic():
            start_member(member, actor=_PACKER)
    except Problem as problem:
        _LOG.info("package member waits for the applicant", member=str(member.id), code=problem.code)
        draft_of(member, actor=_PACKER)
        BundleMember.objects.filter(id=member.id).update(state=BundleMember.State.ASK)
        return False
    return True


def _lapsed(kind: str, state: str) -> list[UUID]:
    with acting(_ROBOT):
        late = Clock.objects.filter(kind=kind, met_on=None, cancelled=False, provisional=False, case__state=state)
        return list(late.filter(due_on__lt=timezone.localdate()).values_list("case_id", flat=True)[:_BATCH])


def _age_of(batch_id: UUID) -> timedelta:
    """A UUIDv7 begins with the milliseconds of its making."""
    return timezone.now() - datetime.fromtimestamp((batch_id.int >> 80) / 1000, tz=UTC)


def _each(case_ids: Iterable[UUID], do: Callable[[UUID], object]) -> int:
    done = 0
    for case_id in case_ids:
        try:
            with acting(_ROBOT):
                do(case_id)
        except Problem as problem:
            _LOG.info("case left for later", case=str(case_id), code=problem.code)
            continue
        done += 1
    return done
