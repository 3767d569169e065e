"""From what the database refuses to a sentence: one place that reads the name of the constraint.

Each part gives its own table of sentences; an unknown refusal is passed on as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from hrss.kernel.problem import Problem


@contextmanager
def told(sentences: Mapping[str, Problem]) -> Iterator[None]:
    """Run a block in a savepoint; a refusal by a constraint named in ``sentences`` becomes its Problem."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        known = sentences.get(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")
        if known is None:
            raise
        raise again(known) from error


def again(known: Problem) -> Problem:
    """Give a fresh Problem like ``known``: one kept in a table is never raised itself."""
    return Problem(
        known.code,
        known.message,
        rule=known.rule,
        remedy=known.remedy,
        field=known.field,
        status=known.status,
        **known.facts,
    )
