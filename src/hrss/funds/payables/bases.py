"""Keeping the basis of amounts once: what an explanation says besides the facts of one person (call inside ``acting``).

A basis is found again by its text; two runs that need the same one at the same time get the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from django.db import connection

_KEEP = """
INSERT INTO payables_basis (versions, told) VALUES (%(versions)s, %(told)s::jsonb)
    ON CONFLICT (md5(told::text)) DO NOTHING
"""
_FIND = "SELECT id FROM payables_basis WHERE md5(told::text) = md5(%(told)s::jsonb::text)"


def without_facts(explanation: Mapping[str, Any]) -> dict[str, Any]:
    """Give what an explanation shares with others; ``Basis.with_facts`` puts it together again."""
    return {name: value for name, value in explanation.items() if name != "facts"}


class Bases:
    """The bases met during one piece of work, by their text."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}

    def id_of(self, explanation: Mapping[str, Any], versions: str) -> int:
        """Give the id of the basis of an explanation, kept when it is new."""
        told = orjson.dumps(without_facts(explanation))
        found = self._known.get(told)
        if found is None:
            found = self._known[told] = _kept(told.decode(), versions)
        return found


def _kept(told: str, versions: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"told": told, "versions": versions})
        cursor.execute(_FIND, {"told": told})
        return int(cursor.fetchone()[0])
