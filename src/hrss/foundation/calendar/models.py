"""Working days, one row a day, and the changes two persons made to them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class WorkDay(models.Model):
    """One day. A year counts as confirmed when all its days are."""

    day = models.DateField("日期", primary_key=True)
    is_working = models.BooleanField("工作日")
    name = models.TextField("节日", default="")
    source = models.TextField("依据")
    confirmed = models.BooleanField("已确认", default=False)

    class Meta:
        verbose_name = "工作日历"


class Change(models.Model):
    """A proposed change: some days, or a whole year by its exceptions. It works only after a second person agreed."""

    class State(models.TextChoices):
        """How it stands."""

        PROPOSED = "proposed", "待复核"
        APPROVED = "approved", "已生效"
        REFUSED = "refused", "已退回"

    id = models.UUIDField(primary_key=True)
    year = models.IntegerField("整年", null=True)
    days = models.JSONField("日期")
    source = models.TextField("依据")
    state = models.TextField("状态", choices=State.choices, default=State.PROPOSED)
    proposed_account = models.UUIDField()
    proposed_person = models.UUIDField()
    proposed_at = models.DateTimeField(db_default=Now())
    decided_account = models.UUIDField(null=True)
    decided_person = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField("复核意见", default="")

    class Meta:
        verbose_name = "工作日历变更"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_person__isnull=True) | ~models.Q(decided_person=models.F("proposed_person")),
                name="calendar_change_two_persons",
                violation_error_message="提出和复核不能是同一人",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed") | models.Q(decided_person__isnull=False),
                name="calendar_change_decided_by",
                violation_error_message="复核必须有复核人",
            ),
        ]
