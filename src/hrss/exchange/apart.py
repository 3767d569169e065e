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

_LOCAL = threading.local()
_ALIAS = "default"


@contextmanager
def ledger_transaction() -> Iterator[psycopg.Connection[Any]]:
    """Open a transaction on the ledger's connection; it commits on leaving."""
    connection = _usable() or _open()
    with connection.transaction():
        connection.execute("SELECT set_config('hrss.kind', 'system', true)")
        yield connection


def close() -> None:
    """Close this thread's ledger connection."""
    connection: psycopg.Connection[Any] | None = getattr(_LOCAL, "connection", None)
    if connection is not None:
        connection.close()
        _LOCAL.connection = None


def _usable() -> psycopg.Connection[Any] | None:
    connection: psycopg.Connection[Any] | None = getattr(_LOCAL, "connection", None)
    if connection is None or connection.closed:
        return None
    try:
        if connection.info.dbname == connections[_ALIAS].settings_dict["NAME"]:
            connection.execute("SELECT 1")
            return connection
    except psycopg.OperationalError:
        pass
    close()
    return None


def _open() -> psycopg.Connection[Any]:
    wrapper = connections[_ALIAS]
    connection: psycopg.Connection[Any] = wrapper.get_new_connection(wrapper.get_connection_params())
    connection.autocommit = True
    _LOCAL.connection = connection
    return connection
