"""Looking after the keys: refusing to serve with a wrong ring, and sealing again with the newest key in batches.

Sealing again runs as the system in small transactions, resumes by itself (it looks for old keys) and changes no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from hrss.foundation import audit
from hrss.foundation.crypto import KeyRing, key_of, open_sealed, ring_in_use, seal
from hrss.foundation.people.models import BankAccount, Person, Phone
from hrss.foundation.people.models.belongings import BANK_ACCOUNT, PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One sealed column: model, attribute, field name in the seal, and whose id it is sealed for."""

    model: type[models.Model]
    column: str
    field: str
    owner: Callable[[Any], UUID]


COLUMNS = (
    SealedColumn(Person, "id_cipher", ID_NUMBER, lambda row: row.id),
    SealedColumn(Phone, "cipher", PHONE, lambda row: row.person_id),
    SealedColumn(BankAccount, "cipher", BANK_ACCOUNT, lambda row: row.person_id),
)


def check_keys() -> None:
    """Open one sealed value of each column; Problem ``crypto.…`` when the ring does not fit this database."""
    ring = ring_in_use()
    with acting(system_actor("people.check_keys")):
        for column in COLUMNS:
            row = column.model._default_manager.order_by("pk").first()
            if row is not None:
                open_sealed(getattr(row, column.column), ring=ring, field=column.field, owner=column.owner(row))


def reseal(*, batch: int = 2000) -> int:
    """Seal again what older keys sealed; gives how many values. One transaction a batch."""
    ring = ring_in_use()
    return sum(_reseal_column(column, ring, batch) for column in COLUMNS)


def _reseal_column(column: SealedColumn, ring: KeyRing, batch: int) -> int:
    changed, last = 0, UUID(int=0)
    while True:
        with acting(system_actor("people.reseal")) as actor:
            rows: list[Any] = list(column.model._default_manager.filter(pk__gt=last).order_by("pk")[:batch])
            if not rows:
                return changed
            stale = [row for row in rows if key_of(getattr(row, column.column)) != ring.current.number]
            _reseal_rows(column, ring, stale)
            if stale:
                audit.record(
                    actor,
                    "people.reseal",
                    detail={"field": column.field, "rows": len(stale), "key": ring.current.number},
                )
        changed, last = changed + len(stale), rows[-1].pk


def _reseal_rows(column: SealedColumn, ring: KeyRing, rows: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.maintenance', 'reseal', true)")
    for row in rows:
        text = open_sealed(getattr(row, column.column), ring=ring, field=column.field, owner=column.owner(row))
        setattr(row, column.column, seal(text, ring=ring, field=column.field, owner=column.owner(row)))
    column.model._default_manager.bulk_update(rows, [column.column])
