"""Book the subsidy of residents' contributions (缴费补贴) as income of the fund: once a month, each person a detail.

On cash basis, at the day the treasury pays it into the fiscal account (财政专户): the month after the one in which
people paid. A month is booked once, in order; what the treasury has not paid in shows as a break of the daily
reconciliation, one line a month. It refuses nothing by itself: the ledger refuses closed days and second bookings.
"""

from __future__ import annotations

from datetime import date

from hrss.domains.insurance.models import ResidentPayment
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.codes import Fund
from hrss.funds.ledger.models import Entry
from hrss.funds.ledger.posting import Query, post
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome

SOURCE = "subsidy"
FUND = Fund.RESIDENT_PENSION
BANK = "1003"  # 财政专户存款
INCOME = "4101-01"  # 财政补贴收入（对个人缴费的补贴）
_LINES = """
SELECT %s, sum(subsidy_fen)::bigint, 0::bigint, NULL::uuid, '', '' FROM insurance_residentpayment
 WHERE paid_on BETWEEN %s AND %s AND subsidy_fen > 0
UNION ALL
SELECT %s, 0::bigint, subsidy_fen, person_id, region_code, id::text FROM insurance_residentpayment
 WHERE paid_on BETWEEN %s AND %s AND subsidy_fen > 0
"""


def reference_of(month: YearMonth) -> str:
    """Give the reference under which the subsidy of a month's payments is booked and paid in."""
    return f"{SOURCE}:{FUND.value}:{month}"


@verb("insurance.book_subsidies")
def book_subsidies(*, actor: Actor, on: date) -> Outcome:
    """Book every whole month before ``on`` that is not booked, after the last one that is; gives the months booked.

    The first booking of all takes the month before ``on``: earlier ones came in with the opening balances.
    """
    months = [month for month in _waiting(YearMonth.of(on) - 1) if _has_subsidy(month)]
    for month in months:
        _book(month, actor=actor, on=on)
    audit.record(
        actor,
        "insurance.book_subsidies",
        subject_kind="fund",
        subject_id=FUND.value,
        detail={"months": [str(month) for month in months]},
    )
    return Outcome("fund", FUND.value, data={"months": [str(month) for month in months]})


def _waiting(until: YearMonth) -> list[YearMonth]:
    last = Entry.objects.filter(fund=FUND.value, source=SOURCE).order_by("reference").last()
    first = YearMonth.parse(last.reference.rpartition(":")[2]) + 1 if last else until
    return [first + ahead for ahead in range(until - first + 1)]


def _has_subsidy(month: YearMonth) -> bool:
    return ResidentPayment.objects.filter(paid_on__range=(month.first_day, month.last_day), subsidy_fen__gt=0).exists()


def _book(month: YearMonth, *, actor: Actor, on: date) -> None:
    span = [month.first_day, month.last_day]
    post(
        actor=actor,
        fund=FUND.value,
        on=on,
        lines=Query(_LINES, [BANK, *span, INCOME, *span]),
        source=SOURCE,
        reference=reference_of(month),
        text=f"{month} 居民养老保险缴费补贴",
    )
