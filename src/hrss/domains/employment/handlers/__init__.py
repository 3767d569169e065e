"""What the employment items need beyond their data: one handler a file, registered by ``apps.py``."""

from hrss.domains.employment.handlers.employer_registration import EmployerRegistration
from hrss.domains.employment.handlers.hardship_recognition import HardshipRecognitionHandler
from hrss.domains.employment.handlers.unemployment_registration import UnemploymentRegistrationHandler
from hrss.domains.employment.handlers.zero_employment_family import ZeroEmploymentFamilyHandler

HANDLERS = {
    "employment.unemployment_registration": UnemploymentRegistrationHandler(),
    "employment.employer_registration": EmployerRegistration(),
    "employment.hardship_recognition": HardshipRecognitionHandler(),
    "employment.zero_employment_family": ZeroEmploymentFamilyHandler(),
}

__all__ = ["HANDLERS"]
