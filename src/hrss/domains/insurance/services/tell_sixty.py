"""Tell a person enrolled in the residents' pension that sixty is near or reached, what is missing, what to do next."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import ResidentEnrolment
from hrss.foundation import audit
from hrss.foundation.messages.services import send
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

PAGE = "/my/insurance/"


@verb("insurance.tell_sixty")
def tell_sixty(enrolment_id: UUID, *, actor: Actor, today: date) -> Outcome:
    """Send the message once; ``told_on`` remembers it."""
    row = ResidentEnrolment.objects.select_for_update(of=("self",)).select_related("person").get(id=enrolment_id)
    if row.told_on is not None:
        raise Problem("insurance.told", "已经提醒过", remedy="不用再提醒；本人没有收到的，请到窗口说明", status=409)
    missing = amounts.missing_years(len(queries.resident_years(row.person_id).years), today)
    next_step = f"您还差 {missing} 年，满六十周岁后可以一次补足" if missing else "您的缴费年限已经够了"
    facts = {"day": policies.sixtieth(row.person.birth_date), "next": next_step}
    send(row.person_id, "insurance.sixty", facts, actor=actor, link=PAGE)
    row.told_on = today
    row.save(update_fields=["told_on"])
    audit.record(
        actor,
        "insurance.tell_sixty",
        subject_kind="resident_enrolment",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"missing": missing},
    )
    return Outcome("resident_enrolment", str(row.id), data={"missing": missing})
