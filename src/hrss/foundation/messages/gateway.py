"""The way to the telephone network: simulated, or the one the installation names.

``HRSS_SMS_GATEWAY`` names a class (dotted path) with the methods of ``Gateway``; the city's gateway is put in there.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

SIMULATED = "simulated"


class Gateway(Protocol):
    """What a gateway must do."""

    @property
    def name(self) -> str:
        """Name for the record."""
        ...

    def send(self, number: str, text: str, *, key: str) -> str:
        """Send ``text`` to ``number`` and give the network's reference; the same ``key`` again sends nothing new."""
        ...


class SimulatedGateway:
    """Sends nothing; the operators' page shows what would have been sent."""

    name = SIMULATED

    def send(self, number: str, text: str, *, key: str) -> str:
        """Take the message and give a reference."""
        return f"simulated-{key[:8]}"


def gateway_in_use() -> Gateway:
    """Give the installation's gateway."""
    named = getattr(settings, "HRSS_SMS_GATEWAY", "")
    if not named:
        return SimulatedGateway()
    chosen: Gateway = import_string(named)()
    return chosen


def is_simulated() -> bool:
    """Tell whether text messages only appear on the operators' page."""
    return gateway_in_use().name == SIMULATED
