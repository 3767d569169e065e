"""Measures: what three natural persons decide about a debt, and what a fourth confirms before a write-off."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.funds.ledger.models import Entry
from hrss.funds.recovery.models.debts import Debt
from hrss.kernel.identifiers import uuid7


class Measure(models.Model):
    """One decision on a debt: made, reviewed, then done. What is signed is ``content``; the kind is the signing source.

    ``entry`` is what it did to the books, where it did something.
    """

    class Kind(models.TextChoices):
        """What is decided."""

        DECIDE = "debt", "追回决定"
        PLAN = "debt_plan", "分期退回"
        OFFSET = "debt_offset", "从待遇中抵扣"
        WRITE_OFF = "write_off", "核销"
        CANCEL = "debt_cancel", "撤销追回决定"
        RESTORE = "debt_restore", "恢复追回"

    class State(models.TextChoices):
        """How far it is."""

        MADE = "made", "待复核"
        REVIEWED = "reviewed", "待审批"
        DONE = "done", "已生效"
        REFUSED = "refused", "已退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="measures")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    kind = models.TextField("类别", choices=Kind.choices)
    content = models.JSONField("内容")
    digest = models.TextField("内容摘要")
    state = models.TextField("状态", choices=State.choices, default=State.MADE)
    note = models.TextField("退回理由", blank=True, default="")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "追回措施"
        indexes = [models.Index(fields=["state", "id"], name="recovery_measure_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["debt"],
                condition=Q(state__in=["made", "reviewed"]),
                name="recovery_measure_one_live",
                violation_error_message="这笔多发待遇还有没办完的措施",
            ),
        ]


class Confirmation(models.Model):
    """An inspector's confirmation of a write-off with the record of the meeting (G3). Append-only, stamped."""

    measure = models.OneToOneField(Measure, models.PROTECT, primary_key=True, related_name="confirmation")
    opinion = models.CharField("意见", max_length=500)
    meeting = models.CharField("集体会审记录", max_length=2000)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_constraint=False)
    name = models.CharField("确认人", max_length=50)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "核销确认"


class Instalment(models.Model):
    """One instalment of an agreed plan: by when, how much in fen. Append-only; a later plan replaces an earlier one."""

    id = models.BigAutoField(primary_key=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="instalments")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    number = models.IntegerField("第几期")
    due_on = models.DateField("最迟日期")
    amount = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "分期"
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="recovery_instalment_once"),
            models.CheckConstraint(name="recovery_instalment_positive", condition=Q(amount__gt=0)),
        ]
