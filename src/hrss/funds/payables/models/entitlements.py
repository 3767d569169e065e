"""Entitlements and the dated facts their months are computed from. Months are indexes (``YearMonth.index``)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Entitlement(models.Model):
    """A person's right to a benefit from month ``first`` to ``last`` (open while None).

    ``purpose`` is empty for a monthly benefit and names what a one-off is for. ``case_id`` is the decided case,
    ``batch`` the signed take-over it came with: one of the two. ``next_month`` is the first month no pay run has
    computed yet. ``continues`` is the stopped entitlement this one resumes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    benefit = models.CharField("待遇", max_length=40)
    exclusion = models.CharField("互斥项目", max_length=40)
    purpose = models.CharField("用途", max_length=60, blank=True, default="")
    first = models.IntegerField("起始月")
    last = models.IntegerField("截止月", null=True)
    next_month = models.IntegerField("待核算月")
    case_id = models.UUIDField("办件", null=True)
    batch = models.CharField("接收批次", max_length=60, blank=True, default="")
    account = models.ForeignKey("people.BankAccount", models.PROTECT, null=True, related_name="+")
    continues = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_by")
    stop_reason = models.CharField("停发原因", max_length=200, blank=True, default="")
    stop_evidence = models.JSONField("停发依据", default=dict)
    stopped_at = models.DateTimeField("停发时间", null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "待遇资格"
        indexes = [
            models.Index(fields=["person", "benefit"], name="payables_entitlement_person"),
            models.Index(
                fields=["benefit", "next_month"],
                condition=Q(last=None) | Q(last__gte=models.F("next_month")),
                name="payables_entitlement_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="payables_entitlement_in_order",
                condition=Q(last=None) | Q(last__gte=models.F("first") - 1),
                violation_error_message="截止月早于起始月",
            ),
            models.CheckConstraint(
                name="payables_entitlement_one_origin",
                condition=Q(case_id__isnull=False, batch="") | (Q(case_id=None) & ~Q(batch="")),
                violation_error_message="待遇资格必须来自一个办件或者一个接收批次",
            ),
            models.CheckConstraint(
                name="payables_entitlement_stop_reason",
                condition=Q(stopped_at=None) | ~Q(stop_reason=""),
                violation_error_message="停发必须写明原因",
            ),
        ]


class FactVersion(models.Model):
    """Facts of an entitlement from a month on, as decided; append-only, the newest row for a month counts."""

    id = models.BigAutoField(primary_key=True)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="fact_versions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    from_month = models.IntegerField("起用月")
    facts = models.JSONField("核定依据")
    case_id = models.UUIDField("办件", null=True)
    batch = models.CharField("批次", max_length=60, blank=True, default="")
    recorded_by = models.CharField("登记人", max_length=50)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "待遇核定依据"
        indexes = [models.Index(fields=["entitlement", "-from_month", "-id"], name="payables_facts_newest")]
        constraints = [
            models.CheckConstraint(
                name="payables_facts_one_origin",
                condition=Q(case_id__isnull=False, batch="") | (Q(case_id=None) & ~Q(batch="")),
                violation_error_message="核定依据必须来自一个办件或者一个批次",
            ),
        ]
