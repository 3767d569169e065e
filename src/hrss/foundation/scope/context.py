"""The acting context: one transaction, one actor, told to PostgreSQL in one statement.

Settings are transaction-local (``set_config(..., true)``), so a kept connection never carries one person's scope
into the next request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hrss.foundation.scope import hot
from hrss.kernel.actor import Actor

_CURRENT: ContextVar[Actor | None] = ContextVar("hrss_actor", default=None)

_NAMES = ("kind", "account", "person", "acting_for", "organisation", "regions", "lines", "services")
_SET = "SELECT " + ", ".join(f"set_config('hrss.{name}', %s, true)" for name in _NAMES)
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
            wanted = _settings_of(actor)
            if not inside:
                hot.begin(_SET, wanted)
                yield actor
                return
            before = _settings_of(outer) if outer else _NOBODY
            if before != wanted:
                _tell(wanted)
            yield actor
            if before != wanted:
                _tell(before)
    finally:
        _CURRENT.reset(token)


@contextmanager
def settled() -> Iterator[None]:
    """Have PostgreSQL put on disk what the outermost block wrote, while the caller makes something of what it has read.

    The outermost block's end waits for it. Any statement in between is refused (RuntimeError). Inside other blocks, and
    outside all of them, nothing is sent.
    """
    ours: Any = connection  # the engine of config.postgresql
    ours.settle()
    ours.hush(True)
    try:
        yield
    finally:
        ours.hush(False)


def _tell(settings: list[str]) -> None:
    """Tell PostgreSQL who acts; a rolled-back savepoint undoes it by itself."""
    hot.run(_SET, settings)


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
