"""What is already known about an applicant, with its source: the values of ``x-prefill`` (办事不重复填)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar
from uuid import UUID

from hrss.casework.handlers import Plain, Prefilled, Subject
from hrss.exchange.answer import Status
from hrss.exchange.asking import ask
from hrss.foundation.people.queries import bank_accounts
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

REGISTER = "人员档案"
UNEMPLOYED = "失业登记"


def about_account(person_id: UUID, *, actor: Actor) -> Mapping[str, Prefilled]:
    """Say whether an account is on record that money can go to."""
    known = any(one.until is None for one in bank_accounts(person_id, actor=actor) if one.usable_from is not None)
    return {"insurance.pay_to": Prefilled("record" if known else "new", REGISTER)}


def about_leaving(person_id: UUID, *, actor: Actor) -> Mapping[str, Prefilled]:
    """Give why the last job ended, as the unemployment registration has it; asked through exchange."""
    found = registration_of(person_id, actor=actor)
    reason = str(found.get("leave_reason", ""))
    return {"insurance.leave_reason": Prefilled(reason, UNEMPLOYED)} if reason else {}


def registration_of(person_id: UUID, *, actor: Actor) -> Mapping[str, object]:
    """Ask employment for the unemployment registration; empty where there is none or nobody may ask."""
    try:
        answer = ask("employment.registration_status", person_id, actor=_asker(actor))
    except Problem:
        return {}
    return dict(answer.data or {}) if answer.status is Status.ANSWERED else {}


def _asker(actor: Actor) -> Actor:
    """An automatic step of a case asks for the case; people at their own affairs say so by themselves."""
    if actor.kind is ActorKind.SYSTEM:
        return actor.for_purpose("case")
    return actor if actor.purpose or actor.kind is ActorKind.PUBLIC else actor.for_purpose("counter")


class Knowing(Plain):
    """A handler that fills in what this domain knows of the applicant: each of ``fills`` is asked about the person."""

    fills: ClassVar[tuple[Callable[..., Mapping[str, Prefilled]], ...]]

    def prefill(self, subject: Subject, *, actor: Actor) -> Mapping[str, Prefilled]:
        """Give what they answer; of a firm nothing is known."""
        if subject.person_id is None:
            return {}
        answers = [fill(subject.person_id, actor=actor) for fill in self.fills]
        return {name: one for answer in answers for name, one in answer.items()}
