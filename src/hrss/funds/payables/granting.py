"""Making an entitlement row with its first facts: shared by the verbs that grant, take over and resume.

The database looks at the case (or the signed take-over) itself; what it refuses comes back as a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.refusals import told
from hrss.funds.benefits import Benefit, EntitlementFacts, benefit_of
from hrss.funds.payables.models import Entitlement, FactVersion
from hrss.funds.payables.refusals import REFUSALS
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

DECIDERS = (Function.HANDLER, Function.REVIEWER, Function.APPROVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an entitlement or new facts come from: a decided case, or a take-over signed by three persons."""

    case_id: UUID | None = None
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What is granted, to whom, for which months, on which facts."""

    person_id: UUID
    benefit: str
    first: YearMonth
    last: YearMonth | None
    facts: Mapping[str, Any]
    origin: Origin
    purpose: str = ""
    account_id: UUID | None = None
    continues: UUID | None = None


def grant(wanted: Grant, *, actor: Actor, action: str) -> tuple[Entitlement, int]:
    """Insert the entitlement and its facts and record ``action``; gives the row and the first month's fen.

    The rule is tried on the facts first, so that nothing is granted that could not be computed. Problems:
    ``payables.three_persons`` (403), ``payables.not_granted``, ``payables.overlap`` (409), ``payables.account``, those
    of the rules.
    """
    benefit = benefit_of(wanted.benefit)
    person = _person(wanted.person_id)
    require(actor, *DECIDERS, region=person.region_code, doing="确认待遇")
    if wanted.account_id is not None:
        _check_account(wanted.account_id, person.id)
    fen = compute_one(benefit, wanted.first, person.id, wanted.facts)
    with told(REFUSALS):
        row = _insert(wanted, benefit, person)
        record_facts(row, wanted.first, wanted.facts, wanted.origin, actor=actor)
    detail = {"benefit": benefit.code, "first": str(wanted.first), "last": str(wanted.last or ""), "batch": row.batch}
    leave_event(row, action, actor=actor, detail=detail | {"case": str(row.case_id or "")})
    return row, fen


def record_facts(
    row: Entitlement, first: YearMonth, facts: Mapping[str, Any], origin: Origin, *, actor: Actor
) -> FactVersion:
    """Insert facts in force from a month on."""
    return FactVersion.objects.create(
        entitlement=row,
        person_id=row.person_id,
        region_code=row.region_code,
        from_month=first.index,
        facts=dict(facts),
        case_id=origin.case_id,
        batch=origin.batch,
        recorded_by=actor.name,
    )


def compute_one(benefit: Benefit, month: YearMonth, person_id: UUID, facts: Mapping[str, Any]) -> int:
    """Give the fen the rule finds for one month; Problem ``payables.no_amount`` where it finds none."""
    one = EntitlementFacts(uuid7(), person_id, benefit.code, month, facts)
    amount = benefit.compute(month, [one]).get(one.id)
    if amount is None:
        raise Problem(
            "payables.no_amount",
            f"{benefit.name}算不出金额",
            rule="金额只来自规则",
            remedy="请核对核定依据",
            field="facts",
        )
    return amount.fen


def leave_event(row: Entitlement, action: str, *, actor: Actor, detail: dict[str, Any]) -> None:
    """Record an event about an entitlement."""
    audit.record(
        actor,
        action,
        subject_kind="entitlement",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail=detail,
    )


def _insert(wanted: Grant, benefit: Benefit, person: Person) -> Entitlement:
    return Entitlement.objects.create(
        person=person,
        region_code=person.region_code,
        benefit=benefit.code,
        exclusion=benefit.exclusion,
        purpose=wanted.purpose,
        first=wanted.first.index,
        last=wanted.last.index if wanted.last else None,
        next_month=wanted.first.index,
        case_id=wanted.origin.case_id,
        batch=wanted.origin.batch,
        account_id=wanted.account_id,
        continues_id=wanted.continues,
    )


def _person(person_id: UUID) -> Person:
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise Problem("people.not_found", "查不到这个人，或不在您的管辖区域", remedy="请核对信息", status=404)
    return person


def _check_account(account_id: UUID, person_id: UUID) -> None:
    """M05: the money goes to the person's own account."""
    if not BankAccount.objects.filter(id=account_id, person_id=person_id).exists():
        raise Problem(
            "payables.account",
            "收款账户不是本人的",
            rule="M05：待遇只发放到本人账户",
            remedy="请从本人已登记的账户里选择",
            field="bank_account_id",
        )
