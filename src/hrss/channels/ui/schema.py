"""A service item's form from its JSON Schema: which input each property gets.

It only looks at the schema; whether answers are true or enough is decided by the item's handler and the schema check
of casework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrss.channels.ui.formats import typed

RADIO_LIMIT = 7
TEXTAREA_FROM = 100

_FORMATS = {
    "date": "date",
    "month": "month",
    "year-month": "month",
    "id-number": "id_number",
    "phone": "phone",
    "money": "money",
    "file": "file",
}

_CHECKED = {
    "phone": "phone",
    "id_number": "id_number",
    "month": "month",
    "money": "money",
    "region": "region",
    "contact_phone": "contact_phone",
    "credit_code": "credit_code",
    "bank_card": "bank_card",
}

_INPUT_MODES = {"integer": "numeric", "number": "decimal"}


@dataclass(frozen=True, slots=True)
class Part:
    """One property as its input needs it. ``schema`` is the property's own, or the items' schema of a list."""

    name: str
    label: str
    widget: str
    hint: str
    optional: bool
    show_if: Mapping[str, Any] | None
    options: tuple[tuple[str, str, str], ...]
    native: bool
    limit: int
    inputmode: str
    suffix: str
    width: str
    schema: Mapping[str, Any]


def type_of(prop: Mapping[str, Any]) -> str:
    """Give the JSON type of a property, the first that is not null; "string" when none is named."""
    kind = prop.get("type", "string")
    return str(kind) if isinstance(kind, str) else next((str(one) for one in kind if one != "null"), "string")


def options_of(prop: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Give the choices of a property (oneOf with titles, or enum) as value, text, hint."""
    if "oneOf" in prop:
        return tuple((typed(one["const"]), str(one.get("title", one["const"])), _hint(one)) for one in prop["oneOf"])
    return tuple((typed(value), str(value), "") for value in prop.get("enum", ()))


def widget_of(prop: Mapping[str, Any]) -> str:
    """Name the input of a property: what x-widget or x-format says, else by const, type, choices, format and length."""
    if "x-widget" in prop:
        return str(prop["x-widget"]).replace("-", "_").removeprefix("native_")
    if str(prop.get("x-format", "")) in _CHECKED:
        return _CHECKED[str(prop["x-format"])]
    kind = type_of(prop)
    if kind == "boolean":
        return "agree" if prop.get("const") is True else "yes_no"
    if "const" in prop:
        return "fixed"
    if kind in {"object", "array"}:
        return _nested_widget(kind, prop)
    if options := options_of(prop):
        return "radio" if len(options) <= RADIO_LIMIT else "select"
    long_text = kind == "string" and prop.get("maxLength", 0) > TEXTAREA_FROM
    return _FORMATS.get(str(prop.get("format", "")), "textarea" if long_text else "text")


def _nested_widget(kind: str, prop: Mapping[str, Any]) -> str:
    if kind == "object":
        return "group"
    items = prop.get("items", {})
    if type_of(items) == "object":
        return "rows"
    return "checkboxes" if options_of(items) else "file" if items.get("format") == "file" else "text"


def schema_part(schema: Mapping[str, Any], name: str, path: str = "") -> Part:
    """Describe the input of one property of an object schema; ``path`` is the prefix of a nested object."""
    prop = schema["properties"][name]
    widget = widget_of(prop)
    inner = prop.get("items", {}) if type_of(prop) == "array" else prop
    return Part(
        name=path + name,
        label=str(prop.get("title", name)),
        widget=widget,
        hint=_hint(prop),
        optional=not (name in schema.get("required", ()) or prop.get("x-required") or widget in {"agree", "fixed"}),
        show_if=_nested_condition(prop.get("x-show-if"), path),
        options=options_of(inner),
        native=str(prop.get("x-widget", "")).startswith("native"),
        limit=int(prop.get("maxLength", 0)),
        inputmode=_INPUT_MODES.get(type_of(prop), ""),
        suffix=str(prop.get("x-unit", "")),
        width=_width(prop),
        schema=inner,
    )


def _hint(prop: Mapping[str, Any]) -> str:
    return str(prop.get("x-hint", prop.get("description", "")))


def _nested_condition(condition: Mapping[str, Any] | None, path: str) -> Mapping[str, Any] | None:
    return {**condition, "field": path + condition["field"]} if condition else None


def _width(prop: Mapping[str, Any]) -> str:
    length = prop.get("maxLength", 10 if type_of(prop) in _INPUT_MODES else 0)
    return next((width for width in ("4", "10", "20") if length and length <= int(width)), "")
