"""Verbs of reception."""

from hrss.casework.reception.services.newcomers import register_newcomer
from hrss.casework.reception.services.sittings import (
    ask_rating,
    begin_sitting,
    end_sitting,
    identify,
    identify_firm,
    mirror,
    thank,
)
from hrss.casework.reception.services.tickets import call_next, miss_ticket, take_ticket

__all__ = [
    "ask_rating",
    "begin_sitting",
    "call_next",
    "end_sitting",
    "identify",
    "identify_firm",
    "mirror",
    "miss_ticket",
    "register_newcomer",
    "take_ticket",
    "thank",
]
