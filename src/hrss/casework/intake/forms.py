"""Checking a form: typed values in, one sentence for each field that is wrong, hidden fields dropped.

The JSON Schema of the item is the only definition; identifiers and dates are checked by the kernel. What was typed is
never changed in a way the person would not recognise.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from hrss.casework.intake.fields import pages, shown
from hrss.casework.intake.formats import format_problem, tidy
from hrss.casework.intake.wording import sentence
from hrss.kernel.problem import Problem, Problems

_ROW = re.compile(r"(?P<field>[a-z][a-z0-9_]*)-(?P<row>[0-9]{1,4})-(?P<column>[a-z][a-z0-9_]*)")
_TRUE = frozenset({"true", "on", "yes", "1"})


def coerce(form: Mapping[str, Any], posted: Mapping[str, Any]) -> dict[str, Any]:
    """Turn posted strings into the types of the form; what cannot be turned stays a string and fails the check.

    ``posted`` maps a name to a string or a list of strings; the rows of a table come as ``hires-0-name``.
    """
    data: dict[str, Any] = {}
    for name, schema in form.get("properties", {}).items():
        if schema["type"] == "array" and schema.get("items", {}).get("type") == "object":
            rows = _rows(name, schema["items"], posted)
            if rows is not None:
                data[name] = rows
        elif name in posted:
            value = _typed(schema, posted[name])
            if value is not None:
                data[name] = value
    return data


def clean(form: Mapping[str, Any], data: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Give the data that counts; Problems with one sentence for every field that is wrong."""
    kept = kept_of(form, data)
    problems = list(_problems(form, kept, today=today))
    if problems:
        raise Problems(problems)
    return kept


def page_problems(form: Mapping[str, Any], data: Mapping[str, Any], page: int, *, today: date) -> list[Problem]:
    """Give what is wrong with the fields of one page (counted from 0)."""
    names = {field.name for field in pages(form)[page]}
    kept = kept_of(form, data)
    return [one for one in _problems(form, kept, today=today) if one.field.split(".")[0] in names]


def kept_of(form: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answers to fields that are asked, tidied (spaces, full-width digits); unknown names are dropped."""
    asked = shown(form, data)
    kept: dict[str, Any] = {}
    for name, schema in form.get("properties", {}).items():
        if name not in asked or name not in data or data[name] in ("", None):
            continue
        value = copy.deepcopy(data[name])
        if isinstance(value, list) and schema.get("items", {}).get("type") == "object":
            value = [kept_of(schema["items"], row) if isinstance(row, dict) else row for row in value]
        kept[name] = tidy(schema, value)
    return kept


def _problems(form: Mapping[str, Any], data: Mapping[str, Any], *, today: date) -> Iterator[Problem]:
    """Give one problem a field, in the order of the form."""
    found: dict[str, Problem] = {}
    for path, problem in _all_problems(form, data, (), today=today):
        found.setdefault(path, problem)
    order = {name: at for at, name in enumerate(form.get("properties", {}))}
    yield from sorted(found.values(), key=lambda one: (order.get(one.field.split(".")[0], 999), _row_of(one.field)))


def _all_problems(
    form: Mapping[str, Any], data: Mapping[str, Any], path: tuple[str | int, ...], *, today: date
) -> Iterator[tuple[str, Problem]]:
    for error in Draft202012Validator(_asked(form, data)).iter_errors(dict(data)):
        name = _field_of(error)
        field = ".".join(str(part) for part in (*path, *name))
        schema = _schema_at(form, name)
        yield field, _problem(field, sentence(error, schema), title=schema.get("title", field))
    for name, schema in form.get("properties", {}).items():
        if name not in data:
            continue
        field = ".".join(str(part) for part in (*path, name))
        text = format_problem(schema, data[name], data, today=today)
        if text:
            yield field, _problem(field, text, title=schema["title"])
        if isinstance(data[name], list) and schema.get("items", {}).get("type") == "object":
            for index, row in enumerate(data[name]):
                if isinstance(row, dict):
                    yield from _all_problems(schema["items"], row, (*path, name, index), today=today)


def _asked(form: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the schema without hidden fields; table rows are checked one by one afterwards."""
    asked = shown(form, data)
    properties = {}
    for name, schema in form.get("properties", {}).items():
        if name in asked:
            table = schema.get("items", {}).get("type") == "object"
            properties[name] = {**schema, "items": {"type": "object"}} if table else schema
    return {
        "type": "object",
        "required": [name for name in form.get("required", ()) if name in asked],
        "properties": properties,
        "additionalProperties": False,
    }


def _field_of(error: ValidationError) -> tuple[str | int, ...]:
    if error.validator == "required":
        return (*error.path, error.message.split("'")[1])
    return tuple(error.path)


def _schema_at(form: Mapping[str, Any], path: tuple[str | int, ...]) -> Mapping[str, Any]:
    here: Mapping[str, Any] = form
    for part in path:
        here = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part, {})
    return here


def _problem(field: str, text: str, *, title: str) -> Problem:
    return Problem("form.invalid", f"{title}：{text}", field=field)


def _row_of(field: str) -> tuple[int, ...]:
    return tuple(int(part) for part in field.split(".") if part.isdigit())


def _rows(name: str, schema: Mapping[str, Any], posted: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    if isinstance(posted.get(name), list) and all(isinstance(row, dict) for row in posted[name]):
        return [coerce(schema, row) for row in posted[name]]
    found: dict[int, dict[str, Any]] = {}
    for key, value in posted.items():
        match = _ROW.fullmatch(key)
        if match and match["field"] == name:
            found.setdefault(int(match["row"]), {})[match["column"]] = value
    rows = [coerce(schema, found[row]) for row in sorted(found)]
    filled = [row for row in rows if any(value not in ("", None) for value in row.values())]
    return filled if found else None


def _typed(schema: Mapping[str, Any], value: Any) -> Any:
    if schema["type"] == "array":
        return [part for part in (value if isinstance(value, list) else [value]) if part != ""]
    text = value[-1] if isinstance(value, list) else value
    if not isinstance(text, str):
        return text
    text = text.strip()
    if text == "":
        return None
    if schema["type"] == "boolean":
        return text.lower() in _TRUE
    if schema["type"] in ("integer", "number"):
        digits = re.sub(r"[,，\s元]", "", text)
        if re.fullmatch(r"-?[0-9]{1,15}", digits):
            return int(digits)
    return text
