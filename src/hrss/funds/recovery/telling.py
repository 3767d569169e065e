"""Telling the debtor, or the heir, what was decided: in the inbox, and that something waits on the phone."""

from __future__ import annotations

from typing import Any

from hrss.foundation.messages.services import send
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.funds.benefits import benefit_of
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan

TEMPLATES: dict[str, str] = {
    Measure.Kind.DECIDE: "debt.decided",
    Measure.Kind.PLAN: "debt.plan",
    Measure.Kind.OFFSET: "debt.offset",
    Measure.Kind.CANCEL: "debt.cancelled",
}


def tell(measure: Measure, *, actor: Actor) -> None:
    """Send what concerns the one who pays; a write-off and a dropped debt are not told, and nothing to the dead."""
    debt, template = measure.debt, TEMPLATES.get(measure.kind)
    if template is None or debt.state == Debt.State.DROPPED:
        return
    with elevated(actor) as system:
        payer = debt.heir_id or debt.person_id
        if not Person.objects.filter(id=payer, death_date=None).exists():
            return
        send(payer, template, _facts(measure), actor=system, link=f"/my/debts/{debt.id}/")


def _facts(measure: Measure) -> dict[str, Any]:
    debt = measure.debt
    facts: dict[str, Any] = {"benefit": benefit_of(debt.benefit).name}
    if measure.kind == Measure.Kind.DECIDE:
        facts |= {"amount": yuan(debt.amount), "due": debt.due_on}
    if measure.kind == Measure.Kind.PLAN:
        first = measure.content["instalments"][0]
        facts |= {"count": len(measure.content["instalments"]), "amount": yuan(first["fen"])}
    if measure.kind == Measure.Kind.OFFSET:
        facts |= {"percent": measure.content["share"] // 10_000}
    return facts
