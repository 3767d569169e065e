"""Tables of the employment domain; every one is under row-level security."""

from hrss.domains.employment.models.assistance import Graduate, HardshipRecognition, ServiceOffer, ZeroEmploymentFamily
from hrss.domains.employment.models.events import CurrentStatus, StatusEvent
from hrss.domains.employment.models.registers import EmploymentSpell, UnemploymentRegistration
from hrss.domains.employment.models.sampling import FirmReport, ReportReminder, SampleFirm

__all__ = [
    "CurrentStatus",
    "EmploymentSpell",
    "FirmReport",
    "Graduate",
    "HardshipRecognition",
    "ReportReminder",
    "SampleFirm",
    "ServiceOffer",
    "StatusEvent",
    "UnemploymentRegistration",
    "ZeroEmploymentFamily",
]
