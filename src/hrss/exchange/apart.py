"""A connection of the ledger's own: a line is on disk before a question goes out, whatever becomes of the asker.

The asker's transaction may be rolled back (the form was wrong, the worker was killed); what another agency was asked
must be in the ledger all the same. One connection per thread, made at first use; lines are written as the system.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

_ALIAS = "default"

Connection = psycopg.Connection[Any]


class _Held:
    """A connection that is closed when its thread ends."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


_LOCAL = threading.local()


@contextmanager
def ledger_transaction() -> Iterator[Connection]:
    """Open a transaction on the ledger's connection, or join the one that is open; it commits on leaving."""
    connection = _usable() or _open()
    with connection.transaction():
        connection.execute("SELECT set_config('hrss.kind', 'system', true)")
        yield connection


def close() -> None:
    """Close this thread's ledger connection."""
    _LOCAL.held = None


def _usable() -> Connection | None:
    held: _Held | None = getattr(_LOCAL, "held", None)
    if held is None:
        return None
    try:
        if held.connection.info.dbname == connections[_ALIAS].settings_dict["NAME"]:
            held.connection.execute("SELECT 1")
            return held.connection
    except psycopg.OperationalError:
        pass
    close()
    return None


def _open() -> Connection:
    wrapper = connections[_ALIAS]
    connection: Connection = wrapper.get_new_connection(wrapper.get_connection_params())
    connection.autocommit = True
    _LOCAL.held = _Held(connection)
    return connection
