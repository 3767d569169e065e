"""What indicators do by themselves: measure the last full month, put it up for review, fill in missing history.

Each run is repeatable: a month that is there is not measured again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation.jobs import job
from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.outbox import announce
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import plan_start
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.queries import newest_complete_month
from hrss.oversight.indicators.services.prepare import prepare
from hrss.oversight.indicators.services.take import take

MEASURED = "indicators.measured"
_ROBOT = system_actor("indicators.jobs").for_purpose("statistics")
_FIRST_YEAR = 2021  # rows before the first plan of the platform were kept on paper


@job("indicators.measure", own_transactions=True)
def measure_month() -> int:
    """取上月全部指标并提交会审；历史缺月的补算。"""
    today = timezone.localdate()
    month = newest_complete_month(today)
    codes = _missing(month)
    for code in codes:
        outcome = take([code], [month], actor=_ROBOT, reason=Taking.Reason.MONTHLY)
        taking = UUID(outcome.data[f"{code} {month}"])
        if not Statement.objects.filter(statistic=code, month=str(month)).exists():
            prepare(taking, actor=_ROBOT)
    if _missing(YearMonth(_FIRST_YEAR, 12)):
        enqueue("indicators.backfill", once="indicators.backfill")
    _tell(month)
    return len(codes)


@job("indicators.backfill", own_transactions=True)
def backfill() -> int:
    """按现行口径补算 2021 年以来缺的月份（县和乡镇；年末到村）。"""
    today = timezone.localdate()
    done = 0
    for code in (one.code for one in statistics()):
        for year in range(_FIRST_YEAR, today.year + 1):
            months = _months_missing(code, year, today)
            if months:
                take([code], months, actor=_ROBOT, reason=Taking.Reason.BACKFILL, levels=("county", "township"))
                done += len(months)
    _tell(newest_complete_month(today))
    return done


def _tell(month: YearMonth) -> None:
    """Tell the parts above that numbers are there: the paths of the goals can be followed."""
    with acting(_ROBOT):
        announce(MEASURED, {"month": str(month)})


def _missing(month: YearMonth) -> list[str]:
    there = set(Taking.objects.filter(month=str(month)).values_list("statistic", flat=True))
    return [one.code for one in statistics() if one.code not in there]


def _months_missing(code: str, year: int, today: date) -> list[YearMonth]:
    last = newest_complete_month(today)
    there = set(Taking.objects.filter(statistic=code, month__startswith=f"{year}-").values_list("month", flat=True))
    months = (YearMonth(year, month) for month in range(1, 13))
    return [month for month in months if month <= last and str(month) not in there]


def plan_months(month: YearMonth) -> list[YearMonth]:
    """Give the months of the five-year plan up to a month."""
    first = YearMonth(plan_start(month.year), 1)
    return [first + offset for offset in range(month - first + 1)]
