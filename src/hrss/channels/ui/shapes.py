"""What templates need to look at their arguments: rows in one shape, problems by field, attributes of inputs.

Pure functions for the components; they refuse rows with names the component does not know, so that a slip of the pen
in a page fails in its first test.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hrss.channels.ui import formats
from hrss.kernel.problem import Problem, Problems

ProblemsLike = Problem | Iterable[Problem] | None


class Shape(dict[str, Any]):
    """A row as a component reads it, by attribute as fast as by key."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Shaped(list[Shape]):
    """Rows in one shape, so that shaping them again costs nothing."""

    names: tuple[str, ...] = ()


def shaped(rows: Iterable[Any], *names: str) -> Shaped:
    """Give each row as a dict of exactly these names: tuples by position, dicts and objects by name, else None."""
    if isinstance(rows, Shaped) and rows.names == names:
        return rows
    found = Shaped(Shape(_shape(row, names)) for row in rows)
    found.names = names
    return found


def _shape(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if type(row) is tuple and len(row) <= len(names):
        return dict.fromkeys(names) | dict(zip(names, row, strict=False))
    if isinstance(row, Mapping):
        unknown = set(row) - set(names)
        if unknown:
            raise TypeError(f"row has {sorted(unknown)}; the component knows {list(names)}")
        return {name: row.get(name) for name in names}
    if isinstance(row, Sequence) and not isinstance(row, str):
        if len(row) > len(names):
            raise TypeError(f"row has {len(row)} values; the component knows {list(names)}")
        return dict.fromkeys(names) | dict(zip(names, row, strict=False))
    return {name: getattr(row, name, None) for name in names}


def merge(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Give both mappings as one; the second wins."""
    return {**first, **second}


def cell(row: Any, key: str) -> str | Markup:
    """Give the value of a row at a key as a table cell shows it."""
    value = row[key] if type(row) is dict or isinstance(row, Mapping) else getattr(row, key)
    if type(value) is str:
        return value
    if isinstance(value, dt.datetime):
        return formats.moment(value)
    if isinstance(value, dt.date):
        return formats.date(value)
    return value if isinstance(value, Markup) else formats.typed(value)


def problem_list(problems: ProblemsLike) -> list[Problem]:
    """Give none, one or several problems as a list."""
    if problems is None:
        return []
    if isinstance(problems, Problems):
        return list(problems)
    return [problems] if isinstance(problems, Problem) else list(problems)


def problem_of(problems: ProblemsLike, name: str) -> Problem | None:
    """Give the first problem of a field, if any."""
    return next((problem for problem in problem_list(problems) if problem.field == name), None)


def sentence(message: str, remedy: str = "") -> str:
    """Give what is wrong and what to do as one line of text."""
    return f"{message.rstrip('。')}。{remedy}" if remedy else message


def field_id(name: str) -> str:
    """Give the id of the (first) input of a field; error summaries link to it."""
    return f"f-{name}"


def described_by(
    name: str, hint: str = "", source: str = "", problem: Problem | None = None, *, group: bool = False
) -> dict[str, str]:
    """Give the attributes that tie an input, or a group of them, to its hint, source and error."""
    parts = [part for part, there in (("hint", hint), ("source", source), ("error", problem)) if there]
    attributes = {"aria-describedby": " ".join(f"{field_id(name)}-{part}" for part in parts)} if parts else {}
    return attributes | ({"aria-invalid": "true"} if problem and not group else {})


def show_if_attrs(condition: Mapping[str, Any] | None) -> dict[str, str]:
    """Give the data attributes by which ui.js hides a field until another field has one of the values."""
    if not condition:
        return {}
    wanted = [formats.typed(value) for value in condition["in"]]
    return {"data-show-if": condition["field"], "data-show-in": json.dumps(wanted, ensure_ascii=False)}
