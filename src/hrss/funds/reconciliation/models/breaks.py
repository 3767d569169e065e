"""Runs of reconciliation and the breaks they found, each with its kind, owner, clock and ending."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Run(models.Model):
    """One reconciliation of a fund over some days: how many lines agreed, balances of every account on all sides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.TextField("基金")
    since = models.DateField("起")
    until = models.DateField("止")
    matched = models.IntegerField("相符笔数")
    found = models.IntegerField("差异数")
    balances = models.JSONField("余额调节", default=list)
    milliseconds = models.IntegerField("用时（毫秒）")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "对账"
        indexes = [models.Index(fields=["fund", "-id"], name="reconciliation_run_of")]


class Break(models.Model):
    """A difference. It stays the same row from run to run until it is gone by itself or handled and confirmed."""

    class Kind(models.TextChoices):
        """What differs."""

        MISSING_IN_LEDGER = "missing_in_ledger", "对方有、账上没有"
        MISSING_THERE = "missing_there", "账上有、对方没有"
        IN_TRANSIT = "in_transit", "未达账项"
        AMOUNT = "amount", "金额不符"
        DATE = "date", "日期不符"
        DUPLICATE = "duplicate", "对方重复记账"
        DUPLICATE_HERE = "duplicate_here", "账上重复记账"
        WRONG_ACCOUNT = "wrong_account", "记错账户"
        REVERSED = "reversed", "对方已冲正"
        NO_STATEMENT = "no_statement", "没有对账单"
        NOT_ARRIVED = "not_arrived", "请拨了没有到账"

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", "待处理"
        HANDLED = "handled", "待确认"
        CONFIRMED = "confirmed", "已了结"
        GONE = "gone", "已自行相符"

    class Method(models.TextChoices):
        """How it was put right."""

        ENTRY = "entry", "已补记或更正记账"
        OUTSIDE = "outside", "对方已更正"
        TIMING = "timing", "时间差，已核实到账"
        REPORTED = "reported", "已按异常上报"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="breaks")
    fund = models.TextField("基金")
    bank = models.TextField("账户")
    origin = models.TextField("对方")
    kind = models.TextField("类型", choices=Kind.choices)
    reference = models.TextField("业务编号")
    on = models.DateField("日期")
    ours = models.BigIntegerField("账上金额（分）", null=True)
    theirs = models.BigIntegerField("对方金额（分）", null=True)
    our_day = models.DateField("账上日期", null=True)
    their_day = models.DateField("对方日期", null=True)
    state = models.TextField("状态", choices=State.choices, default=State.OPEN)
    due_on = models.DateField("处理期限")
    owner = models.UUIDField("处理人", null=True)
    owner_name = models.TextField("处理人姓名", default="", blank=True)
    handled_by = models.UUIDField(null=True)
    method = models.TextField("处理方式", choices=Method.choices, default="", blank=True)
    note = models.TextField("说明", default="", blank=True)
    entry = models.ForeignKey("ledger.Entry", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.UUIDField(null=True)
    confirmed_name = models.TextField("确认人", default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "对账差异"
        indexes = [models.Index(fields=["state", "due_on", "id"], name="reconciliation_break_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "bank", "origin", "kind", "reference", "on"],
                condition=Q(state__in=["open", "handled"]),
                name="reconciliation_break_once",
            ),
            models.CheckConstraint(
                name="reconciliation_break_two_persons",
                condition=Q(confirmed_by=None) | (Q(handled_by__isnull=False) & ~Q(confirmed_by=F("handled_by"))),
                violation_error_message="处理和确认必须是两个人",
            ),
            models.CheckConstraint(
                name="reconciliation_break_ending",
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False, method__gt=""),
            ),
        ]
