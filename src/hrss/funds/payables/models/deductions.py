"""Deductions: a share of an entitlement's months that is kept back for a debt, agreed and signed elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.funds.payables.models.entitlements import Entitlement


class Deduction(models.Model):
    """Keep ``share`` (millionths) of each month, ``most`` fen in all, for the debt ``reference``; live until ended.

    One entitlement serves one debt at a time. What is taken stands on the payments (``Payment.deducted``).
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField("多发待遇")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="deductions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    share = models.IntegerField("抵扣比例（百万分之）")
    most = models.BigIntegerField("最多抵扣（分）")
    since = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "待遇抵扣"
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], condition=Q(ended_at=None), name="payables_deduction_one_live"
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(ended_at=None), name="payables_deduction_one_a_debt"
            ),
            models.CheckConstraint(
                name="payables_deduction_bounds", condition=Q(share__gt=0, share__lt=1_000_000, most__gte=0)
            ),
        ]
