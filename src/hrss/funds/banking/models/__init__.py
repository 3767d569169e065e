"""Rows of banking."""

from hrss.funds.banking.models.files import BankFile
from hrss.funds.banking.models.receipts import Collection, Receipt

__all__ = ["BankFile", "Collection", "Receipt"]
