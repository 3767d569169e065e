"""Tables about people. Other parts use ``people.queries`` and services; they point at ``people.Person`` by key only."""

from hrss.foundation.people.models.belongings import Address, BankAccount, Phone
from hrss.foundation.people.models.changes import ChangeRequest, ChangeSignature, PersonHistory, PersonMerge
from hrss.foundation.people.models.households import Household, HouseholdMember
from hrss.foundation.people.models.person import Person

__all__ = [
    "Address",
    "BankAccount",
    "ChangeRequest",
    "ChangeSignature",
    "Household",
    "HouseholdMember",
    "Person",
    "PersonHistory",
    "PersonMerge",
    "Phone",
]
