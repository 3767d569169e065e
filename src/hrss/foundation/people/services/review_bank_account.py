"""Review a proposed payee account: verified and usable after the cooling time, or refused with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.policies import is_system, refuse_own_affairs, require_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

# M06 is a proposal of ours (status unverified): seven calendar days hold three working days outside long holidays.
COOLING_DAYS = 7


@verb("people.review_bank_account")
def review_bank_account(account_id: UUID, *, actor: Actor, verified: bool, reason: str = "", key: str = "") -> Outcome:
    """Say whether the bank confirmed name, id number and account. ``reason`` is needed to refuse.

    A changed account is usable after ``COOLING_DAYS``, a first one at once; the old one serves until then (M06).
    Problems: ``people.not_proposed`` (409), ``people.same_reviewer`` (403), ``people.no_post`` (403).
    """
    row = BankAccount.objects.select_for_update().filter(id=account_id).first()
    if row is None or row.state != BankAccount.State.PROPOSED:
        raise Problem("people.not_proposed", "没有这个待复核的账户", remedy="请刷新列表", status=409)
    require_post(actor, Function.REVIEWER, region=row.region_code, doing="复核银行账户")
    refuse_own_affairs(actor, row.person_id)
    if not is_system(actor) and actor.person == row.proposed_by:
        raise Problem(
            "people.same_reviewer",
            "录入和复核不能是同一个人",
            rule="M06 账户变更由他人复核",
            remedy="请交由他人复核",
            status=403,
        )
    if not verified and not reason.strip():
        raise Problem("people.reason", "请写明不通过的原因", field="reason")
    before = _activate(row, actor) if verified else _refuse(row, actor, reason.strip())
    audit.record(
        actor,
        "people.review_bank_account",
        subject_kind="bank_account",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"verified": verified, "replaces": before},
    )
    if verified:  # the old phone and the inbox are told (M06)
        facts = {"person": row.person_id, "tail": row.tail, "usable_from": row.usable_from, "replaces": before}
        announce("person.bank_account_changed", facts, actor=actor)
    usable = row.usable_from.isoformat() if row.usable_from else ""
    return Outcome("bank_account", str(row.id), data={"state": row.state, "usable_from": usable, "replaces": before})


def _activate(row: BankAccount, actor: Actor) -> int:
    today = timezone.localdate()
    still_open = Q(until=None) | Q(until__gte=today)
    old = BankAccount.objects.filter(still_open, person_id=row.person_id, state=BankAccount.State.ACTIVE)
    usable_from = today + timedelta(days=COOLING_DAYS if old.exists() else 0)
    row.state, row.usable_from, row.verified_at = BankAccount.State.ACTIVE, usable_from, timezone.now()
    row.reviewed_by, row.reviewed_at = actor.person, timezone.now()
    ended = old.update(until=usable_from - timedelta(days=1))
    row.save()
    return ended


def _refuse(row: BankAccount, actor: Actor, reason: str) -> int:
    row.state, row.refusal = BankAccount.State.REFUSED, reason
    row.reviewed_by, row.reviewed_at = actor.person, timezone.now()
    row.save()
    return 0
