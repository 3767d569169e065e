"""Money that comes in through a payment channel: what was asked for, what arrived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Collection(models.Model):
    """A payment somebody is asked to make (缴款单): for whom, how much, for what; paid once."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "待缴"
        PAID = "paid", "已缴"
        CANCELLED = "cancelled", "已取消"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.CharField("基金", max_length=24)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    amount = models.BigIntegerField("金额（分）")
    purpose = models.CharField("用途", max_length=100)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "缴款单"
        constraints = [models.CheckConstraint(name="banking_collection_positive", condition=Q(amount__gt=0))]


class Receipt(models.Model):
    """Money that arrived, once per reference of the channel. Append-only but for ``refunded_at``.

    ``surplus``: the collection had been paid already; the money goes back and never becomes income.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.CharField("基金", max_length=24)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, related_name="receipts")
    amount = models.BigIntegerField("金额（分）")
    channel = models.CharField("渠道", max_length=20)
    channel_reference = models.CharField("渠道流水号", max_length=60)
    purpose = models.CharField("用途", max_length=100)
    on = models.DateField("到账日期")
    surplus = models.BooleanField("重复缴款", default=False)
    refunded_at = models.DateTimeField("退回时间", null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "收款"
        indexes = [models.Index(fields=["person", "-on"], name="banking_receipt_person")]
        constraints = [
            models.UniqueConstraint(fields=["channel", "channel_reference"], name="banking_receipt_once"),
            models.UniqueConstraint(
                fields=["collection"], condition=Q(surplus=False), name="banking_receipt_one_a_collection"
            ),
            models.CheckConstraint(name="banking_receipt_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="banking_receipt_refund_of_surplus", condition=Q(refunded_at=None) | Q(surplus=True)
            ),
        ]
