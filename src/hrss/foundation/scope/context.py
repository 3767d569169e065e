"""The acting context: one transaction, one actor, told to PostgreSQL in one statement.

Settings are transaction-local (``set_config(..., true)``), so a kept connection never carries one person's scope
into the next request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from hrss.foundation.scope.hot import run
from hrss.kernel.actor import Actor

_CURRENT: ContextVar[Actor | None] = ContextVar("hrss_actor", default=None)

_SET = (
    "SELECT set_config('hrss.kind', %s, true), set_config('hrss.account', %s, true),"
    " set_config('hrss.person', %s, true), set_config('hrss.acting_for', %s, true),"
    " set_config('hrss.organisation', %s, true), set_config('hrss.regions', %s, true),"
    " set_config('hrss.lines', %s, true), set_config('hrss.services', %s, true)"
)
_NOBODY = [""] * 8


def current_actor() -> Actor | None:
    """Give the actor of the innermost ``acting`` block, or None outside one."""
    return _CURRENT.get()


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Run the block as ``actor`` in one transaction; an exception rolls it back.

    Inside another block of the same actor it joins; of another actor it takes over and restores on leaving. Inside a
    transaction somebody else opened, nobody acts after it.
    """
    outer = _CURRENT.get()
    inside = connection.in_atomic_block
    token = _CURRENT.set(actor)
    try:
        with transaction.atomic():
            before, wanted = _settings_of(outer) if outer else _NOBODY, _settings_of(actor)
            if not inside or before != wanted:
                _tell(wanted)
            yield actor
            if inside and before != wanted:
                _tell(before)
    finally:
        _CURRENT.reset(token)


def _tell(settings: list[str]) -> None:
    """Tell PostgreSQL who acts; a rolled-back savepoint undoes it by itself."""
    run(_SET, settings)


def _settings_of(actor: Actor) -> list[str]:
    """Give the eight settings in the order of the statement; regions, lines and services are comma lists."""
    return [
        actor.kind.value,
        _text(actor.account),
        _text(actor.person),
        _text(actor.acting_for_person),
        _text(actor.acting_for_organisation),
        ",".join(actor.regions),
        ",".join(sorted(actor.lines)),
        ",".join(sorted(actor.services)),
    ]


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)
