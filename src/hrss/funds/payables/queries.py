"""Reads of payables: what a person is entitled to, what was paid, how it was calculated. Scoped and read-logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.queries import lineage
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.models import Entitlement, FactVersion, Payment
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.catalogue import load_all
from hrss.rules.engine import Explanation, replay

ANSWERS: dict[str, str] = {
    "paid": "已到账",
    "wrong_account": "账号不存在",
    "closed_account": "账户已销户",
    "name_mismatch": "户名不符",
    "refused": "银行未能处理",
}

ENTITLEMENTS_OF, PAYMENTS_OF = "payables.entitlements", "payables.payments"


@dataclass(frozen=True, slots=True)
class EntitlementView:
    """An entitlement as people read it; ``facts`` are those in force now."""

    id: UUID
    benefit: str
    name: str
    purpose: str
    first: YearMonth
    last: YearMonth | None
    is_running: bool
    stop_reason: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One attempt to pay a month: what, how much in fen, what the bank said, which account, how it was calculated.

    ``deducted`` of the amount was kept for a debt.
    """

    id: int
    benefit: str
    name: str
    purpose: str
    month: YearMonth
    fen: int
    deducted: int
    state: str
    state_name: str
    run_number: str
    answer: str
    answered_on: date | None
    account_tail: str
    bank: str
    attempt: int
    note: str
    stored: dict[str, Any]

    def explanation(self) -> Explanation:
        """Compute the amount again from what was stored; its text says how it came about."""
        load_all()  # a stored rule is found by its name
        return replay(self.stored)


def entitlements_of(person_id: UUID, *, actor: Actor) -> tuple[EntitlementView, ...]:
    """Give everything a person is or was entitled to, newest first; leaves a read event."""
    with as_actor(actor):
        rows = list(Entitlement.objects.filter(person_id__in=lineage(person_id)).order_by("-first", "-id"))
        audit.read(actor, person_id=person_id, what=ENTITLEMENTS_OF, region=_region(rows))
        newest = _newest_facts([row.id for row in rows])
    return tuple(_entitlement(row, newest.get(row.id, {})) for row in rows)


def payments_of(
    person_id: UUID,
    *,
    actor: Actor,
    before: int | None = None,
    limit: int = 24,
) -> tuple[PaymentView, ...]:
    """Give the payments of a person, newest month first; ``before`` is the last id of the page before.

    Leaves a read event.
    """
    with as_actor(actor):
        rows = Payment.objects.select_related("basis").exclude(state=Payment.State.DROPPED)
        rows = rows.filter(person_id__in=lineage(person_id))
        if before is not None:
            rows = rows.filter(id__lt=before)
        found = list(rows.order_by("-id")[: max(1, min(limit, 200))])
        audit.read(actor, person_id=person_id, what=PAYMENTS_OF, region=_region(found))
    return tuple(view_of(row) for row in found)


def fully_paid(entitlements: Sequence[UUID]) -> set[UUID]:
    """Give those of the entitlements whose every month up to the last one is with the person (call inside ``acting``).

    Not those with a month on its way, or one that waits to be paid again.
    """
    over = Entitlement.objects.filter(id__in=entitlements, last__isnull=False, next_month__gt=F("last"))
    waiting = Q(state=Payment.State.OPEN) | Q(
        state__in=(Payment.State.HELD, Payment.State.DROPPED, Payment.State.RETURNED), settled=False
    )
    owed = Payment.objects.filter(waiting, entitlement=OuterRef("pk"))
    return set(over.exclude(Exists(owed)).values_list("id", flat=True))


def payment_by_id(payment_id: int, *, actor: Actor) -> PaymentView:
    """Give one payment; Problem ``payables.no_payment`` (404) where it is not within the actor's scope."""
    with as_actor(actor):
        row = Payment.objects.select_related("basis").filter(id=payment_id).first()
        if row is None:
            raise Problem(
                "payables.no_payment", "没有这笔发放，或者不在您的查看范围", remedy="请从发放清单进入", status=404
            )
        audit.read(actor, person_id=row.person_id, what="payables.payment", region=row.region_code)
    return view_of(row)


def view_of(row: Payment) -> PaymentView:
    """Give a payment as people read it."""
    return PaymentView(
        id=row.id,
        benefit=row.benefit,
        name=benefit_of(row.benefit).name,
        purpose=row.purpose,
        month=YearMonth.from_index(row.month),
        fen=row.amount,
        deducted=row.deducted,
        state=row.state,
        state_name=row.get_state_display(),
        run_number=row.run_number,
        answer=ANSWERS.get(row.answer, row.answer),
        answered_on=row.answered_on,
        account_tail=row.account_tail,
        bank=row.bank,
        attempt=row.attempt,
        note=row.note,
        stored=row.explanation,
    )


def _entitlement(row: Entitlement, facts: dict[str, Any]) -> EntitlementView:
    now = YearMonth.of(timezone.localdate()).index
    return EntitlementView(
        id=row.id,
        benefit=row.benefit,
        name=benefit_of(row.benefit).name,
        purpose=row.purpose,
        first=YearMonth.from_index(row.first),
        last=None if row.last is None else YearMonth.from_index(row.last),
        is_running=runs_in(now, row.first, row.last),
        stop_reason=row.stop_reason,
        facts=facts,
    )


def runs_in(month: int, first: int, last: int | None) -> bool:
    """Whether an entitlement from ``first`` to ``last`` (none: without end) covers a month, all by index."""
    return first <= month and (last is None or last >= month)


def _newest_facts(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = FactVersion.objects.filter(entitlement_id__in=ids).order_by("from_month", "id")
    return {row.entitlement_id: row.facts for row in rows}


def _region(rows: list[Any]) -> str:
    return str(rows[0].region_code) if rows else ""
