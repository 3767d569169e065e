"""The verbs of casework, one a file. Everything that changes a case goes through one of them."""

from hrss.casework.services.accept import accept
from hrss.casework.services.answer_rating import answer_rating
from hrss.casework.services.approve import approve
from hrss.casework.services.archive import archive
from hrss.casework.services.ask_opinion import ask_opinion
from hrss.casework.services.audit import audit
from hrss.casework.services.claim import claim
from hrss.casework.services.correct import correct
from hrss.casework.services.decide import decide
from hrss.casework.services.declare_conflict import declare_conflict
from hrss.casework.services.deem_accepted import deem_accepted
from hrss.casework.services.deliver import deliver
from hrss.casework.services.discard_draft import discard_draft
from hrss.casework.services.execute import execute
from hrss.casework.services.extend import extend
from hrss.casework.services.fast_forward import fast_forward
from hrss.casework.services.give_opinion import give_opinion
from hrss.casework.services.handle import handle
from hrss.casework.services.hold_meeting import hold_meeting
from hrss.casework.services.notify_correction import notify_correction
from hrss.casework.services.rate import rate
from hrss.casework.services.refuse_acceptance import refuse_acceptance
from hrss.casework.services.release import release
from hrss.casework.services.resume import resume
from hrss.casework.services.return_case import return_case
from hrss.casework.services.review import review
from hrss.casework.services.save_draft import save_draft
from hrss.casework.services.settle_at_once import settle_at_once
from hrss.casework.services.start_package import start_package
from hrss.casework.services.submit import apply, submit
from hrss.casework.services.supply_material import supply_material
from hrss.casework.services.suspend import suspend
from hrss.casework.services.take_up_firm import take_up_firm
from hrss.casework.services.terminate import terminate
from hrss.casework.services.transfer import transfer
from hrss.casework.services.verify_promise import verify_promise
from hrss.casework.services.withdraw import withdraw

__all__ = [
    "accept",
    "answer_rating",
    "apply",
    "approve",
    "archive",
    "ask_opinion",
    "audit",
    "claim",
    "correct",
    "decide",
    "declare_conflict",
    "deem_accepted",
    "deliver",
    "discard_draft",
    "execute",
    "extend",
    "fast_forward",
    "give_opinion",
    "handle",
    "hold_meeting",
    "notify_correction",
    "rate",
    "refuse_acceptance",
    "release",
    "resume",
    "return_case",
    "review",
    "save_draft",
    "settle_at_once",
    "start_package",
    "submit",
    "supply_material",
    "suspend",
    "take_up_firm",
    "terminate",
    "transfer",
    "verify_promise",
    "withdraw",
]
