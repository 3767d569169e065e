"""Tables of the employment domain; every one is under row-level security."""

from hrss.domains.employment.models.assistance import Graduate, HardshipRecognition, ServiceOffer, ZeroEmploymentFamily
from hrss.domains.employment.models.events import CurrentStatus, StatusEvent
from hrss.domains.employment.models.registers import EmploymentSpell, UnemploymentRegistration

__all__ = [
    "CurrentStatus",
    "EmploymentSpell",
    "Graduate",
    "HardshipRecognition",
    "ServiceOffer",
    "StatusEvent",
    "UnemploymentRegistration",
    "ZeroEmploymentFamily",
]
