"""Cases and packages. ``Case.state`` and who is waited for move only by the trigger on ``casework_action``.

``township`` is a column of its own because comparing a column is leakproof and cutting one is not: behind row-level
security only the former may use an index.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Now

from hrss.kernel.identifiers import uuid7

REGION_PATTERN = r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"


class Bundle(models.Model):
    """A package (一件事): one form, one set of materials, several cases with limits of their own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("受理编号", max_length=24, unique=True, db_collation="C")
    package_code = models.CharField("套餐代码", max_length=40)
    package_name = models.CharField("套餐名称", max_length=80)
    region_code = models.CharField("办理地", max_length=12, db_collation="C")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="bundles")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="bundles")
    data = models.JSONField("表单", default=dict)
    materials = models.JSONField("材料", default=dict)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "一件事办件"


class BundleMember(models.Model):
    """One item of a package: waiting, started as a case, a draft to complete, or at the window for now."""

    class State(models.TextChoices):
        """Where the member stands."""

        WAITING = "waiting", "等前一项办结"
        STARTED = "started", "已开始"
        ASK = "ask", "请补填后提交"
        OFFLINE = "offline", "暂到窗口办理"
        DROPPED = "dropped", "前一项未办成，不再办理"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="members")
    position = models.PositiveSmallIntegerField()
    item_code = models.CharField(max_length=8)
    item_name = models.CharField(max_length=80)
    after = models.JSONField("先办结", default=list)
    state = models.CharField(max_length=8, choices=State.choices)
    case = models.OneToOneField("casework.Case", models.PROTECT, null=True, related_name="bundle_member")

    class Meta:
        verbose_name = "一件事成员"
        constraints = [
            models.UniqueConstraint(fields=["bundle", "item_code"], name="casework_bundlemember_once"),
        ]


class Case(models.Model):
    """An application from submission to archive. ``act_by`` is the earlier of the statutory and the promised day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("办件编号", max_length=24, unique=True, db_collation="C")
    item_version = models.ForeignKey("casework.ItemVersion", models.PROTECT, related_name="cases")
    item_code = models.CharField("事项代码", max_length=8, db_collation="C")
    item_name = models.CharField("事项", max_length=80)
    line = models.CharField("条线", max_length=12)
    grade = models.CharField("等级", max_length=2)
    state = models.CharField("状态", max_length=12, default="submitted")
    suspended_from = models.CharField("中止前状态", max_length=12, blank=True, default="")
    waiting_functions = ArrayField(models.CharField(max_length=16), verbose_name="等待岗位", default=list)
    waiting_level = models.CharField("等待层级", max_length=8, blank=True, default="")
    waiting_key = models.CharField("等待", max_length=120, blank=True, default="", db_collation="C")
    region_code = models.CharField("办理地", max_length=12, db_collation="C")
    township = models.GeneratedField(
        expression=Left("region_code", 9),
        output_field=models.CharField(max_length=9, db_collation="C"),
        db_persist=True,
    )
    shared_with = ArrayField(models.CharField(max_length=12), verbose_name="征求意见地", default=list)
    channel = models.CharField("渠道", max_length=12)
    applicant_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="cases")
    applicant_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="cases"
    )
    agent_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="agent_cases")
    subject_name = models.CharField("申请人", max_length=120, db_collation="C")
    subject_tail = models.CharField("证件后四位", max_length=4, blank=True, default="")
    data = models.JSONField("表单", default=dict)
    result = models.JSONField("结果", default=dict)
    submitted_at = models.DateTimeField("提交时间", db_default=Now())
    accepted_at = models.DateTimeField("受理时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    delivered_at = models.DateTimeField("送达时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    due_on = models.DateField("法定期限", null=True)
    promised_due_on = models.DateField("承诺期限", null=True)
    act_by = models.DateField("应办日期", null=True)
    warn_on = models.DateField("预警日期", null=True)
    decision = models.CharField("决定", max_length=8, blank=True, default="")
    claimed_by = models.UUIDField("领办账号", null=True)
    claimed_name = models.CharField("领办人", max_length=50, blank=True, default="")
    claimed_at = models.DateTimeField(null=True)
    bundle = models.ForeignKey(Bundle, models.PROTECT, null=True, related_name="cases")
    draft_id = models.UUIDField("草稿", null=True, unique=True, editable=False)
    created_by = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "办件"
        indexes = [
            models.Index("act_by", "id", name="casework_case_open", condition=Q(decided_at=None, closed_at=None)),
            models.Index(
                fields=["township", "act_by", "id"],
                name="casework_case_open_township",
                condition=Q(decided_at=None, closed_at=None),
            ),
            models.Index(
                fields=["waiting_key", "act_by", "id"],
                name="casework_case_waiting",
                condition=Q(decided_at=None, closed_at=None),
            ),
            models.Index("claimed_by", "act_by", name="casework_case_mine", condition=Q(claimed_by__isnull=False)),
            models.Index(F("applicant_person"), F("submitted_at").desc(), name="casework_case_person"),
            models.Index(F("applicant_organisation"), F("submitted_at").desc(), name="casework_case_organisation"),
            models.Index(F("item_code"), F("submitted_at").desc(), name="casework_case_item"),
            models.Index(F("subject_name"), F("submitted_at").desc(), name="casework_case_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_case_has_applicant",
                condition=Q(applicant_person__isnull=False) ^ Q(applicant_organisation__isnull=False),
                violation_error_message="申请人是一个人或者一个单位",
            ),
            models.CheckConstraint(
                name="casework_case_region",
                condition=Q(region_code__regex=REGION_PATTERN),
                violation_error_message="办理地应为县、乡镇或村的区划代码",
            ),
            models.CheckConstraint(
                name="casework_case_decision",
                condition=Q(decision__in=["", "granted", "refused"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.item_name}"
