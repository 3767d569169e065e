"""Check-your-answers: what was typed, in words, page by page, with the proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hrss.casework.intake.fields import pages, shown
from hrss.casework.intake.materials import MaterialLine
from hrss.casework.items.definition import ItemDefinition
from hrss.foundation.regions.queries import full_name
from hrss.kernel.money import yuan

_HOW = {
    "exchange": "由系统核验，不用交",
    "bag": "从您的电子档案取用",
    "upload": "已上传",
    "promise": "书面承诺",
    "defer": "先办理，之后补交",
    "": "还没有提供",
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of the check page; ``page`` is where to change it (0-based), None for a proof."""

    title: str
    value: str
    field: str
    page: int | None


def answers_to_check(
    item: ItemDefinition, data: Mapping[str, Any], materials: Sequence[MaterialLine] = ()
) -> list[AnswerLine]:
    """Give the lines of the check page: answers that count, then proofs."""
    return [*_answers(item.form, data), *(_proof(line) for line in materials)]


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


def _answers(form: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[AnswerLine]:
    asked = shown(form, data)
    for number, page in enumerate(pages(form)):
        for field in page:
            if field.name in asked:
                value = data.get(field.name)
                text = "没有填" if value in (None, "", []) else words_of(field.schema, value)
                yield AnswerLine(field.title, text, field.name, number)


def _proof(line: MaterialLine) -> AnswerLine:
    return AnswerLine(line.name, _HOW[line.how], line.code, None)


def _month_words(value: Any) -> str:
    year, _, month = str(value).partition("-")
    return f"{year}年{month.lstrip('0')}月" if month.isdigit() else str(value)


def _money_words(value: Any) -> str:
    return f"{yuan(value)} 元" if isinstance(value, int) else str(value)


def _place_words(value: Any) -> str:
    return full_name(str(value))


_FORMATS: Mapping[str, Callable[[Any], str]] = {"region": _place_words, "month": _month_words, "money": _money_words}


def _date_words(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
