"""The daily reconciliation: every fund with books, the last ten days up to yesterday."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from hrss.foundation.jobs import job
from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Entry
from hrss.funds.reconciliation.services import reconcile
from hrss.kernel.actor import system_actor

DAYS = 10
_ROBOT = system_actor("funds.reconcile_daily")


@job("funds.reconcile_daily", own_transactions=True)
def reconcile_daily() -> int:
    """账、银行、财政三方对账"""
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(days=DAYS - 1)
    with acting(_ROBOT):
        moved = Entry.objects.filter(on__range=(since, until)).values_list("fund_id", flat=True)
        funds = sorted(set(moved.distinct()))
    outcomes = [reconcile(actor=_ROBOT, fund=fund, since=since, until=until) for fund in funds]
    return sum(outcome.data["breaks"] for outcome in outcomes)
