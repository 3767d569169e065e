"""Taking in a contribution: one place through which all money of the domain comes in.

Not a verb: it runs inside one. It gives the receipt under which the fund knows the money.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import uuid7

RESIDENTS = "resident_pension"
SELF_PAID = "居民养老保险个人缴费"
SUBSIDY = "居民养老保险缴费补贴"


def receive(
    person_id: UUID | None, *, actor: Actor, fund: str, fen: int, purpose: str, on: date, channel: str, reference: str
) -> str:
    """Take in ``fen`` for a fund and give the receipt."""
    return reference or str(uuid7())
