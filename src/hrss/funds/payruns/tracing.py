"""Tracing a payment: what decided it, the attempts before and after, whether the next run can pay it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.models import BankAccount
from hrss.funds.ledger.models import Detail
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.models import Run
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Trace:
    """A payment between its decision and the books. ``case_id`` or ``batch`` decided it.

    ``account`` is the newest active account of the person; ``is_new_account`` tells whether it is another one than
    this payment went to. ``entries`` are the vouchers it stands in: (entry, text, debit account, fen).
    """

    row: Payment
    case_id: UUID | None
    batch: str
    before: Payment | None
    later: Payment | None
    account: BankAccount | None
    is_new_account: bool
    entries: tuple[tuple[int, str, str, int], ...]


def trace_of(payment_id: int, *, actor: Actor) -> Trace:
    """Give the trace of a payment within the actor's scope; the read is logged by ``payables.payment_by_id``.

    Problem ``payables.no_payment`` (404).
    """
    with as_actor(actor):
        row = (
            Payment.objects.select_related("entitlement", "person", "retry_of", "retried_by")
            .filter(id=payment_id)
            .first()
        )
        if row is None:
            raise Problem("payables.no_payment", "没有这笔发放", remedy="请从发放清单进入", status=404)
        account = BankAccount.objects.filter(person=row.person_id, state="active", until=None)
        newest = account.order_by("-since", "-id").first()
        return Trace(
            row,
            row.entitlement.case_id,
            row.entitlement.batch,
            row.retry_of,
            getattr(row, "retried_by", None),
            newest,
            newest is not None and bytes(newest.index) != bytes(row.account_index),
            _entries_of(row),
        )


def payments_at(references: Collection[str]) -> dict[str, int]:
    """Give the payments that details of the books name (``<run number>-<ordinal>``), by reference."""
    wanted: dict[str, dict[int, str]] = {}
    for reference in references:
        number, _, ordinal = reference.rpartition("-")
        if number and ordinal.isdigit():
            wanted.setdefault(number, {})[int(ordinal)] = reference
    found: dict[str, int] = {}
    for run in Run.objects.filter(number__in=list(wanted)):
        rows = Payment.objects.filter(run_id=run.id, ordinal__in=list(wanted[run.number]))
        found |= {wanted[run.number][ordinal or 0]: key for key, ordinal in rows.values_list("id", "ordinal")}
    return found


def _entries_of(row: Payment) -> tuple[tuple[int, str, str, int], ...]:
    if row.ordinal is None:
        return ()
    rows = Detail.objects.filter(
        person=row.person_id, reference=f"{row.run_number}-{row.ordinal}", line__debit__gt=0
    ).select_related("line__entry", "line__account")
    return tuple((one.line.entry_id, one.line.entry.text, one.line.account.name, one.amount) for one in rows)
