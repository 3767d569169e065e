"""Statements from outside as they came: a file of the bank or the treasury and its lines. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.funds.ledger.models import Account
from hrss.kernel.identifiers import uuid7


class StatementFile(models.Model):
    """A statement file of one account over some days, amounts in fen; its own balances add up (checked on import)."""

    class Origin(models.TextChoices):
        """Whose view it is."""

        BANK = "bank", "银行"
        FINANCE = "finance", "财政"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.TextField("来源", choices=Origin.choices)
    fund = models.TextField("基金")
    bank = models.TextField("账户", choices=Account.Bank.choices)
    since = models.DateField("起")
    until = models.DateField("止")
    opening = models.BigIntegerField("期初余额（分）")
    closing = models.BigIntegerField("期末余额（分）")
    line_count = models.IntegerField("笔数")
    sha256 = models.TextField("文件摘要", unique=True)
    name = models.TextField("文件名")
    taken_by = models.TextField("导入人")
    taken_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "对账单"
        indexes = [models.Index(fields=["fund", "bank", "origin", "until"], name="reconciliation_file_of")]
        constraints = [
            models.CheckConstraint(name="reconciliation_file_days", condition=Q(until__gte=F("since"))),
        ]


class StatementLine(models.Model):
    """A line of a statement; ``amount`` in fen is positive for money that came to the account."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="lines")
    on = models.DateField("日期")
    reference = models.TextField("业务编号")
    amount = models.BigIntegerField("金额（分）")
    text = models.TextField("摘要", default="")

    class Meta:
        verbose_name = "对账单明细"
