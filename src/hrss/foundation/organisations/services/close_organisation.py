"""Record that an organisation has ceased."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.organisations.services.change_organisation import open_organisation
from hrss.foundation.people.policies import RECORDERS, require_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("organisations.close_organisation")
def close_organisation(organisation_id: UUID, *, actor: Actor, closed_on: date, reason: str, key: str = "") -> Outcome:
    """Close it; ``closed_on`` is its last day. Problems ``organisations.closed_on|reason|closed``."""
    organisation = open_organisation(organisation_id)
    require_post(actor, *RECORDERS, Function.DATA, region=organisation.region_code, doing="注销单位")
    founded = organisation.founded_on
    if closed_on > timezone.localdate() or (founded is not None and closed_on < founded):
        raise Problem(
            "organisations.closed_on",
            "注销日期应在成立之后、今天以前",
            remedy="请核对营业执照上的成立日期和注销日期",
            field="closed_on",
        )
    if not reason.strip():
        raise Problem("organisations.reason", "请写明注销依据", remedy="如市场监管注销通知", field="reason")
    organisation.status, organisation.closed_on = Organisation.Status.CLOSED, closed_on
    organisation.save()
    audit.record(
        actor,
        "organisations.close_organisation",
        subject_kind="organisation",
        subject_id=organisation.id,
        region=organisation.region_code,
        detail={"closed_on": closed_on, "reason": reason.strip()},
    )
    return Outcome("organisation", str(organisation.id), data={"status": organisation.status})
