"""Claims to the treasury (请拨单): the subsidy of a month's contributions, until it has arrived and is booked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hrss.funds.ledger.models import Entry


class SubsidyClaim(models.Model):
    """What the treasury owes the fund for the contributions of ``month`` (a month index), in fen.

    ``due_on`` is the day by which it should have come. ``notice`` is what the treasury wrote to the payment, ``entry``
    the voucher it was booked with; all three of the arrival are written once, together.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.IntegerField("补贴所属月", unique=True)
    amount_fen = models.BigIntegerField("请拨金额（分）")
    claimed_on = models.DateField("请拨日期")
    due_on = models.DateField("应到日期")
    arrived_on = models.DateField("到账日期", null=True)
    notice = models.CharField("到账通知", max_length=120, blank=True, default="")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "请拨单"
        constraints = [
            models.CheckConstraint(name="insurance_claim_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="insurance_claim_arrival",
                condition=Q(arrived_on=None, entry=None, notice="")
                | Q(arrived_on__isnull=False, entry__isnull=False) & ~Q(notice=""),
            ),
        ]
