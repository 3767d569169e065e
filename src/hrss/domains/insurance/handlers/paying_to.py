"""The account a benefit goes to: one on record, or a new one the applicant names and another person confirms.

Money goes to the person's own account only (M05); a changed account cools down before it is used (M06).
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from hrss.casework.handlers import CaseFacts
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.people.services import add_bank_account, review_bank_account
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

NEW = "new"


def account_problems(case: CaseFacts, *, actor: Actor) -> Iterator[Problem]:
    """Say that no account is on record where the applicant counts on one; a form that does not ask means a new one."""
    if case.data.get("pay_to", NEW) == NEW or case.person_id is None:
        return
    with elevated(actor):
        known = BankAccount.objects.filter(person_id=case.person_id, state=BankAccount.State.ACTIVE, until=None)
        if known.exists():
            return
    yield Problem(
        "insurance.no_account",
        "还没有登记过可以收款的本人账户",
        rule="M05：待遇只发放到本人账户",
        remedy="请选“新的本人账户”，填写银行和账号",
        field="pay_to",
    )


def take_up_account(case: CaseFacts, *, actor: Actor) -> Outcome | None:
    """Enter the new account in the applicant's name and confirm it as the deciding officer; None where none is new."""
    if case.data.get("pay_to", NEW) != NEW or case.person_id is None:
        return None
    with elevated(actor):
        person = Person.objects.get(id=case.person_id)
    applicant = Actor(ActorKind.PUBLIC, person=person.id, name=person.name, purpose="self", channel=actor.channel)
    try:
        proposed = add_bank_account(
            person.id,
            actor=applicant,
            bank=str(case.data["bank"]),
            number=str(case.data["bank_number"]),
            holder=person.name,
        )
    except Problem as problem:
        if problem.code == "people.bank_account_exists":
            return None
        raise
    with elevated(actor) as officer:
        return review_bank_account(UUID(proposed.id), actor=officer, verified=True)
