"""Fields of a form as page builders need them, and which are shown for the answers given so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how to draw it and when.

    ``kind``: text, long, date, month, integer, money, choice, yes, many, table, region.
    """

    name: str
    title: str
    hint: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    required: bool
    prefill: str
    show_if: Mapping[str, Any] | None
    schema: Mapping[str, Any]

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns of a table field."""
        return tuple(fields_of(self.schema["items"])) if self.kind == "table" else ()


def fields_of(form: Mapping[str, Any]) -> Iterator[Field]:
    """Give the fields of a form or of a table's row, in the order written."""
    required = set(form.get("required", ()))
    for name, schema in form.get("properties", {}).items():
        yield Field(
            name=name,
            title=schema.get("title", name),
            hint=schema.get("x-hint", ""),
            kind=_kind(schema),
            choices=tuple((str(one["const"]), one["title"]) for one in schema.get("oneOf", ())),
            required=name in required,
            prefill=schema.get("x-prefill", ""),
            show_if=schema.get("x-show-if"),
            schema=schema,
        )


def pages(form: Mapping[str, Any]) -> list[list[Field]]:
    """Give the fields page by page; a form without ``x-pages`` is one page."""
    by_name = {field.name: field for field in fields_of(form)}
    listed = form.get("x-pages") or [list(by_name)]
    return [[by_name[name] for name in page] for page in listed]


def is_shown(schema: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Tell whether a field is asked for, given the answers (``x-show-if``)."""
    condition = schema.get("x-show-if")
    return condition is None or holds(condition, data)


def holds(condition: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Tell whether a condition ``{field, in}`` holds for the answers."""
    value = data.get(condition["field"])
    return value in condition["in"] and type(value) in {type(one) for one in condition["in"]}


def shown(form: Mapping[str, Any], data: Mapping[str, Any]) -> set[str]:
    """Give the names of the fields asked for; a field that hangs on a hidden one is hidden too."""
    properties = form.get("properties", {})
    names = {name for name, schema in properties.items() if is_shown(schema, data)}
    while True:
        kept = {name for name in names if _depends_on(properties[name]) in names | {""}}
        if kept == names:
            return names
        names = kept


def _depends_on(schema: Mapping[str, Any]) -> str:
    condition = schema.get("x-show-if")
    return str(condition["field"]) if condition else ""


_FORMAT_KINDS = {"region": "region", "month": "month", "money": "money"}


def _kind(schema: Mapping[str, Any]) -> str:
    own = _FORMAT_KINDS.get(schema.get("x-format", ""))
    if own:
        return own
    if "oneOf" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    kinds = {"boolean": "yes", "integer": "integer", "number": "integer"}
    if schema["type"] == "array":
        return "table" if schema.get("items", {}).get("type") == "object" else "many"
    return kinds.get(schema["type"]) or ("long" if schema.get("maxLength", 0) > 120 else "text")
