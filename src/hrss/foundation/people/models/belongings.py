"""What belongs to a person: phones, bank accounts, addresses. Numbers are sealed; region codes follow the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7

PHONE = "people.phone"
BANK_ACCOUNT = "people.bank_account"


class Phone(models.Model):
    """A phone number of a person; several people may share one (M09 watches for it)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="phones")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    cipher = models.BinaryField("号码（密文）")
    index = models.BinaryField("号码索引", max_length=16)
    tail = models.CharField("后四位", max_length=4)
    is_primary = models.BooleanField("首选", default=False)

    class Meta:
        verbose_name = "电话"
        indexes = [models.Index(fields=["index"], name="people_phone_index")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "index"],
                name="people_phone_once",
                violation_error_message="这个号码已经登记过",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True),
                name="people_phone_one_primary",
                violation_error_message="只能有一个首选号码",
            ),
        ]


class BankAccount(models.Model):
    """A payee account. Money goes only to ``state`` active, on or after ``usable_from`` (M05, M06).

    The clerk who enters it and the one who reviews it are two natural persons; the database says so.
    """

    class State(models.TextChoices):
        """Life of an account."""

        PROPOSED = "proposed", "待复核"
        ACTIVE = "active", "可用"
        REFUSED = "refused", "未通过"
        CLOSED = "closed", "已停用"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="bank_accounts")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    bank = models.CharField("开户银行", max_length=60)
    cipher = models.BinaryField("账号（密文）")
    index = models.BinaryField("账号索引", max_length=16)
    tail = models.CharField("后四位", max_length=4)
    holder = models.CharField("户名", max_length=50)
    is_social_card = models.BooleanField("社会保障卡账户", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    verified_at = models.DateTimeField("银行核验时间", null=True, blank=True)
    since = models.DateField("登记日期")
    until = models.DateField("停用日期", null=True, blank=True)
    usable_from = models.DateField("可发放日期", null=True, blank=True)
    proposed_by = models.UUIDField("录入人（自然人）", null=True, editable=False)
    reviewed_by = models.UUIDField("复核人（自然人）", null=True, editable=False)
    reviewed_at = models.DateTimeField("复核时间", null=True, editable=False)
    refusal = models.CharField("不通过原因", max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "银行账户"
        indexes = [models.Index(fields=["index"], name="people_bankaccount_index")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "index"],
                condition=Q(state__in=["proposed", "active"]),
                name="people_bankaccount_once",
                violation_error_message="这个账户已经登记过",
            ),
            models.CheckConstraint(
                name="people_bankaccount_two_people",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=models.F("proposed_by")),
                violation_error_message="录入和复核不能是同一个人",
            ),
            models.CheckConstraint(
                name="people_bankaccount_active_is_reviewed",
                condition=~Q(state="active") | Q(verified_at__isnull=False, usable_from__isnull=False),
                violation_error_message="可用账户必须经过银行核验并有可发放日期",
            ),
            models.CheckConstraint(
                name="people_bankaccount_in_order",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message="停用日期早于登记日期",
            ),
        ]


class Address(models.Model):
    """An address of a person: register, residence or delivery; ``until`` is the last day."""

    class Kind(models.TextChoices):
        """What the address is for."""

        REGISTER = "register", "户籍地址"
        RESIDENCE = "residence", "居住地址"
        DELIVERY = "delivery", "送达地址"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="addresses")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    kind = models.CharField("用途", max_length=10, choices=Kind.choices)
    text = models.CharField("地址", max_length=200)
    since = models.DateField("启用日期")
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "地址"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(until=None),
                name="people_address_one_now",
                violation_error_message="同一用途只能有一个现用地址",
            )
        ]

    def __str__(self) -> str:
        return self.text
