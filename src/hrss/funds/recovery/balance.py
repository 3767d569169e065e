"""What is still owed: the amount less what moved and what is on its way (taken from a payment not yet answered)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from hrss.funds.recovery.models import Debt


def outstanding(debt: Debt) -> int:
    """Give the fen still owed of one debt."""
    return outstanding_of([debt.id])[debt.id]


def outstanding_of(debts: Iterable[UUID]) -> dict[UUID, int]:
    """Give the fen still owed of each debt, by id, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, recovery_outstanding(id) FROM unnest(%s::uuid[]) AS wanted (id)", [list(debts)])
        return dict(cursor.fetchall())
