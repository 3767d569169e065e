"""Pay the residents' pension: the contribution of this year, or the missing years at once when sixty is reached.

A year is paid once: the database refuses a second payment. Years made up late have no subsidy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import ResidentEnrolment, ResidentPayment
from hrss.domains.insurance.services import accounts, receiving
from hrss.domains.insurance.services.enrol_resident import remember_grade
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("insurance.bill_resident")
def bill_resident(person_id: UUID, *, actor: Actor, grade_yuan: int, on: date, key: str = "") -> Outcome:
    """Make the bill of what the person can pay on ``on``: this year, or all missing years at sixty."""
    due = _due(person_id, grade_yuan, on)
    span = str(due.years[0]) if len(due.years) == 1 else f"{due.years[0]}至{due.years[-1]}"
    purpose = f"居民养老保险{'补缴' if due.late else '缴费'}（{span} 年，{grade_yuan} 元档）"
    bill_id = receiving.bill(person_id, actor=actor, fen=due.fen, purpose=purpose)
    audit.record(
        actor,
        "insurance.bill_resident",
        subject_kind="collection",
        subject_id=bill_id,
        person_id=person_id,
        region=due.enrolment.region_code,
        detail={"years": list(due.years), "grade": grade_yuan},
    )
    return Outcome("collection", str(bill_id), data={"fen": due.fen, "years": list(due.years)})


@verb("insurance.pay_resident")
def pay_resident(person_id: UUID, *, actor: Actor, bill_id: UUID, grade_yuan: int, on: date, key: str = "") -> Outcome:
    """Have the bill paid and credit it: the subsidy of the grade goes with it, made-up years have none.

    Everything is checked before the channel is asked; a bill that was taken already is found again. Problems: those of
    billing, ``insurance.bill`` (409), ``banking.channel`` (503).
    """
    due = _due(person_id, grade_yuan, on)
    receipt = receiving.take(bill_id, person_id, actor=actor, fen=due.fen)
    rows = [_pay(due.enrolment, year, grade_yuan, late=due.late, on=on, receipt=receipt) for year in due.years]
    if not due.late:
        remember_grade(person_id, grade_yuan)
    _tell(actor, "insurance.pay_resident", due.enrolment, rows)
    return Outcome(
        "resident_payment",
        str(rows[-1].id),
        data={
            "years": list(due.years),
            "paid": due.fen,
            "subsidy": sum(row.subsidy_fen for row in rows),
            "receipt": receipt,
        },
    )


@dataclass(frozen=True, slots=True)
class _Due:
    """What somebody pays at a grade: which years, whether made up late, how many fen."""

    enrolment: ResidentEnrolment
    years: tuple[int, ...]
    late: bool
    fen: int


def _due(person_id: UUID, grade_yuan: int, on: date) -> _Due:
    """Lock the enrolment and give what is due. Problems say why nothing is, or why the grade cannot be chosen."""
    enrolment = _enrolment_to_pay(person_id)
    if (problem := policies.grade_problem(grade_yuan, enrolment.category, on)) is not None:
        raise problem
    years, late = queries.years_due(enrolment.person, on)
    if not years and late:
        raise policies.already("缴费年限已经够了", "不用补缴，可以直接申领待遇")
    if not years:
        raise policies.already(f"{on.year} 年已经缴过费", "请在缴费记录里查看")
    return _Due(enrolment, years, late, grade_yuan * amounts.FEN * len(years))


def _enrolment_to_pay(person_id: UUID) -> ResidentEnrolment:
    rows = ResidentEnrolment.objects.select_for_update(of=("self",)).select_related("person")
    enrolment = rows.filter(person_id=person_id, ended_on=None).first()
    if enrolment is None:
        raise policies.not_enrolled()
    if enrolment.person.death_date is not None:
        raise policies.deceased()
    if queries.running_award(person_id, amounts.PENSION_BENEFIT) is not None:
        raise policies.already("已经在领养老金", "不用再缴费")
    return enrolment


def _pay(
    enrolment: ResidentEnrolment, year: int, grade_yuan: int, *, late: bool, on: date, receipt: str
) -> ResidentPayment:
    subsidy = amounts.subsidy(grade_yuan, late=late, on=on)
    paid, granted, person_id = grade_yuan * amounts.FEN, int(subsidy.amount), enrolment.person_id
    row = ResidentPayment.objects.create(
        person_id=person_id,
        region_code=enrolment.region_code,
        year=year,
        grade_yuan=grade_yuan,
        paid_fen=paid,
        subsidy_fen=granted,
        is_late=late,
        paid_on=on,
        receipt=receipt,
        basis=amounts.stored(subsidy),
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
