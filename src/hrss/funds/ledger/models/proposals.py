"""Entries that wait for names: transfers, hand-made entries, reversals, opening balances and closings."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.funds.ledger.models.books import Account, Book
from hrss.funds.ledger.models.entries import Entry
from hrss.kernel.identifiers import uuid7


class Proposal(models.Model):
    """A posting or a closing proposed by one person; what is signed is ``content``. Becomes an entry when approved.

    ``content`` holds day, text, lines and what it reverses; for a closing the trial balance it was proposed on.
    """

    class Kind(models.TextChoices):
        """What is proposed; the same words are sources of entries."""

        OPENING = "opening", "期初建账"
        TRANSFER = "transfer", "账户间划转"
        MANUAL = "manual", "其他收支"
        REVERSAL = "reversal", "冲销"
        CLOSE = "close", "结账"

    class State(models.TextChoices):
        """How far it is."""

        MADE = "made", "待复核"
        REVIEWED = "reviewed", "待审批"
        DONE = "done", "已记账"
        REFUSED = "refused", "已退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField("类别", choices=Kind.choices)
    fund = models.ForeignKey(Book, models.PROTECT, db_column="fund", related_name="+")
    content = models.JSONField("内容")
    digest = models.TextField("内容摘要")
    state = models.TextField("状态", choices=State.choices, default=State.MADE)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="proposal")
    note = models.TextField("意见", blank=True, default="")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "记账申请"
        indexes = [models.Index(fields=["state", "-id"], name="ledger_proposal_state")]


class Closing(models.Model):
    """A month that is closed. The database writes its balances and shuts the book in the same statement."""

    fund = models.ForeignKey(Book, models.PROTECT, db_column="fund", related_name="closings")
    month = models.DateField("月份")
    reference = models.TextField("结账申请", unique=True)
    closed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "结账"
        constraints = [models.UniqueConstraint(fields=["fund", "month"], name="ledger_closing_once")]


class ClosingBalance(models.Model):
    """An account in a closed month, in fen: positive on the debit side for opening and balance."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="balances")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    opening = models.BigIntegerField("期初（借正贷负）")
    debit = models.BigIntegerField("本期借方")
    credit = models.BigIntegerField("本期贷方")
    balance = models.BigIntegerField("期末（借正贷负）")

    class Meta:
        verbose_name = "结账余额"
        constraints = [
            models.UniqueConstraint(fields=["closing", "account"], name="ledger_closingbalance_once"),
            models.CheckConstraint(
                name="ledger_closingbalance_adds_up",
                condition=models.Q(balance=models.F("opening") + models.F("debit") - models.F("credit")),
            ),
        ]
