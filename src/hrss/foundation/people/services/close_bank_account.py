"""Stop using a payee account."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.policies import require_self_or_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.close_bank_account")
def close_bank_account(account_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Close an account from today on. Problem ``people.bank_account_closed`` (409) when there is nothing to close."""
    row = BankAccount.objects.select_for_update().filter(id=account_id).first()
    if row is None or row.state not in {BankAccount.State.PROPOSED, BankAccount.State.ACTIVE}:
        raise Problem("people.bank_account_closed", "没有这个可停用的账户", remedy="请刷新列表", status=409)
    require_self_or_post(actor, person_to_change(row.person_id), doing="停用银行账户")
    row.state, row.until = BankAccount.State.CLOSED, timezone.localdate()
    row.save()
    audit.record(
        actor,
        "people.close_bank_account",
        subject_kind="bank_account",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
    )
    return Outcome("bank_account", str(row.id), data={"state": row.state})
