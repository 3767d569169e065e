"""Put a graduate without a job on the real-name list (未就业高校毕业生实名制)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.domains.employment.models import Graduate
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.list_graduate")
def list_graduate(
    person_id: UUID, *, actor: Actor, region_code: str, school: str, graduated_on: date, today: date
) -> Outcome:
    """List the graduate from ``today``; listed again is the same row with the newer facts."""
    if graduated_on > today:
        raise Problem("employment.future", "毕业日期不能晚于今天", remedy="请核对日期", field="graduated_on")
    row, _made = Graduate.objects.update_or_create(
        person_id=person_id,
        defaults={"region_code": region_code, "school": school, "graduated_on": graduated_on},
        create_defaults={
            "region_code": region_code,
            "school": school,
            "graduated_on": graduated_on,
            "listed_on": today,
        },
    )
    audit.record(
        actor,
        "employment.list_graduate",
        subject_kind="graduate",
        subject_id=row.id,
        person_id=person_id,
        region=region_code,
    )
    return Outcome("graduate", str(row.id))
