"""Payments: each attempt to pay one month (or one-off) of one entitlement. A line of a pay run is one of these."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.funds.payables.models.bases import Basis
from hrss.funds.payables.models.deductions import Deduction
from hrss.funds.payables.models.entitlements import Entitlement, FactVersion


class Payment(models.Model):
    """One attempt. At most one attempt per (person, benefit, month, purpose) is ``open`` or ``paid`` (F07).

    ``held``: a check kept it out of the run; ``dropped``: its run was given up; ``returned``: the bank gave it back.
    These three wait for a later run until ``settled`` (retried, or no longer due). ``ordinal`` is the line's place in
    the run, None where it is held out. ``amount`` is what the rule found, ``basis`` and ``inputs`` say how; ``part``
    of it is booked to the benefit's second expense account (个人账户养老金), ``deducted`` of it is kept for a debt, the
    rest goes to the bank. Account columns are a copy: the blind index, the last four and the holder, so that the
    signed lines say to whom without saying the number.
    """

    class State(models.TextChoices):
        """What became of the attempt."""

        OPEN = "open", "发放中"
        PAID = "paid", "已发放"
        RETURNED = "returned", "银行退回"
        HELD = "held", "暂缓发放"
        DROPPED = "dropped", "批次作废"

    id = models.BigAutoField(primary_key=True)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="payments")
    facts = models.ForeignKey(FactVersion, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    benefit = models.CharField("待遇", max_length=40)
    month = models.IntegerField("所属月")
    purpose = models.CharField("用途", max_length=60, blank=True, default="")
    amount = models.BigIntegerField("金额（分）")
    part = models.BigIntegerField("其中另列科目（分）", default=0, db_default=0)
    deducted = models.BigIntegerField("抵扣（分）", default=0)
    deduction = models.ForeignKey(Deduction, models.PROTECT, null=True, related_name="payments")
    rule = models.CharField("规则", max_length=60)
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="+", db_index=False)
    inputs = models.JSONField("核算所用事实")
    account = models.ForeignKey("people.BankAccount", models.PROTECT, null=True, related_name="+", db_index=False)
    account_index = models.BinaryField("账号索引", max_length=16, default=b"")
    account_tail = models.CharField("账号后四位", max_length=4, blank=True, default="")
    holder = models.CharField("户名", max_length=50, blank=True, default="")
    bank = models.CharField("开户银行", max_length=60, blank=True, default="")
    run_id = models.UUIDField("发放批次")
    run_number = models.CharField("批次号", max_length=30)
    ordinal = models.IntegerField("序号", null=True)
    attempt = models.IntegerField("第几次发放", default=1)
    retry_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="retried_by")
    was_returned = models.BooleanField("此前退回过", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    settled = models.BooleanField("已了结", default=False)
    answer = models.CharField("银行答复", max_length=20, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "待遇发放"
        indexes = [
            models.Index(fields=["person", "-month", "-id"], name="payables_payment_person"),
            models.Index(fields=["run_id", "ordinal"], name="payables_payment_run"),
            models.Index(
                fields=["benefit", "id"],
                condition=Q(state__in=["held", "dropped", "returned"], settled=False),
                name="payables_payment_waiting",
            ),
            models.Index(fields=["account_index"], condition=Q(state="open"), name="payables_payment_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "month", "purpose"],
                condition=Q(state__in=["open", "paid"]),
                name="payables_payment_once",
                violation_error_message="同一人同一待遇同一月份只发放一次",
            ),
            models.UniqueConstraint(
                fields=["run_id", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="payables_payment_ordinal",
            ),
            models.CheckConstraint(name="payables_payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payables_payment_part", condition=Q(part__gte=0, part__lte=models.F("amount"))
            ),
            models.CheckConstraint(
                name="payables_payment_deducted",
                condition=Q(deducted=0) | Q(deducted__gt=0, deducted__lt=models.F("amount"), deduction__isnull=False),
            ),
            models.CheckConstraint(
                name="payables_payment_open_has_account",
                condition=~Q(state__in=["open", "paid", "returned"]) | Q(account__isnull=False, ordinal__isnull=False),
                violation_error_message="没有账户的不能发放",
            ),
        ]

    @property
    def explanation(self) -> dict[str, Any]:
        """How the amount was found, as ``rules.engine.replay`` takes it."""
        return self.basis.with_facts(self.inputs)
