"""Units of labour rules that the engine does not have: months of arrears to the hundredth."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine.units import HUNDREDTHS, Unit

ARREARS_MONTHS = Unit("arrears_months", "个月", HUNDREDTHS, 0, 120_000)
ArrearsMonths: TypeAlias = Annotated[int, ARREARS_MONTHS]
