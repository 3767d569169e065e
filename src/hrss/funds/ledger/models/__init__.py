"""Rows of the ledger."""

from hrss.funds.ledger.models.books import Account, Book, Source
from hrss.funds.ledger.models.entries import Detail, Entry, Line, Voucher

__all__ = ["Account", "Book", "Detail", "Entry", "Line", "Source", "Voucher"]
