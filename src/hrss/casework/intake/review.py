"""Check-your-answers: what was typed, in words, page by page, with the proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrss.casework.intake.fields import Field, pages, shown
from hrss.casework.intake.materials import MaterialLine
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.words import words_of

_HOW = {
    "exchange": "由系统核验，不用交",
    "bag": "从您的电子档案取用",
    "upload": "已上传",
    "promise": "书面承诺",
    "defer": "先办理，之后补交",
    "": "还没有提供",
}

_PAGES: dict[str, list[list[Field]]] = {}  # by the digest of the definition, which never changes


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
    return [*_answers(item, data), *(_proof(line) for line in materials)]


def _answers(item: ItemDefinition, data: Mapping[str, Any]) -> Iterator[AnswerLine]:
    asked = shown(item.form, data)
    if item.digest not in _PAGES:
        _PAGES[item.digest] = pages(item.form)
    for number, page in enumerate(_PAGES[item.digest]):
        for field in page:
            if field.name in asked:
                value = data.get(field.name)
                text = "没有填" if value in (None, "", []) else words_of(field.schema, value)
                yield AnswerLine(field.title, text, field.name, number)


def _proof(line: MaterialLine) -> AnswerLine:
    return AnswerLine(line.name, _HOW[line.how], line.code, None)
