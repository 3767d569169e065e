"""What every verb of the domain does to the account of a resident: credit a payment, settle the account at the claim.

Not verbs: they run inside one, in its transaction, and leave the audit event to it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F

from hrss.domains.insurance import amounts, queries
from hrss.domains.insurance.models import AccountYear
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

RESIDENT = AccountYear.Scheme.RESIDENT


def credit(person_id: UUID, *, region_code: str, payment: int, subsidy: int, on: date) -> None:
    """Credit a payment to the row of its year. Problem where the year is closed already."""
    credited, product = amounts.credited(payment, subsidy, month=on.month)
    AccountYear.objects.get_or_create(
        person_id=person_id, scheme=RESIDENT, year=on.year, defaults={"region_code": region_code}
    )
    rows = AccountYear.objects.filter(person_id=person_id, scheme=RESIDENT, year=on.year, closed_on=None)
    if not rows.update(credit_fen=F("credit_fen") + credited, product_fen=F("product_fen") + product):
        raise Problem(
            "insurance.account_closed",
            f"{on.year} 年的个人账户已经结转，不能再记账",
            rule="个人账户年度台账：结转后只能冲正",
            remedy="请核对缴费日期",
            status=409,
        )


def settle(person_id: UUID, *, region_code: str, month: YearMonth, on: date) -> int:
    """Close the account at the end of ``month``, before the first pension; gives the balance in fen."""
    account = queries.account_in(person_id, month)
    row, _ = AccountYear.objects.get_or_create(
        person_id=person_id, scheme=RESIDENT, year=month.year, defaults={"region_code": region_code}
    )
    row.interest_fen = account.balance - account.opening - account.credit
    row.balance_fen, row.closed_on = account.balance, on
    row.save(update_fields=["interest_fen", "balance_fen", "closed_on"])
    return account.balance
