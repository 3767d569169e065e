"""Pay the residents' pension: the contribution of this year, or the missing years at once when sixty is reached.

A year is paid once: the database refuses a second payment. Years made up late have no subsidy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import ResidentEnrolment, ResidentPayment
from hrss.domains.insurance.services import accounts, receiving
from hrss.domains.insurance.services.enrol_resident import remember_grade
from hrss.foundation import audit
from hrss.foundation.people.cards import age_on
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("insurance.pay_resident_year")
def pay_resident_year(
    person_id: UUID,
    *,
    actor: Actor,
    grade_yuan: int,
    on: date,
    payer: str = "self",
    channel: str = "online",
    reference: str = "",
    key: str = "",
) -> Outcome:
    """Pay the contribution of the year of ``on`` at a grade; the subsidy is found by the rule and credited with it."""
    enrolment = _enrolment_to_pay(person_id, on)
    if (problem := policies.grade_problem(grade_yuan, enrolment.category, on)) is not None:
        raise problem
    row = _pay(
        enrolment, on.year, grade_yuan, late=False, payer=payer, on=on, actor=actor, channel=(channel, reference)
    )
    remember_grade(person_id, grade_yuan)
    _tell(actor, "insurance.pay_resident_year", enrolment, [row])
    return Outcome(
        "resident_payment",
        str(row.id),
        data={"year": row.year, "paid": row.paid_fen, "subsidy": row.subsidy_fen, "receipt": row.receipt},
    )


@verb("insurance.make_up_years")
def make_up_years(
    person_id: UUID,
    *,
    actor: Actor,
    grade_yuan: int,
    on: date,
    channel: str = "online",
    reference: str = "",
    key: str = "",
) -> Outcome:
    """Pay all years missing to the least number at once, at sixty or later. Problem where none is missing."""
    enrolment = _enrolment_to_pay(person_id, on, making_up=True)
    if (problem := policies.grade_problem(grade_yuan, enrolment.category, on)) is not None:
        raise problem
    years = policies.years_to_make_up(queries.resident_years(person_id).years, on)
    if not years:
        raise policies.already("缴费年限已经够了", "不用补缴，可以直接申领待遇")
    rows = [
        _pay(enrolment, year, grade_yuan, late=True, payer="self", on=on, actor=actor, channel=(channel, reference))
        for year in years
    ]
    _tell(actor, "insurance.make_up_years", enrolment, rows)
    total = sum(row.paid_fen for row in rows)
    return Outcome(
        "resident_payment", str(rows[-1].id), data={"years": list(years), "paid": total, "shown": yuan(total)}
    )


def _enrolment_to_pay(person_id: UUID, on: date, *, making_up: bool = False) -> ResidentEnrolment:
    enrolment = ResidentEnrolment.objects.select_for_update().filter(person_id=person_id, ended_on=None).first()
    if enrolment is None:
        raise policies.not_enrolled()
    person = Person.objects.get(id=person_id)
    if person.death_date is not None:
        raise policies.deceased()
    if queries.running_award(person_id, amounts.PENSION_BENEFIT) is not None:
        raise policies.already("已经在领养老金", "不用再缴费")
    is_old = age_on(person.birth_date, on) >= amounts.PENSION_AGE
    if making_up != is_old:
        raise Problem(
            "insurance.not_yet" if making_up else "insurance.past_paying",
            "还没有满 60 周岁，不用一次补缴" if making_up else "已经满 60 周岁，不再按年缴费",
            rule=policies.RESIDENTS,
            remedy="现在按年缴费就可以" if making_up else "年限不够的可以一次补足，够了就可以申领",
            status=409,
        )
    return enrolment


def _pay(
    enrolment: ResidentEnrolment,
    year: int,
    grade_yuan: int,
    *,
    late: bool,
    payer: str,
    on: date,
    actor: Actor,
    channel: tuple[str, str],
) -> ResidentPayment:
    subsidy = amounts.subsidy(grade_yuan, late=late, on=on)
    paid, granted, person_id = grade_yuan * amounts.FEN, int(subsidy.amount), enrolment.person_id
    row = ResidentPayment(
        person_id=person_id,
        region_code=enrolment.region_code,
        year=year,
        grade_yuan=grade_yuan,
        paid_fen=paid,
        subsidy_fen=granted,
        is_late=late,
        payer=payer,
        paid_on=on,
        basis=amounts.stored(subsidy),
    )
    way, reference = channel
    row.receipt = receiving.receive(
        person_id,
        actor=actor,
        fund=receiving.RESIDENTS,
        fen=paid,
        purpose=receiving.SELF_PAID,
        on=on,
        channel=way,
        reference=reference or str(row.id),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise policies.already(f"{year} 年已经缴过费", "请在缴费记录里查看") from None
    if granted:
        receiving.receive(
            person_id,
            actor=actor,
            fund=receiving.RESIDENTS,
            fen=granted,
            purpose=receiving.SUBSIDY,
            on=on,
            channel="finance",
            reference=f"{row.id}:subsidy",
        )
    accounts.credit(person_id, region_code=enrolment.region_code, payment=paid, subsidy=granted, on=on)
    return row


def _tell(actor: Actor, action: str, enrolment: ResidentEnrolment, rows: Sequence[ResidentPayment]) -> None:
    audit.record(
        actor,
        action,
        subject_kind="resident_payment",
        subject_id=rows[-1].id,
        person_id=enrolment.person_id,
        region=enrolment.region_code,
        detail={"years": [row.year for row in rows], "grade": rows[-1].grade_yuan},
    )
