"""A number explained: what it says, the period, the source, the divisions below, and the rows behind it.

The rows come from the measure whose count the number is, within the actor's scope; columns that tell about a person are
masked, and looking at rows is on the log.
"""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpResponse

from hrss.channels.cockpit import panels
from hrss.channels.cockpit.frame import Frame, frame_of
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.cockpit.texts import CODES, HOW_WORDS
from hrss.channels.ui.formats import date as date_words
from hrss.channels.ui.formats import number as number_words
from hrss.channels.ui.formats import today
from hrss.channels.ui.places import short_place
from hrss.channels.ui.request import Request
from hrss.foundation import audit
from hrss.foundation.datasets import Column, Dataset, Window, dataset_of
from hrss.foundation.datasets.declaration import NUMBERS, ROW_KEY
from hrss.foundation.datasets.measures import Query, query_of
from hrss.foundation.datasets.running import number as count_rows
from hrss.foundation.datasets.running import rows as rows_of
from hrss.foundation.regions.queries import full_name
from hrss.kernel.money import plain_yuan
from hrss.oversight.boards.figures import Figure, How, figure_of
from hrss.oversight.boards.taking import value

ALL_TIME = Window(date(1000, 1, 1), date(3000, 1, 1))
PAGE = 50
PURPOSE = "statistics"


def number(request: Request, code: str) -> HttpResponse:
    """The meaning of a number, its period, source and course, and the way to its rows."""
    frame, figure = frame_of(request), figure_of(code)
    dataset = dataset_of(figure.measure.dataset)
    return cockpit_page(
        request,
        "cockpit/number.html",
        frame,
        figure=figure,
        dataset=dataset,
        value=number_words(value(figure, frame.region, frame.span)),
        when=panels.when(figure, frame),
        how=HOW_WORDS[figure.how.value],
        shown=[]
        if figure.how in (How.NOW, How.TODAY)
        else [panels.trend(frame, (code,), f"{figure.title}，每月", width=12, months=36)],
        rows_href=frame.href("cockpit.rows", code),
    )


def rows(request: Request, code: str) -> HttpResponse:
    """The rows behind a number, newest first, with what tells about a person masked; the look is on the log."""
    frame, figure = frame_of(request), figure_of(code)
    query = _query(figure, frame)
    found = rows_of(query, after=_place(request.GET.get("after", "")), limit=PAGE)
    audit.read(
        request.actor.for_purpose(PURPOSE),
        person_id=None,
        what="boards.rows",
        subject_kind="figure",
        subject_id=code,
        region=frame.region,
        detail={"period": frame.period, "rows": len(found.rows)},
    )
    counted = count_rows(query)
    return cockpit_page(
        request,
        "cockpit/rows.html",
        frame,
        figure=figure,
        dataset=found.dataset,
        when=panels.when(figure, frame),
        value=number_words(counted.value),
        counted=number_words(counted.rows),
        columns=[(one.name, *_heading(one)) for one in _visible(found.dataset)],
        rows=[{one.name: _shown(one, row[one.name]) for one in _visible(found.dataset)} for row in found.rows],
        back=frame.href("cockpit.number", code),
        following=f"{found.next[0]}~{found.next[1]}" if found.next else "",
    )


def _query(figure: Figure, frame: Frame) -> Query:
    day = today()
    windows = {How.NOW: ALL_TIME, How.TODAY: Window(day, day)}
    window = windows.get(figure.how, frame.span.window)
    return query_of(figure.measure, window, region=frame.region)


def _place(text: str) -> tuple[date, str] | None:
    """Read the place to go on from; nonsense begins at the top."""
    day, _, key = text.partition("~")
    try:
        return (date.fromisoformat(day), key) if key else None
    except ValueError:
        return None


def _visible(dataset: Dataset) -> list[Column]:
    """Identifiers say nothing to a reader; they are left out."""
    return [one for one in dataset.columns if one.type != "uuid" and one.name != ROW_KEY]


def _heading(column: Column) -> tuple[str, str]:
    return re.split("[，（]", column.meaning)[0], "num" if column.type in NUMBERS else ""


def _shown(column: Column, cell: object) -> str:
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
