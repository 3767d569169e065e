"""An office for the insurance tests: one clerk a post, all different people; cases walked to their decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.foundation.people.builders import BAIDI, COUNTY, make_person, public, staff, village

from hrss.casework import services
from hrss.casework.models import Case
from hrss.foundation.people.models import Person
from hrss.foundation.people.services import add_bank_account, review_bank_account
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor

SYSTEM = system_actor("tests")
PHONE = "10012345678"
PROMISED = (
    "identity", "low_income", "disability", "one_child", "proof", "death", "kinship", "leave_proof", "registration",
)  # fmt: skip
MATERIALS: Mapping[str, Mapping[str, Any]] = {code: {"promise": True} for code in PROMISED}
ACCOUNT = {"pay_to": "new", "bank": "重庆农村商业银行", "bank_number": "6217001234567890122"}


def _clerk(function: Function, region: str) -> Actor:
    person = make_person("职员", region=village())
    return staff(function, region=region, purpose="case", person=person.id)


@dataclass
class Office:
    """Who decides: handler and reviewer of the township, approver of the county."""

    handler: Actor = field(default_factory=lambda: _clerk(Function.HANDLER, BAIDI))
    reviewer: Actor = field(default_factory=lambda: _clerk(Function.REVIEWER, BAIDI))
    approver: Actor = field(default_factory=lambda: _clerk(Function.APPROVER, COUNTY))

    def decide(self, case_id: UUID) -> Case:
        """Walk a case through its posts to the decision the handler proposes."""
        services.accept(case_id, actor=self.handler)
        with acting(SYSTEM):
            state = Case.objects.get(id=case_id).state
        if state == "accepted":
            services.handle(case_id, actor=self.handler, opinion="符合条件")
        services.review(case_id, actor=self.reviewer, opinion="同意")
        with acting(SYSTEM):
            case = Case.objects.get(id=case_id)
        if case.state == "approving":
            services.approve(case_id, actor=self.approver, opinion="同意")
        with acting(SYSTEM):
            return Case.objects.get(id=case_id)

    def grant(self, item: str, data: dict[str, Any], person_id: UUID) -> Case:
        """Apply as the person and have it decided."""
        done = services.apply(item, data, actor=public(person_id), materials=MATERIALS)
        case = self.decide(UUID(done.id))
        assert case.decision == "granted", case.decision
        return case


def account_of(person_id: UUID, number: str = "6217001234567890122") -> UUID:
    """A usable account of a person, entered by themselves and reviewed."""
    with acting(SYSTEM):
        name = Person.objects.get(id=person_id).name
    made = add_bank_account(person_id, actor=public(person_id), bank="重庆农村商业银行", number=number, holder=name)
    review_bank_account(UUID(made.id), actor=SYSTEM, verified=True)
    return UUID(made.id)
