"""Verbs of the insurance domain, one a file."""

from hrss.domains.insurance.services.award_death_grant import award_death_grant
from hrss.domains.insurance.services.award_pension import award_pension
from hrss.domains.insurance.services.award_unemployment import award_unemployment
from hrss.domains.insurance.services.book_subsidies import book_subsidies
from hrss.domains.insurance.services.change_award import end_award, pause_award, resume_award
from hrss.domains.insurance.services.claim_subsidies import claim_subsidies
from hrss.domains.insurance.services.close_accounts import close_accounts
from hrss.domains.insurance.services.declare_contributions import Wage, declare_contributions
from hrss.domains.insurance.services.enrol_resident import end_enrolment, enrol_resident
from hrss.domains.insurance.services.pay_resident import bill_resident, pay_resident

__all__ = [
    "Wage",
    "award_death_grant",
    "award_pension",
    "award_unemployment",
    "bill_resident",
    "book_subsidies",
    "claim_subsidies",
    "close_accounts",
    "declare_contributions",
    "end_award",
    "end_enrolment",
    "enrol_resident",
    "pause_award",
    "pay_resident",
    "resume_award",
]
