"""The residents' pension before it is drawn: enrolment, yearly payments, the account as an annual ledger."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class ResidentEnrolment(models.Model):
    """One enrolment in the residents' pension; a person has at most one open (国发〔2014〕8号).

    ``told_on`` is the day the person was told that sixty is near; ``grade_yuan`` the grade chosen last.
    """

    class Category(models.TextChoices):
        """Groups that may choose the lowest grade (facts: grades from 2022)."""

        ORDINARY = "ordinary", "一般居民"
        SEVERELY_DISABLED = "severely_disabled", "重度残疾人"
        MINIMUM_LIVING = "minimum_living", "低保对象"
        DESTITUTE = "destitute", "特困人员"
        RETURNED_POVERTY = "returned_poverty", "返贫致贫人口"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    enrolled_on = models.DateField()
    category = models.TextField(choices=Category.choices, default=Category.ORDINARY)
    grade_yuan = models.IntegerField()
    has_one_child = models.BooleanField(default=False)
    told_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(default="")
    case_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_on__isnull=True),
                name="insurance_one_open_enrolment",
                violation_error_message="这个人已经参加城乡居民养老保险",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("enrolled_on")),
                name="insurance_enrolment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "enrolled_on"], name="insurance_enrolment_region")]


class ResidentPayment(models.Model):
    """The contribution of one year; ``basis`` keeps how the subsidy was found, ``receipt`` where the money came in."""

    class Payer(models.TextChoices):
        """Who paid."""

        SELF = "self", "本人"
        GOVERNMENT = "government", "政府代缴"
        OTHER = "other", "他人或集体资助"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    year = models.SmallIntegerField()
    grade_yuan = models.IntegerField()
    paid_fen = models.BigIntegerField()
    subsidy_fen = models.BigIntegerField()
    is_late = models.BooleanField(default=False)
    payer = models.TextField(choices=Payer.choices, default=Payer.SELF)
    paid_on = models.DateField()
    receipt = models.TextField(default="")
    basis = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                name="insurance_one_payment_a_year",
                violation_error_message="这一年已经缴过费",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_fen__gt=0, subsidy_fen__gte=0), name="insurance_payment_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "year"], name="insurance_payment_region"),
            models.Index(fields=["paid_on"], name="insurance_payment_day"),
        ]


class AccountYear(models.Model):
    """One year of one personal account: what was credited, what earns interest, and the balance once closed.

    ``credit_fen`` and ``product_fen`` grow as payments post; ``interest_fen`` and ``balance_fen`` are set once, when
    the year is closed with its published rate, and never again.
    """

    class Scheme(models.TextChoices):
        """Which account."""

        RESIDENT = "resident", "城乡居民养老保险"
        EMPLOYEE = "employee", "企业职工养老保险"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    scheme = models.TextField(choices=Scheme.choices)
    year = models.SmallIntegerField()
    credit_fen = models.BigIntegerField(default=0)
    product_fen = models.BigIntegerField(default=0)
    index_sum = models.BigIntegerField(default=0)
    months = models.SmallIntegerField(default=0)
    interest_fen = models.BigIntegerField(null=True)
    balance_fen = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "scheme", "year"], name="insurance_one_account_year"),
            models.CheckConstraint(
                condition=models.Q(credit_fen__gte=0, product_fen__gte=0, months__gte=0, months__lte=12),
                name="insurance_account_year_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None, interest_fen=None, balance_fen=None)
                | models.Q(closed_on__isnull=False, interest_fen__isnull=False, balance_fen__isnull=False),
                name="insurance_account_year_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "year", "person"], name="insurance_account_of_year")]
