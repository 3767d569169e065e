"""Entries, their lines, and the details under a line. All append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.funds.ledger.models.books import Account, Book, Source


class Entry(models.Model):
    """One posting. ``line_count`` and ``total`` (fen of either side) are what the database holds the lines to.

    ``reverses`` names the entry this one takes back whole; an entry is taken back at most once (I6).
    """

    id = models.BigAutoField(primary_key=True)
    fund = models.ForeignKey(Book, models.PROTECT, db_column="fund", related_name="entries")
    on = models.DateField("记账日期")
    source = models.ForeignKey(Source, models.PROTECT, db_column="source", related_name="+")
    reference = models.TextField("来源编号")
    text = models.TextField("摘要")
    line_count = models.IntegerField("分录数")
    total = models.BigIntegerField("金额（分）")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    actor_name = models.TextField("记账人")
    actor_person = models.UUIDField("记账人（自然人）", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "记账凭证"
        indexes = [models.Index(fields=["fund", "-on", "-id"], name="ledger_entry_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="ledger_entry_once"),
            models.UniqueConstraint(fields=["id", "fund"], name="ledger_entry_of_fund"),
            models.CheckConstraint(name="ledger_entry_has_lines", condition=Q(line_count__gte=2, total__gt=0)),
        ]


class Line(models.Model):
    """One side of one account in an entry, in fen; exactly one of ``debit`` and ``credit`` is positive."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    fund = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines")
    debit = models.BigIntegerField("借方（分）", default=0)
    credit = models.BigIntegerField("贷方（分）", default=0)
    detail_count = models.IntegerField("明细数", default=0)

    class Meta:
        verbose_name = "分录"
        constraints = [
            models.CheckConstraint(
                name="ledger_line_one_side",
                condition=Q(debit__gt=0, credit=0) | Q(credit__gt=0, debit=0),
            ),
        ]


class Detail(models.Model):
    """The part of a line that belongs to one person or one outside reference (明细账), in fen, on the line's side."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="details")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    region_code = models.TextField(default="")
    reference = models.TextField("业务编号", default="")
    amount = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "明细"
        constraints = [
            models.CheckConstraint(name="ledger_detail_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["line", "reference"], condition=~Q(reference=""), name="ledger_detail_reference"
            ),
        ]


class Voucher(models.Model):
    """The number of an entry: consecutive per fund and month, given by the database at commit (记账凭证编号)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="voucher")
    fund = models.TextField()
    month = models.DateField("所属月份")
    number = models.IntegerField("凭证号")

    class Meta:
        verbose_name = "凭证编号"
        constraints = [models.UniqueConstraint(fields=["fund", "month", "number"], name="ledger_voucher_number")]
