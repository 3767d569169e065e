"""Verbs of the ledger, one a file."""

from hrss.funds.ledger.services.approve_proposal import approve_proposal
from hrss.funds.ledger.services.propose_closing import propose_closing
from hrss.funds.ledger.services.propose_entry import propose_entry
from hrss.funds.ledger.services.propose_reversal import propose_reversal
from hrss.funds.ledger.services.propose_transfer import propose_transfer
from hrss.funds.ledger.services.refuse_proposal import refuse_proposal
from hrss.funds.ledger.services.review_proposal import review_proposal

__all__ = [
    "approve_proposal",
    "propose_closing",
    "propose_entry",
    "propose_reversal",
    "propose_transfer",
    "refuse_proposal",
    "review_proposal",
]
