"""Verbs of people, one a file."""

from hrss.foundation.people.services.add_bank_account import add_bank_account
from hrss.foundation.people.services.add_phone import add_phone
from hrss.foundation.people.services.close_bank_account import close_bank_account
from hrss.foundation.people.services.correct_person import correct_person
from hrss.foundation.people.services.merge_persons import merge_persons
from hrss.foundation.people.services.move_household import move_household
from hrss.foundation.people.services.record_death import record_death
from hrss.foundation.people.services.register_person import register_person
from hrss.foundation.people.services.review_bank_account import review_bank_account
from hrss.foundation.people.services.sign_change import sign_change

__all__ = [
    "add_bank_account",
    "add_phone",
    "close_bank_account",
    "correct_person",
    "merge_persons",
    "move_household",
    "record_death",
    "register_person",
    "review_bank_account",
    "sign_change",
]
