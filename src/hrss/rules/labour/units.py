"""Units of labour rules that the engine does not have: months of arrears to the hundredth, pay days, hours a month."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine.units import DAYS, HOURS, HUNDREDTHS, SCORE, Unit

ARREARS_MONTHS = Unit("arrears_months", "个月", HUNDREDTHS, 0, 120_000)
ArrearsMonths: TypeAlias = Annotated[int, ARREARS_MONTHS]
PartialDays: TypeAlias = Annotated[int, DAYS.within(0, 62)]  # two broken months at most
PayDays: TypeAlias = Annotated[int, SCORE.within(1 * HUNDREDTHS, 31 * HUNDREDTHS)]
MonthHours: TypeAlias = Annotated[int, HOURS.within(0, 744 * HUNDREDTHS)]
