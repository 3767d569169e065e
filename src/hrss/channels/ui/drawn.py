"""Components of many rows, drawn by functions: a macro a cell costs more than reading the row.

The macros of the same names call these; contract and defaults stand there. Text is escaped, Markup is taken as it is.
They refuse rows with names they do not know, as ``shapes.shaped`` does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from hrss.channels.ui import formats
from hrss.channels.ui.shapes import Shape, cell, shaped

Icon = Callable[..., Any]
_NOTHING = ("", None)


def safe(value: Any) -> str:
    """Give a value as it stands in HTML: text escaped, Markup as it is."""
    if type(value) is str:
        return escape(value)
    return str(value) if isinstance(value, Markup) else escape(str(value))


def _each(rows: Iterable[Any], *names: str) -> list[list[Any]]:
    """Give the values of each row in the order of ``names``; a row that fits is not made into a dict first."""
    return [_values(row, names) for row in rows]


def _values(row: Any, names: tuple[str, ...]) -> list[Any]:
    if type(row) is tuple and len(row) <= len(names):
        return [*row, *[None] * (len(names) - len(row))]
    if type(row) is dict and row.keys() <= set(names):
        return [row.get(name) for name in names]
    return list(shaped((row,), *names)[0].values())


def _at(row: Any, key: str) -> str:
    value = cell(row, key)
    return escape(value) if type(value) is str else safe(value)


def table_head(columns: Iterable[Shape], row_id: str, icon: Icon) -> Markup:
    """Draw the row of titles."""
    return _titles(tuple(tuple(column.values()) for column in columns), bool(row_id), icon)


@lru_cache(maxsize=512)
def _titles(columns: tuple[tuple[Any, ...], ...], ticks: bool, icon: Icon) -> Markup:
    tick = (
        '<th role="columnheader" scope="col" class="cell-check"><span class="sr-only">选择</span></th>' if ticks else ""
    )
    return Markup(tick + "".join(_title(column, icon) for column in columns))  # noqa: S704 - escaped below


def _title(column: tuple[Any, ...], icon: Icon) -> str:
    _, title, kind, _, sort_href, by = column
    sort = " cell-sort" if sort_href else ""
    order = f' aria-sort="{safe(by)}ending"' if by else ""
    text = f'<a href="{safe(sort_href)}">{safe(title)}{icon("arrows-sort", "s")}</a>' if sort_href else safe(title)
    return f'<th role="columnheader" scope="col" class="cell-{safe(kind or "text")}{sort}"{order}>{text}</th>'


def table_rows(columns: Sequence[Shape], rows: Iterable[Any], row_id: str = "") -> Markup:
    """Draw the rows of a table."""
    cells = tuple((column["key"], column["href"], _opening(column["title"], column["kind"])) for column in columns)
    return Markup("".join(_row(cells, row, row_id) for row in rows))  # noqa: S704 - every value is escaped


@lru_cache(maxsize=1024)
def _opening(title: Any, kind: str) -> str:
    return f'<td role="cell" data-label="{safe(title)}"' + (f' class="cell-{safe(kind)}">' if kind else ">")


def _row(cells: tuple[tuple[str, str, str], ...], row: Any, row_id: str) -> str:
    drawn = "".join([f"{opening}{_linked(row, key, href)}</td>" for key, href, opening in cells])
    if not row_id:
        return f'<tr role="row">{drawn}</tr>'
    key = safe(row[row_id])
    tick = f'<input type="checkbox" name="row" value="{key}" aria-label="选择 {_at(row, cells[0][0])}">'
    return f'<tr role="row" data-row="{key}"><td role="cell" class="cell-check">{tick}</td>{drawn}</tr>'


def _linked(row: Any, key: str, href: str | None) -> str:
    text = _at(row, key)
    address = _at(row, href) if href else ""
    return f'<a href="{address}">{text}</a>' if address else text


def facts(rows: Iterable[Any], icon: Icon) -> Markup:
    """Draw label and value of each fact, with its source."""
    drawn = [
        f"<div><dt>{safe(label)}</dt><dd>{_or(value, '—')}{_source(source, icon)}</dd></div>"
        for label, value, source in _each(rows, "label", "value", "source")
    ]
    return Markup("".join(drawn))  # noqa: S704 - every value is escaped


def _or(value: Any, instead: str) -> str:
    return instead if value in _NOTHING else safe(value)


def _source(source: Any, icon: Icon) -> str:
    return f'<span class="source">{icon("database", "s")}来自{safe(source)}</span>' if source else ""


def answers(rows: Iterable[Any], change: str, icon: Icon) -> Markup:
    """Draw the rows of a summary list."""
    drawn = [_answer(row, change, icon) for row in _each(rows, "key", "value", "href", "source")]
    return Markup("".join(drawn))  # noqa: S704 - every value is escaped


def _answer(row: list[Any], change: str, icon: Icon) -> str:
    title, value, href, source = row
    key = safe(title)
    said = f'<dd class="summary-value">{_or(value, "没有填")}{_source(source, icon)}</dd>'
    link = ""
    if href:
        spoken = f'{safe(change)}<span class="sr-only">{key}</span>'
        link = f'<dd class="summary-change"><a href="{safe(href)}">{spoken}</a></dd>'
    return f'<div class="summary-row"><dt>{key}</dt>{said}{link}</div>'


def events(rows: Iterable[Any]) -> Markup:
    """Draw the events of a timeline."""
    drawn = [_event(*row) for row in _each(rows, "at", "title", "text", "who", "kind")]
    return Markup("".join(drawn))  # noqa: S704 - every value is escaped


def _event(at: Any, title: Any, text: Any, who: Any, kind: Any) -> str:
    said = f"<p>{safe(text)}</p>" if text else ""
    by = f"<span>{safe(who)}</span>" if who else ""
    return (
        f'<li class="timeline-{safe(kind or "plain")}"><p class="timeline-title">{safe(title)}</p>'
        f'<p class="timeline-meta">{_moment(at)}{by}</p>{said}</li>'
    )


def _moment(at: Any) -> str:
    if isinstance(at, dt.datetime):
        return f'<time datetime="{at.isoformat()}">{formats.moment(at)}</time>'
    return safe(at) if at else ""


def due(due_on: dt.date | None, on: dt.date | None, warn_days: int, done: bool, icon: Icon) -> Markup:
    """Draw how a due date stands."""
    return _due(due_on, on or formats.today(), warn_days, done, icon)


@lru_cache(maxsize=2048)
def _due(due_on: dt.date | None, on: dt.date, warn_days: int, done: bool, icon: Icon) -> Markup:
    state = formats.due_state(due_on, on, warn_days, done)
    drawn = f'<span class="due due-{state.kind}">{icon(state.icon, "s")}<span>{state.text}</span></span>'
    return Markup(drawn)  # noqa: S704 - the program's own words
