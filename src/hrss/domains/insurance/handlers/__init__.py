"""What the insurance items need beyond their data, registered by ``wiring.py``."""

from hrss.domains.insurance import amounts
from hrss.domains.insurance.handlers.benefit_changes import (
    AccountChangeHandler,
    BenefitPauseHandler,
    BenefitResumptionHandler,
)
from hrss.domains.insurance.handlers.death_grants import DeathGrantHandler
from hrss.domains.insurance.handlers.declaration import DeclarationHandler
from hrss.domains.insurance.handlers.resident_enrolment import EnrolmentEndHandler, ResidentEnrolmentHandler
from hrss.domains.insurance.handlers.resident_pension import ResidentPensionHandler
from hrss.domains.insurance.handlers.unemployment_benefit import UnemploymentBenefitHandler

HANDLERS = {
    "insurance.resident_enrolment": ResidentEnrolmentHandler(),
    "insurance.enrolment_end": EnrolmentEndHandler(),
    "insurance.resident_pension": ResidentPensionHandler(),
    "insurance.benefit_pause": BenefitPauseHandler(),
    "insurance.benefit_resumption": BenefitResumptionHandler(),
    "insurance.account_change": AccountChangeHandler(),
    "insurance.death_grant": DeathGrantHandler(amounts.RESIDENT_DEATH_GRANT),
    "insurance.account_inheritance": DeathGrantHandler(amounts.RESIDENT_ACCOUNT),
    "insurance.unemployment_benefit": UnemploymentBenefitHandler(),
    "insurance.unemployment_death_grant": DeathGrantHandler(amounts.UNEMPLOYMENT_DEATH_GRANT),
    "insurance.declaration": DeclarationHandler(),
}

__all__ = ["HANDLERS"]
