"""Verbs of the ledger, one a file."""

from hrss.funds.ledger.services.post_entry import post_entry

__all__ = ["post_entry"]
