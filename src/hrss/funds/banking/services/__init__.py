"""Verbs of banking, one a file."""

from hrss.funds.banking.services.ask_payment import ask_payment
from hrss.funds.banking.services.mark_refunded import mark_refunded
from hrss.funds.banking.services.record_receipt import record_receipt

__all__ = ["ask_payment", "mark_refunded", "record_receipt"]
