"""Awards (待遇核定): what a person draws, from which month, on which facts, by which rule; and what happened to it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Award(models.Model):
    """One benefit granted to one person; months are their first day, ``last`` None while it runs.

    ``facts`` are what every month's amount is computed from; ``explanation`` is the first calculation as decided.
    ``deceased`` is the person a death grant is about; ``entitlement_id`` the entitlement in the fund.
    """

    class State(models.TextChoices):
        """Life of an award."""

        ACTIVE = "active", "发放中"
        PAUSED = "paused", "已暂停"
        ENDED = "ended", "已停发"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    benefit = models.TextField()
    deceased = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    entitlement_id = models.UUIDField(null=True)
    first = models.DateField()
    planned_last = models.DateField(null=True)
    last = models.DateField(null=True)
    amount_fen = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    end_reason = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=models.Q(state__in=["active", "paused"], deceased__isnull=True),
                name="insurance_one_running_award",
                violation_error_message="这项待遇已经在发，不能重复核定",
            ),
            models.UniqueConstraint(
                fields=["deceased", "benefit"],
                condition=models.Q(deceased__isnull=False),
                name="insurance_one_grant_a_death",
                violation_error_message="这位去世人员的这项待遇已经核定过",
            ),
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="insurance_award_not_negative"),
        ]
        indexes = [
            models.Index(fields=["benefit", "state", "region_code"], name="insurance_award_benefit"),
            models.Index(fields=["deceased"], name="insurance_award_deceased"),
        ]


class AwardEvent(models.Model):
    """What happened to an award: granted, paused, resumed, ended; append-only, with where it is known from."""

    class Kind(models.TextChoices):
        """What happened."""

        GRANTED = "granted", "核定"
        PAUSED = "paused", "暂停"
        RESUMED = "resumed", "恢复"
        ENDED = "ended", "停发"

    id = models.BigAutoField(primary_key=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    on = models.DateField()
    reason = models.TextField(default="")
    evidence = models.JSONField(default=dict)
    case_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person", "on"], name="insurance_award_event_person")]
