"""Trying an attack: in a savepoint that is always undone, with the answer whether anything was let through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from hrss.kernel.problem import Problem

REFUSED = object()


@contextmanager
def undone() -> Iterator[None]:
    """Run a block and take back what it wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def attempt(do: Callable[[], Any]) -> Any:
    """Give what ``do`` gave, or REFUSED when the house or the database said no, at once or at the commit."""
    try:
        with transaction.atomic():
            given = do()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return given
    except (Problem, DatabaseError, PermissionError):
        return REFUSED
