"""The order of a form's fields through a database that does not keep it: PostgreSQL's jsonb sorts the keys of objects.

``with_order`` writes the order down beside the fields (``x-order``), ``in_order`` puts them back and drops the note.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOTE = "x-order"


def with_order(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Give a definition whose object schemas say the order of their properties."""
    return {key: _noted(value) for key, value in raw.items()}


def in_order(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Give a definition as it was written; one without notes is given back as it is."""
    return {key: _restored(value) for key, value in raw.items()}


def _noted(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_noted(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    made = {key: _noted(one) for key, one in value.items()}
    properties = value.get("properties")
    return made | {NOTE: list(properties)} if isinstance(properties, Mapping) else made


def _restored(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_restored(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    made = {key: _restored(one) for key, one in value.items() if key != NOTE}
    if NOTE in value:
        made["properties"] = {name: made["properties"][name] for name in value[NOTE]}
    return made
