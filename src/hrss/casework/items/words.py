"""Values of a form in words: a choice's title, a date as people write it, yes and no."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from hrss.foundation.regions.queries import full_name
from hrss.kernel.money import yuan


def words_of(schema: Mapping[str, Any], value: Any) -> str:
    """Give a value in words: the choice's title, a date as people write it, yes and no."""
    for choice in schema.get("oneOf", ()):
        if choice.get("const") == value:
            return str(choice["title"])
    if isinstance(value, bool):
        return "是" if value else "否"
    if schema.get("format") == "date" and isinstance(value, str):
        return _date_words(value)
    if schema.get("x-format") in _FORMATS:
        return _FORMATS[schema["x-format"]](value)
    if isinstance(value, list):
        rows = schema.get("items", {})
        return f"共 {len(value)} 行" if rows.get("type") == "object" else "、".join(map(str, value))
    if schema.get("type") == "integer":
        return f"{value:,}" if isinstance(value, int) else str(value)
    return "" if value is None else str(value)


def _date_words(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _month_words(value: Any) -> str:
    year, _, month = str(value).partition("-")
    return f"{year}年{month.lstrip('0')}月" if month.isdigit() else str(value)


def _money_words(value: Any) -> str:
    return f"{yuan(value)} 元" if isinstance(value, int) else str(value)


def _place_words(value: Any) -> str:
    return full_name(str(value))


_FORMATS: Mapping[str, Callable[[Any], str]] = {"region": _place_words, "month": _month_words, "money": _money_words}


def fact_rows(result: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give decided facts in words: the fields of the result form, then the handler's own, whose names are Chinese."""
    schema: Mapping[str, Any] = result.get("properties", {})
    for name, field in schema.items():
        if facts.get(name) not in (None, ""):
            yield str(field.get("title", name)), words_of(field, facts[name])
    for name, value in facts.items():
        if name not in schema and isinstance(value, str | int) and not name.isascii():
            yield name, str(value)
