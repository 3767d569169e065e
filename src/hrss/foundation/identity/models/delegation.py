"""Delegation: a person or a firm lets another person act for it, for some services, for a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Delegation(models.Model):
    """One delegation. It works from ``accepted_at`` to ``until`` (last day) unless ``revoked_at`` is set.

    ``services`` are item codes or ``*``.
    """

    class Kind(models.TextChoices):
        """Who is acted for."""

        RELATIVE = "relative", "为亲属代办"
        FIRM = "firm", "为单位代办"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    grantor_person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="delegations_given"
    )
    grantor_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="delegations_given"
    )
    delegate = models.ForeignKey("people.Person", models.PROTECT, related_name="delegations_held")
    relation = models.CharField("关系", max_length=20, blank=True, default="")
    services = models.JSONField("可办事项", default=list)
    since = models.DateField("开始日期")
    until = models.DateField("截止日期")
    accepted_at = models.DateTimeField("接受时间", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)
    region_code = models.CharField(max_length=12, db_collation="C")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "委托代办"
        constraints = [
            models.CheckConstraint(
                name="identity_delegation_one_grantor",
                condition=Q(kind="relative", grantor_person__isnull=False, grantor_organisation=None)
                | Q(kind="firm", grantor_person=None, grantor_organisation__isnull=False),
                violation_error_message="委托方应为一个人或一个单位",
            ),
            models.CheckConstraint(
                name="identity_delegation_not_oneself",
                condition=Q(grantor_person=None) | ~Q(grantor_person=models.F("delegate")),
                violation_error_message="不能委托给自己",
            ),
            models.CheckConstraint(
                name="identity_delegation_in_order",
                condition=Q(since__lte=models.F("until")),
                violation_error_message="截止日期早于开始日期",
            ),
        ]
