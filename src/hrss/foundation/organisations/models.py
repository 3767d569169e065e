"""The organisation table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Organisation(models.Model):
    """A legal person, office or service point. ``level`` is set for service points and offices only.

    ``legal_person_name`` is the name on the licence; dates are days, ``closed_on`` the last day of existence.
    """

    class Kind(models.TextChoices):
        """What the organisation is to the bureau."""

        EMPLOYER = "employer", "用人单位"
        AGENCY = "agency", "经办机构"
        TRAINING = "training", "培训机构"
        SERVICE_POINT = "service_point", "服务网点"

    class Level(models.TextChoices):
        """Level of a service point or office."""

        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡镇（街道）级"
        VILLAGE = "village", "村（社区）级"

    class Status(models.TextChoices):
        """Whether it still exists."""

        ACTIVE = "active", "存续"
        CLOSED = "closed", "注销"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=13, choices=Kind.choices)
    name = models.CharField("名称", max_length=100, db_collation="C")
    pinyin = models.CharField("拼音", max_length=240, db_collation="C")
    credit_code = models.CharField("统一社会信用代码", max_length=18, null=True, unique=True, db_collation="C")  # noqa: DJ001 - unique where there is one
    region_code = models.CharField("所在地", max_length=12, db_collation="C")
    address = models.CharField("地址", max_length=200, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="branches")
    level = models.CharField("层级", max_length=8, choices=Level.choices, blank=True, default="")
    industry = models.CharField("行业（GB/T 4754 门类）", max_length=4, blank=True, default="")
    headcount = models.IntegerField("职工人数", default=0)
    status = models.CharField("状态", max_length=6, choices=Status.choices, default=Status.ACTIVE)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)
    legal_person_name = models.CharField("法定代表人（负责人）", max_length=50, blank=True, default="")
    version = models.IntegerField("版本", default=1)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "单位"
        indexes = [
            models.Index(fields=["kind", "region_code"], name="organisations_kind_region"),
            models.Index(fields=["name", "id"], name="organisations_name"),
            models.Index(fields=["pinyin", "id"], name="organisations_pinyin"),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisations_credit_code_needed",
                condition=Q(credit_code__isnull=False) | Q(kind__in=["agency", "service_point"]),
                violation_error_message="用人单位和培训机构必须有统一社会信用代码",
            ),
            models.CheckConstraint(
                name="organisations_level_of_service_point",
                condition=~Q(kind="service_point") | ~Q(level=""),
                violation_error_message="服务网点必须注明层级",
            ),
            models.CheckConstraint(
                name="organisations_closed_has_day",
                condition=Q(status="active", closed_on=None) | Q(status="closed", closed_on__isnull=False),
                violation_error_message="注销单位必须有注销日期，存续单位没有",
            ),
            models.CheckConstraint(
                name="organisations_days_in_order",
                condition=Q(founded_on=None) | Q(closed_on=None) | Q(founded_on__lte=models.F("closed_on")),
                violation_error_message="注销日期早于成立日期",
            ),
            models.CheckConstraint(
                name="organisations_headcount_not_negative",
                condition=Q(headcount__gte=0),
                violation_error_message="职工人数不能为负",
            ),
        ]

    def __str__(self) -> str:
        return self.name
