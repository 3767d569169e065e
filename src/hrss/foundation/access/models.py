"""Posts and the four-step grant that leads to one. The rules that must not be got round are triggers (migrations)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.actor import Function
from hrss.kernel.identifiers import uuid7

FUNCTION_TITLES: dict[Function, str] = {
    Function.VILLAGE_AGENT: "村级协办",
    Function.COUNTER: "综合受理",
    Function.HANDLER: "经办",
    Function.REVIEWER: "复核",
    Function.APPROVER: "审批",
    Function.FINANCE: "基金财务",
    Function.DATA: "数据管理",
    Function.INSPECTOR: "稽核内控",
    Function.LEADER: "领导",
    Function.SYSTEM_ADMIN: "系统管理员",
    Function.SECURITY_ADMIN: "安全管理员",
    Function.AUDIT_ADMIN: "审计管理员",
}
FUNCTION_CHOICES = [(function.value, title) for function, title in FUNCTION_TITLES.items()]


class PostGrant(models.Model):
    """Asking for a post (P04): the unit applies, internal control reviews, the head approves, the system grants."""

    class State(models.TextChoices):
        """Steps of the grant."""

        APPLIED = "applied", "待内控审核"
        CONTROLLED = "controlled", "待领导审批"
        APPROVED = "approved", "待系统授予"
        GRANTED = "granted", "已授予"
        REFUSED = "refused", "未通过"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="post_grants")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    function = models.CharField("岗位职能", max_length=16, choices=FUNCTION_CHOICES)
    line = models.CharField("业务条线", max_length=20, default="*")
    region_code = models.CharField("区域", max_length=12, db_collation="C")
    grade = models.SmallIntegerField("级别", default=1)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)
    applied_by = models.UUIDField("申请人")
    controlled_by = models.UUIDField("内控审核人", null=True)
    approved_by = models.UUIDField("审批人", null=True)
    granted_by = models.UUIDField("授予人", null=True)
    refused_by = models.UUIDField("不同意人", null=True)
    note = models.CharField("意见", max_length=300, blank=True, default="")
    applied_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "岗位授予"
        constraints = [
            models.CheckConstraint(
                name="access_postgrant_not_for_oneself",
                condition=(Q(controlled_by=None) | ~Q(controlled_by=models.F("person")))
                & (Q(approved_by=None) | ~Q(approved_by=models.F("person")))
                & (Q(granted_by=None) | ~Q(granted_by=models.F("person")))
                & ~Q(applied_by=models.F("person")),
                violation_error_message="不能为自己申请、审核或授予岗位",
            ),
            models.CheckConstraint(
                name="access_postgrant_four_people",
                condition=(Q(controlled_by=None) | ~Q(controlled_by=models.F("applied_by")))
                & (
                    Q(approved_by=None)
                    | (~Q(approved_by=models.F("applied_by")) & ~Q(approved_by=models.F("controlled_by")))
                )
                & (
                    Q(granted_by=None)
                    | (
                        ~Q(granted_by=models.F("applied_by"))
                        & ~Q(granted_by=models.F("controlled_by"))
                        & ~Q(granted_by=models.F("approved_by"))
                    )
                ),
                violation_error_message="申请、内控审核、审批、授予必须是四个人",
            ),
            models.CheckConstraint(
                name="access_postgrant_steps_complete",
                condition=(Q(state__in=["applied", "refused"]))
                | Q(state="controlled", controlled_by__isnull=False)
                | Q(state="approved", controlled_by__isnull=False, approved_by__isnull=False)
                | Q(state="granted", controlled_by__isnull=False, approved_by__isnull=False, granted_by__isnull=False),
                violation_error_message="授予岗位缺少步骤",
            ),
        ]


class Post(models.Model):
    """A post an account holds: function × line × region × grade, from ``since`` to ``until`` (last day).

    ``person`` is the natural person; the families are checked on it, not on the account (P02). It comes from a
    granted ``grant``, or stands in for ``substitute_for`` for at most seven days (P07). ``ended_at`` ends it at once,
    on the very day it began if need be.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="posts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="posts")
    function = models.CharField("岗位职能", max_length=16, choices=FUNCTION_CHOICES)
    line = models.CharField("业务条线", max_length=20, default="*")
    region_code = models.CharField("区域", max_length=12, db_collation="C")
    grade = models.SmallIntegerField("级别", default=1)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="posts")
    since = models.DateField("开始日期")
    until = models.DateField("截止日期", null=True, blank=True)
    grant = models.ForeignKey(PostGrant, models.PROTECT, null=True, blank=True, related_name="posts")
    substitute_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="substitutes")
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_reason = models.CharField("终止原因", max_length=100, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "岗位"
        indexes = [
            models.Index(fields=["account", "until"], name="access_post_account"),
            models.Index(fields=["function", "line", "region_code"], name="access_post_function"),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_post_in_order",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message="截止日期早于开始日期",
            ),
            models.CheckConstraint(
                name="access_post_substitute_ends",
                condition=Q(substitute_for=None) | Q(until__isnull=False),
                violation_error_message="顶岗必须写明截止日期",
            ),
        ]
