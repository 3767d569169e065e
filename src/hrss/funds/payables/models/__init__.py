"""Rows of payables."""

from hrss.funds.payables.models.bases import Basis
from hrss.funds.payables.models.batches import Batch
from hrss.funds.payables.models.deductions import Deduction
from hrss.funds.payables.models.entitlements import Entitlement, FactVersion
from hrss.funds.payables.models.payments import Payment

__all__ = ["Basis", "Batch", "Deduction", "Entitlement", "FactVersion", "Payment"]
