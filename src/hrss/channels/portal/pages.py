"""Which questions of an item are asked, page by page, for the answers so far, and how each page is headed.

Only reading the form; it keeps nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrss.casework.intake.fields import shown
from hrss.casework.items.definition import ItemDefinition

_PLAIN = "请填写"


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page: ``number`` counts the item's own pages from 0; ``names`` of a page are drawn, conditions among them."""

    number: int
    names: list[str]
    heading: str


def pages_of(item: ItemDefinition, data: Mapping[str, Any]) -> list[FormPage]:
    """Give each page that has something to ask for these answers."""
    found = (_page(item, number, group, data) for number, group in enumerate(_groups(item)))
    return [page for page in found if page.names]


def _groups(item: ItemDefinition) -> list[list[str]]:
    return list(item.form.get("x-pages") or [list(item.form.get("properties", {}))])


def _page(item: ItemDefinition, number: int, group: list[str], data: Mapping[str, Any]) -> FormPage:
    """Give a page; a field that hangs on a question of its own page is drawn, one of elsewhere only if asked."""
    properties, asked = item.form["properties"], shown(item.form, data)
    names: list[str] = []
    for name in group:
        condition = properties[name].get("x-show-if")
        if condition is None or condition["field"] in names or name in asked:
            names.append(name)
    return FormPage(number, names, _heading(item, number, names))


def _heading(item: ItemDefinition, number: int, names: list[str]) -> str:
    titles = item.form.get("x-page-titles", ())
    if len(names) == 1:
        return str(item.form["properties"][names[0]].get("title", _PLAIN))
    return str(titles[number]) if number < len(titles) else _PLAIN
