"""A number explained: what it says, the period, the source, the divisions below, and the rows behind it.

The rows come from the measure whose count the number is, within the actor's scope; columns that tell about a person are
masked, and looking at rows is on the log.
"""

from __future__ import annotations

from django.http import HttpResponse

from hrss.channels.cockpit import panels
from hrss.channels.cockpit.frame import Frame, frame_of
from hrss.channels.cockpit.rows import heading, place_after, place_text, shown, visible
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.cockpit.texts import HOW_WORDS
from hrss.channels.ui.formats import number as number_words
from hrss.channels.ui.request import Request
from hrss.foundation import audit
from hrss.foundation.datasets import dataset_of
from hrss.foundation.datasets.measures import Query, query_of
from hrss.foundation.datasets.running import number as count_rows
from hrss.foundation.datasets.running import rows as rows_of
from hrss.oversight.boards.figures import Figure, How, figure_of
from hrss.oversight.boards.taking import value, window_of

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
        value=panels.words_of(figure, value(figure, frame.region, frame.span)),
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
    found = rows_of(query, after=place_after(request.GET.get("after", "")), limit=PAGE)
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
        title=figure.title,
        unit=figure.unit,
        dataset=found.dataset,
        when=panels.when(figure, frame),
        value=panels.words_of(figure, counted.value),
        counted=number_words(counted.rows),
        columns=[(one.name, *heading(one)) for one in visible(found.dataset)],
        rows=[{one.name: shown(one, row[one.name]) for one in visible(found.dataset)} for row in found.rows],
        back=frame.href("cockpit.number", code),
        following=place_text(found.next),
    )


def _query(figure: Figure, frame: Frame) -> Query:
    return query_of(figure.measure, window_of(figure, frame.span), region=frame.region)
