"""Verbs of payables, one a file."""

from hrss.funds.payables.services.change_facts import change_facts
from hrss.funds.payables.services.grant_entitlement import grant_entitlement
from hrss.funds.payables.services.grant_once import grant_once
from hrss.funds.payables.services.prepare_take_over import prepare_take_over
from hrss.funds.payables.services.resume_entitlement import resume_entitlement
from hrss.funds.payables.services.sign_take_over import sign_take_over
from hrss.funds.payables.services.stop_entitlement import stop_entitlement
from hrss.funds.payables.services.take_over import take_over

__all__ = [
    "change_facts",
    "grant_entitlement",
    "grant_once",
    "prepare_take_over",
    "resume_entitlement",
    "sign_take_over",
    "stop_entitlement",
    "take_over",
]
