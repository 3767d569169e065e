"""Events of a person's working life, append-only, and the status derived from them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.domains.employment.statuses import EventKind, Status


class StatusEvent(models.Model):
    """One event: hired, left, registered, gave up, died … with where it is known from."""

    class Source(models.TextChoices):
        """Who told us."""

        CASE = "case", "办件"
        AGENCY = "agency", "部门共享"
        JOB = "job", "系统推算"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    kind = models.TextField(choices=[(kind.value, kind.name) for kind in EventKind])
    on = models.DateField()
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.TextField(choices=Source.choices)
    case_id = models.UUIDField(null=True)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["person", "on", "id"], name="employment_event_person"),
            models.Index(fields=["region_code", "on"], name="employment_event_region"),
        ]


class CurrentStatus(models.Model):
    """The status today, derived; rebuilt from events every night and at each event."""

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    status = models.TextField(choices=[(status.value, status.name) for status in Status])
    since = models.DateField()
    derived_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["region_code", "status"], name="employment_status_region")]
