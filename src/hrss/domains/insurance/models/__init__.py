"""Tables of the insurance domain; every one about a person is under row-level security."""

from hrss.domains.insurance.models.awards import Award, AwardEvent
from hrss.domains.insurance.models.contributions import Contribution, Declaration
from hrss.domains.insurance.models.residents import AccountYear, ResidentEnrolment, ResidentPayment
from hrss.domains.insurance.models.subsidies import SubsidyClaim

__all__ = [
    "AccountYear",
    "Award",
    "AwardEvent",
    "Contribution",
    "Declaration",
    "ResidentEnrolment",
    "ResidentPayment",
    "SubsidyClaim",
]
