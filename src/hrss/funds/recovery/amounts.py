"""Amounts and limits of recovery, asked of the rules and the parameters; nothing here computes by itself."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.foundation.regions.county import county_code
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.insurance.recalculation import instalment, last_instalment, overpayment

COUNTY = county_code()


def overpaid(paid: int, due: int) -> int:
    """Give the fen paid too much of one line (社会保险经办条例第四十六条)."""
    return int(evaluate(overpayment, {"monthly": paid, "months": 1, "already_returned": due}).amount)


def instalments(debt: int, periods: int) -> list[int]:
    """Give the fen of each instalment; the last takes the rest."""
    each = int(evaluate(instalment, {"debt": debt, "periods": periods}).amount)
    last = int(evaluate(last_instalment, {"debt": debt, "periods": periods}).amount)
    return [each] * (periods - 1) + [last]


def pay_by(day: date) -> date:
    """Give the last day to pay after a decision of ``day``."""
    return day + timedelta(days=limit("recovery_days", day))


def most_share(day: date) -> int:
    """Give the largest share of a month that may be kept, in millionths (insurance.recovery.offset_share)."""
    return int(default_parameters().parameter("insurance.recovery.offset_share", on=day, region=COUNTY).value)


def limit(name: str, day: date) -> int:
    """Give a limit in its own unit. Problem ``rules.gap`` where none is in force; there are no defaults."""
    return int(default_parameters().parameter(f"general.funds.{name}", on=day, region=COUNTY).value)
