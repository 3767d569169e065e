"""Rows behind a number as people read them: codes in words, places by name, identifiers left out; and how to go on."""

from __future__ import annotations

import re
from datetime import date

from hrss.channels.cockpit.texts import CODES
from hrss.channels.ui.formats import date as date_words
from hrss.channels.ui.places import short_place
from hrss.foundation.datasets import Column, Dataset
from hrss.foundation.datasets.declaration import NUMBERS, ROW_KEY
from hrss.foundation.regions.queries import full_name
from hrss.kernel.money import plain_yuan

Place = tuple[date, str]


def visible(dataset: Dataset) -> list[Column]:
    """Give the columns to show: identifiers say nothing to a reader and are left out."""
    return [one for one in dataset.columns if one.type != "uuid" and one.name != ROW_KEY]


def heading(column: Column) -> tuple[str, str]:
    """Give the title of a column and its kind for ui.table."""
    return re.split("[，（]", column.meaning)[0], "num" if column.type in NUMBERS else ""


def shown(column: Column, cell: object) -> str:
    """Write one value."""
    if cell is None or cell == "":
        return "—"
    if column.name in ("region_code", "residence_code"):
        return short_place(full_name(str(cell)))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return date_words(cell)
    if column.type == "fen" and isinstance(cell, int):
        return plain_yuan(cell)
    return CODES.get(column.name, {}).get(str(cell), str(cell))


def place_after(text: str) -> Place | None:
    """Read the place to go on from; nonsense begins at the top."""
    day, _, key = text.partition("~")
    try:
        return (date.fromisoformat(day), key) if key else None
    except ValueError:
        return None


def place_text(place: Place | None) -> str:
    """Write the place to go on from; empty at the end."""
    return f"{place[0]}~{place[1]}" if place else ""
