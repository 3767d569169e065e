"""Verbs of recovery, one a file."""

from hrss.funds.recovery.services.approve_measure import approve_measure
from hrss.funds.recovery.services.bill_debt import bill_debt
from hrss.funds.recovery.services.book_offsets import book_offsets
from hrss.funds.recovery.services.confirm_write_off import confirm_write_off
from hrss.funds.recovery.services.name_heir import name_heir
from hrss.funds.recovery.services.open_debt import open_debt
from hrss.funds.recovery.services.open_recalculated import open_recalculated
from hrss.funds.recovery.services.propose_correction import propose_correction
from hrss.funds.recovery.services.propose_decision import propose_decision
from hrss.funds.recovery.services.propose_offset import propose_offset
from hrss.funds.recovery.services.propose_plan import propose_plan
from hrss.funds.recovery.services.propose_write_off import propose_write_off
from hrss.funds.recovery.services.receive_refund import receive_refund
from hrss.funds.recovery.services.refuse_measure import refuse_measure
from hrss.funds.recovery.services.review_measure import review_measure

__all__ = [
    "approve_measure",
    "bill_debt",
    "book_offsets",
    "confirm_write_off",
    "name_heir",
    "open_debt",
    "open_recalculated",
    "propose_correction",
    "propose_decision",
    "propose_offset",
    "propose_plan",
    "propose_write_off",
    "receive_refund",
    "refuse_measure",
    "review_measure",
]
