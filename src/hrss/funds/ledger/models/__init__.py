"""Rows of the ledger."""

from hrss.funds.ledger.models.books import Account, Book, Source
from hrss.funds.ledger.models.entries import Detail, Entry, Line, Voucher
from hrss.funds.ledger.models.proposals import Closing, ClosingBalance, Proposal

__all__ = [
    "Account",
    "Book",
    "Closing",
    "ClosingBalance",
    "Detail",
    "Entry",
    "Line",
    "Proposal",
    "Source",
    "Voucher",
]
