"""Claim the subsidy of residents' contributions (请拨缴费补贴) from the treasury: once for each whole month.

The amount is the sum of what the rules gave each person; nobody types it. Claimed is not received: income is booked
when the treasury's notice says that the money came (``book_subsidies``).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Sum

from hrss.domains.insurance.amounts import COUNTY
from hrss.domains.insurance.models import ResidentPayment, SubsidyClaim
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.codes import Fund
from hrss.funds.ledger.models import Entry
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.rules.engine import default_parameters

SOURCE = "subsidy"
FUND = Fund.RESIDENT_PENSION


def reference_of(month: YearMonth) -> str:
    """Give the number under which the subsidy of a month's payments is claimed, paid in and booked."""
    return f"{SOURCE}:{FUND.value}:{month}"


def due_after(day: date) -> date:
    """Give the day by which a claim of ``day`` should have been paid (general.funds.subsidy_days)."""
    days = default_parameters().parameter("general.funds.subsidy_days", on=day, region=COUNTY).value
    return day + timedelta(days=int(days))


@verb("insurance.claim_subsidies")
def claim_subsidies(*, actor: Actor, on: date) -> Outcome:
    """Claim every whole month before ``on`` that is not claimed, after the last one that is; gives the months.

    The first claim of all takes the month before ``on``: earlier ones came in with the opening balances.
    """
    rows = [row for row in (_claim(month, on) for month in _waiting(YearMonth.of(on) - 1)) if row.amount_fen]
    SubsidyClaim.objects.bulk_create(rows)
    told = {str(YearMonth.from_index(row.month)): row.amount_fen for row in rows}
    audit.record(
        actor, "insurance.claim_subsidies", subject_kind="fund", subject_id=FUND.value, detail={"claimed": told}
    )
    return Outcome("fund", FUND.value, data={"months": list(told)})


def _waiting(until: YearMonth) -> list[YearMonth]:
    claimed = SubsidyClaim.objects.aggregate(last=Max("month"))["last"]
    booked = Entry.objects.filter(fund=FUND.value, source=SOURCE).order_by("reference").last()
    last = max(claimed or 0, YearMonth.parse(booked.reference.rpartition(":")[2]).index if booked else 0)
    first = YearMonth.from_index(last) + 1 if last else until
    return [first + ahead for ahead in range(until - first + 1)]


def _claim(month: YearMonth, on: date) -> SubsidyClaim:
    paid = ResidentPayment.objects.filter(paid_on__range=(month.first_day, month.last_day))
    fen = paid.aggregate(sum=Sum("subsidy_fen"))["sum"] or 0
    return SubsidyClaim(month=month.index, amount_fen=fen, claimed_on=on, due_on=due_after(on))
