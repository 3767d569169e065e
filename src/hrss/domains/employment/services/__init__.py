"""Verbs of the employment domain, one a file."""

from hrss.domains.employment.services.end_registration import end_registration
from hrss.domains.employment.services.join_sample import join_sample, leave_sample
from hrss.domains.employment.services.list_graduate import list_graduate
from hrss.domains.employment.services.offer_service import answer_offer, offer_service
from hrss.domains.employment.services.recognise_family import clear_family, recognise_family
from hrss.domains.employment.services.recognise_hardship import end_hardship, recognise_hardship
from hrss.domains.employment.services.record_event import record_event
from hrss.domains.employment.services.register_employment import Hire, register_employment
from hrss.domains.employment.services.register_unemployment import register_unemployment
from hrss.domains.employment.services.remind_firms import remind_firms
from hrss.domains.employment.services.report_month import MonthlyFigures, report_month

__all__ = [
    "Hire",
    "MonthlyFigures",
    "answer_offer",
    "clear_family",
    "end_hardship",
    "end_registration",
    "join_sample",
    "leave_sample",
    "list_graduate",
    "offer_service",
    "recognise_family",
    "recognise_hardship",
    "record_event",
    "register_employment",
    "register_unemployment",
    "remind_firms",
    "report_month",
]
