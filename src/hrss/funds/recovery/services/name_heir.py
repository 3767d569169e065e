"""Name who answers for a dead person's debt (确定偿还人): an heir, within what was inherited."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.people.models import Person
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.recovery.decision import reissue_decision
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import MAKERS, record
from hrss.funds.recovery.models import Debt
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("recovery.name_heir")
def name_heir(debt_id: UUID, *, actor: Actor, heir_id: UUID, relation: str, key: str = "") -> Outcome:
    """Let an heir see and pay the debt; a decision made already is issued again, to the heir.

    Problems ``recovery.alive`` (409), ``recovery.heir``, ``recovery.relation``.
    """
    debt = debt_to_change(debt_id, Debt.State.OPEN, Debt.State.DECIDED)
    require(actor, *MAKERS, region=debt.region_code, doing="确定偿还人")
    if debt.person.death_date is None:
        raise Problem("recovery.alive", "本人健在，由本人退回", remedy="请直接通知本人", status=409)
    heir = Person.objects.filter(id=heir_id, death_date=None).first()
    if heir is None or heir.id == debt.person_id:
        raise Problem("recovery.heir", "查不到这位继承人", remedy="请核对身份证号码", field="heir")
    if not relation.strip():
        raise Problem("recovery.relation", "请写明与去世人员的关系", remedy="例如“儿子”", field="relation")
    debt.heir, debt.relation = heir, relation.strip()[:40]
    with told(REFUSALS):
        debt.save(update_fields=["heir", "relation"])
    reissue_decision(debt, actor=actor)
    record(debt, "recovery.name_heir", actor=actor, detail={"debt": debt.number, "relation": debt.relation})
    return Outcome("debt", str(debt.id), debt.number)
