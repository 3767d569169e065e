"""Rows of recovery."""

from hrss.funds.recovery.models.debts import Debt, DebtLine, Movement
from hrss.funds.recovery.models.measures import Confirmation, Instalment, Measure

__all__ = ["Confirmation", "Debt", "DebtLine", "Instalment", "Measure", "Movement"]
