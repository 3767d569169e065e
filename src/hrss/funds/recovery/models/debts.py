"""Debts, the paid lines they consist of, and what reduced them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.funds.banking.models import Receipt
from hrss.funds.ledger.models import Entry
from hrss.funds.payables.models import Entitlement, Payment
from hrss.kernel.identifiers import uuid7


class Debt(models.Model):
    """Money paid to ``person`` that was not due. ``amount`` (fen) is the sum of its lines and never changes.

    ``heir`` answers for the estate of a dead person, within what was inherited (民法典第一千一百六十一条). ``number``
    is given by the database. ``due_on`` is the last day to pay, from the decision.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待核实决定"
        DECIDED = "decided", "待退回"
        SETTLED = "settled", "已退清"
        WRITTEN_OFF = "written_off", "已核销"
        CANCELLED = "cancelled", "决定已撤销"
        DROPPED = "dropped", "不需退回"

    class Origin(models.TextChoices):
        """How it came about."""

        STOPPED = "stopped", "停发后仍发放"
        RECALCULATED = "recalculated", "重新核定后多发"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.TextField("编号", unique=True, default="", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    heir = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    relation = models.CharField("与去世人员的关系", max_length=40, blank=True, default="")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    fund = models.TextField("基金")
    benefit = models.CharField("待遇", max_length=40)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="debts")
    origin = models.TextField("来源", choices=Origin.choices)
    reason = models.CharField("原因", max_length=200)
    evidence = models.JSONField("依据", default=dict)
    case_id = models.UUIDField("办件", null=True)
    amount = models.BigIntegerField("多发金额（分）")
    state = models.TextField("状态", choices=State.choices, default=State.OPEN)
    due_on = models.DateField("退回期限", null=True)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "多发待遇"
        indexes = [
            models.Index(fields=["state", "opened_at"], name="recovery_debt_by_age"),
            models.Index(fields=["person"], name="recovery_debt_person"),
            models.Index(fields=["heir"], name="recovery_debt_heir", condition=Q(heir__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="recovery_debt_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="recovery_debt_heir_is_another",
                condition=Q(heir=None) | (~Q(heir=F("person")) & ~Q(relation="")),
                violation_error_message="偿还人不能是本人，并要写明关系",
            ),
        ]


class DebtLine(models.Model):
    """One paid month of a debt: what was ``paid``, what was ``due``, the difference. Append-only.

    ``part`` of the difference was booked to the benefit's second expense account; with less of one kind and more of the
    other it may be negative, or above the whole.
    """

    id = models.BigAutoField(primary_key=True)
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="debt_lines")
    month = models.IntegerField("所属月")
    paid = models.BigIntegerField("已发（分）")
    due = models.BigIntegerField("应发（分）", default=0)
    amount = models.BigIntegerField("多发（分）")
    part = models.BigIntegerField("其中另列科目（分）", default=0, db_default=0)
    explanation = models.JSONField("应发的计算依据", default=dict)

    class Meta:
        verbose_name = "多发明细"
        constraints = [
            models.UniqueConstraint(fields=["debt", "payment"], name="recovery_debtline_once"),
            models.CheckConstraint(
                name="recovery_debtline_adds_up",
                condition=Q(amount__gt=0, due__gte=0, amount__lte=F("paid") - F("due")),
            ),
        ]


class Movement(models.Model):
    """What reduced a debt, in fen; a negative one takes a write-off back. Append-only.

    A refund names its receipt, an offset the payment it was taken from, a write-off the measure that decided it.
    """

    class Kind(models.TextChoices):
        """How."""

        REFUND = "refund", "退回到账"
        OFFSET = "offset", "从待遇中抵扣"
        WRITE_OFF = "write_off", "核销"
        RESTORE = "debt_restore", "恢复追回"

    id = models.BigAutoField(primary_key=True)
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="movements")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    kind = models.TextField("方式", choices=Kind.choices)
    amount = models.BigIntegerField("金额（分）")
    on = models.DateField("日期")
    receipt = models.OneToOneField(Receipt, models.PROTECT, null=True, related_name="+")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+")
    measure = models.OneToOneField("recovery.Measure", models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "追回记录"
        constraints = [
            models.UniqueConstraint(
                fields=["debt", "payment"], condition=Q(payment__isnull=False), name="recovery_movement_one_a_payment"
            ),
            models.CheckConstraint(
                name="recovery_movement_has_origin",
                condition=Q(kind="refund", receipt__isnull=False, amount__gt=0)
                | Q(kind="offset", payment__isnull=False, amount__gt=0)
                | Q(kind="write_off", measure__isnull=False, amount__gt=0)
                | Q(kind="debt_restore", measure__isnull=False, amount__lt=0),
            ),
        ]
