"""What a measure does when the third person agrees: one function a kind, run with debt and measure locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from hrss.foundation.refusals import told
from hrss.funds.payables.deductions import end_deduction, lock_deduction, start_deduction
from hrss.funds.recovery import booking
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.decision import end_decision, issue_decision
from hrss.funds.recovery.models import Debt, Instalment, Measure, Movement
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def take_effect(measure: Measure, *, actor: Actor) -> None:
    """Do what was decided; ``measure.state`` is done already. Problems of the ledger and of the database's guards."""
    with told(REFUSALS):
        EFFECTS[Measure.Kind(measure.kind)](measure, actor)


def move_debt(debt: Debt, state: Debt.State) -> None:
    """Bring a locked debt into ``state``; the database holds the declared transitions."""
    debt.state = state
    with told(REFUSALS):
        debt.save(update_fields=["state", "due_on"])


def settle_if_paid(debt: Debt) -> None:
    """Close the debt when nothing is owed and nothing is on its way."""
    if debt.state == Debt.State.DECIDED and outstanding(debt) == 0 and _moved(debt) == debt.amount:
        move_debt(debt, Debt.State.SETTLED)


def require_still_owed(measure: Measure) -> None:
    """Problem ``recovery.over`` (409) where somebody paid since the measure was proposed."""
    lock_deduction(measure.debt_id)
    if outstanding(measure.debt) != int(measure.content["fen"]):
        raise Problem(
            "recovery.over",
            "提出以后欠款已有变动，签的不是现在的尚欠金额",
            rule="三个岗位签的是同一份内容",
            remedy="请退回，按现在的尚欠金额重新提出",
            status=409,
        )


def _decide(measure: Measure, actor: Actor) -> None:
    debt, content = measure.debt, measure.content
    if not content["recover"]:
        move_debt(debt, Debt.State.DROPPED)
        return
    issue_decision(measure, actor=actor)
    measure.entry_id = booking.book_debt(debt, str(measure.id), actor=actor, on=timezone.localdate())
    debt.due_on = date.fromisoformat(content["due_on"])
    move_debt(debt, Debt.State.DECIDED)


def _plan(measure: Measure, actor: Actor) -> None:
    require_still_owed(measure)
    rows = [_instalment(measure, number, one) for number, one in enumerate(measure.content["instalments"], start=1)]
    Instalment.objects.bulk_create(rows)


def _instalment(measure: Measure, number: int, one: dict[str, Any]) -> Instalment:
    return Instalment(
        measure=measure,
        person_id=measure.person_id,
        region_code=measure.region_code,
        number=number,
        due_on=date.fromisoformat(one["due_on"]),
        amount=one["fen"],
    )


def _offset(measure: Measure, actor: Actor) -> None:
    require_still_owed(measure)
    start_deduction(
        reference=measure.debt_id,
        entitlement_id=measure.content["entitlement"],
        share=measure.content["share"],
        most=measure.content["fen"],
    )


def _write_off(measure: Measure, actor: Actor) -> None:
    require_still_owed(measure)
    debt, fen, today = measure.debt, int(measure.content["fen"]), timezone.localdate()
    end_deduction(debt.id)
    measure.entry_id = booking.book_write_off(debt, fen, str(measure.id), actor=actor, on=today)
    _move(measure, Movement.Kind.WRITE_OFF, fen, today)
    move_debt(debt, Debt.State.WRITTEN_OFF)


def _cancel(measure: Measure, actor: Actor) -> None:
    debt = measure.debt
    decision = debt.measures.get(kind=Measure.Kind.DECIDE, state=Measure.State.DONE)
    text = f"撤销多发待遇追回决定 {debt.number}"
    measure.entry_id = booking.book_mirror(
        debt, decision.entry_id or 0, str(measure.id), measure.kind, text, actor=actor, on=timezone.localdate()
    )
    end_deduction(debt.id)
    end_decision(debt)
    move_debt(debt, Debt.State.CANCELLED)


def _restore(measure: Measure, actor: Actor) -> None:
    debt, today = measure.debt, timezone.localdate()
    last = Movement.objects.filter(debt=debt, kind=Movement.Kind.WRITE_OFF).latest("id")
    text = f"恢复追回 {debt.number}"
    measure.entry_id = booking.book_mirror(
        debt, last.entry_id, str(measure.id), measure.kind, text, actor=actor, on=today
    )
    move_debt(debt, Debt.State.DECIDED)
    _move(measure, Movement.Kind.RESTORE, -last.amount, today)


def _move(measure: Measure, kind: Movement.Kind, fen: int, on: date) -> None:
    Movement.objects.create(
        debt=measure.debt,
        person_id=measure.person_id,
        region_code=measure.region_code,
        kind=kind,
        amount=fen,
        on=on,
        measure=measure,
        entry_id=measure.entry_id or 0,
    )


def _moved(debt: Debt) -> int:
    return sum(debt.movements.values_list("amount", flat=True))


EFFECTS: dict[Measure.Kind, Callable[[Measure, Actor], None]] = {
    Measure.Kind.DECIDE: _decide,
    Measure.Kind.PLAN: _plan,
    Measure.Kind.OFFSET: _offset,
    Measure.Kind.WRITE_OFF: _write_off,
    Measure.Kind.CANCEL: _cancel,
    Measure.Kind.RESTORE: _restore,
}
