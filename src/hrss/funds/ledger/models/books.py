"""Books and their accounts: one book a fund, opened from the packs; and the sources entries come from."""

from __future__ import annotations

from django.db import models


class Book(models.Model):
    """The books of one fund (账套). ``closed_through`` is the last day no entry may be dated on or before."""

    fund = models.TextField("基金", primary_key=True)
    title = models.TextField("名称")
    opened_on = models.DateField("启用日期")
    closed_through = models.DateField("已结账至", null=True)

    class Meta:
        verbose_name = "账套"


class Account(models.Model):
    """An account of a fund's chart (会计科目). ``bank`` names the bank account it mirrors, empty for the others."""

    class Kind(models.TextChoices):
        """The five elements of the accounting rules."""

        ASSET = "asset", "资产"
        LIABILITY = "liability", "负债"
        NET = "net", "净资产"
        INCOME = "income", "收入"
        EXPENSE = "expense", "支出"

    class Bank(models.TextChoices):
        """The bank accounts of a fund (社会保险基金财务制度第三十九条至第四十二条)."""

        NONE = "", "不是银行账户"
        INCOME = "income", "收入户"
        FISCAL = "fiscal", "财政专户"
        EXPENDITURE = "expenditure", "支出户"

    fund = models.ForeignKey(Book, models.PROTECT, db_column="fund", related_name="accounts")
    code = models.TextField("科目编号")
    name = models.TextField("科目名称")
    kind = models.TextField("要素", choices=Kind.choices)
    bank = models.TextField("银行账户", choices=Bank.choices, default=Bank.NONE, blank=True)
    carries_to = models.TextField("年末转入科目", default="", blank=True)
    basis = models.TextField("依据", default="", blank=True)
    is_verified = models.BooleanField("编号已核对原文", default=False)

    class Meta:
        verbose_name = "会计科目"
        constraints = [
            models.UniqueConstraint(fields=["fund", "code"], name="ledger_account_code"),
            models.UniqueConstraint(fields=["id", "fund"], name="ledger_account_of_fund"),
            models.UniqueConstraint(
                fields=["fund", "bank"], condition=~models.Q(bank=""), name="ledger_account_one_bank"
            ),
        ]

    @property
    def is_debit_sided(self) -> bool:
        """Tell whether the balance normally stands on the debit side."""
        return self.kind in (Account.Kind.ASSET, Account.Kind.EXPENSE)


class Source(models.Model):
    """What an entry may come from, and how many natural persons must have signed it (I7). Rows come by migration."""

    code = models.TextField(primary_key=True)
    title = models.TextField("名称")
    persons = models.SmallIntegerField("须签名人数")

    class Meta:
        verbose_name = "记账来源"
