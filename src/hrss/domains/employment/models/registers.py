"""The two registers: who is registered as unemployed, who works where."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class UnemploymentRegistration(models.Model):
    """One registration from the day it is made to the day it ends; a person has at most one open."""

    class Situation(models.TextChoices):
        """Why the person is without work (就业服务与就业管理规定第六十四条)."""

        LEFT_UNIT = "left_unit", "离开用人单位"
        CLOSED_BUSINESS = "closed_business", "停业的个体工商户或企业主"
        GRADUATE = "graduate", "毕业后未就业"
        LAND = "land", "土地被征用"
        VETERAN = "veteran", "退役未安置"
        RELEASED = "released", "刑满释放或解除戒毒"
        OTHER = "other", "其他"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    registered_on = models.DateField()
    situation = models.TextField(choices=Situation.choices)
    leave_reason = models.TextField(default="")
    left_on = models.DateField(null=True)
    last_employer = models.TextField(default="")
    wanted_job = models.TextField(default="")
    last_contact_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(default="")
    case_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_on__isnull=True),
                name="employment_one_open_registration",
                violation_error_message="这个人已经办理失业登记，不用重复办理",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("registered_on")),
                name="employment_registration_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code", "registered_on"],
                condition=models.Q(ended_on__isnull=True),
                name="employment_open_registration",
            ),
        ]


class EmploymentSpell(models.Model):
    """One job: with an employer, one's own business or flexible work, from a day to a day."""

    class Kind(models.TextChoices):
        """How the person works."""

        EMPLOYER = "employer", "单位就业"
        SELF = "self", "自主创业"
        FLEXIBLE = "flexible", "灵活就业"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    employer = models.ForeignKey("organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    contract_kind = models.TextField(default="")
    contract_until = models.DateField(null=True)
    occupation = models.TextField(default="")
    monthly_pay_fen = models.BigIntegerField(null=True)
    end_reason = models.TextField(default="")
    case_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "employer"],
                condition=models.Q(until__isnull=True, employer__isnull=False),
                name="employment_one_open_spell_an_employer",
                violation_error_message="这个人已经登记在本单位就业",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="employment_spell_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-since"], name="employment_spell_person"),
            models.Index(fields=["employer", "-since"], name="employment_spell_employer"),
        ]
