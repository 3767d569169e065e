"""Ask for a payment (开缴款单): the person, or staff for them; the amount comes from the caller's rule."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.funds.banking.models import Collection
from hrss.funds.codes import fund_of
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("banking.ask_payment")
def ask_payment(*, actor: Actor, fund: str, person_id: UUID, fen: int, purpose: str) -> Outcome:
    """Make a collection of ``fen`` for ``purpose``. Problems: ``banking.amount``, ``people.not_found``."""
    if fen <= 0:
        raise Problem("banking.amount", "缴款金额要大于零", remedy="请核对缴费档次", field="amount")
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise Problem("people.not_found", "查不到这个人，或不在您的管辖区域", remedy="请核对信息", status=404)
    row = Collection.objects.create(
        fund=fund_of(fund).value, person=person, region_code=person.region_code, amount=fen, purpose=purpose
    )
    audit.record(
        actor,
        "banking.ask_payment",
        subject_kind="collection",
        subject_id=row.id,
        person_id=person.id,
        region=person.region_code,
        detail={"fund": row.fund, "fen": fen, "purpose": purpose},
    )
    return Outcome("collection", str(row.id), data={"fen": fen})
