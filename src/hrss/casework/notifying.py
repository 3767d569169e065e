"""Telling the applicant: one short message a turn of the case, in the inbox and by SMS where there is a phone."""

from __future__ import annotations

from hrss.casework.cases.fetching import Work
from hrss.kernel.actor import Actor


def tell(work: Work, what: str, *, actor: Actor) -> None:
    """Send the message of a turn (``submitted``, ``accepted``, ``notice``, ``decided`` …) to the applicant."""
