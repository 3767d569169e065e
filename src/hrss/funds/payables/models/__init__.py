"""Rows of payables."""

from hrss.funds.payables.models.batches import Batch
from hrss.funds.payables.models.deductions import Deduction
from hrss.funds.payables.models.entitlements import Entitlement, FactVersion
from hrss.funds.payables.models.payments import Payment

__all__ = ["Batch", "Deduction", "Entitlement", "FactVersion", "Payment"]
