"""A change of a parameter: what, from when, by which document; who proposed it and who decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class ParameterChange(models.Model):
    """One value of one parameter for the county, from a day after its approval on. ``value`` as people write it.

    A later change of the same parameter takes the place of this one from its own first day; both stay.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "待另一人审批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未通过"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("参数", max_length=80, db_collation="C")
    title = models.CharField("名称", max_length=120)
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    value = models.CharField("数值", max_length=40)
    before = models.CharField("原来的数值", max_length=80)
    valid_from = models.DateField("生效日期")
    document = models.CharField("文号", max_length=120)
    reason = models.CharField("说明", max_length=300)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.UUIDField("提出人")
    proposed_name = models.CharField("提出人姓名", max_length=50)
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.UUIDField("审批人", null=True)
    decided_name = models.CharField("审批人姓名", max_length=50, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField("审批意见", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "县级参数变动"
        indexes = [models.Index(fields=["state", "-id"], name="parameters_change_state")]
        constraints = [
            models.CheckConstraint(
                name="parameters_change_two_persons", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="parameters_change_decided",
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | (~Q(state="proposed") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["region_code", "name"], condition=Q(state="proposed"), name="parameters_change_one_waiting"
            ),
        ]
