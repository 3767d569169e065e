"""Boards to take along: workbook, PDF, and the morning brief on one page. Only counts leave; exports are logged."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from hrss.channels.cockpit import writing
from hrss.channels.cockpit.boards import BOARDS
from hrss.channels.cockpit.frame import Frame, frame_of
from hrss.channels.cockpit.tables import Table, tables_of
from hrss.channels.ui.formats import date as date_words
from hrss.channels.ui.formats import moment
from hrss.channels.ui.request import Request
from hrss.foundation import audit
from hrss.kernel.problem import Problem
from hrss.oversight.boards.brief import brief_of
from hrss.oversight.indicators.sample import percent, share

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def export(request: Request, board: str, kind: str) -> HttpResponse:
    """One board as a file. Problem ``cockpit.export`` (404) for what there is not."""
    frame, found = frame_of(request), BOARDS.get(board)
    if found is None or kind not in KINDS:
        raise Problem("cockpit.export", "没有这样的导出", remedy="请从看板上导出表格或 PDF", status=404)
    title, tables = f"{frame.place}{found.title}", tables_of(found.build(frame, request.GET.get("map", "")))
    make = writing.workbook if kind == "xlsx" else writing.paper
    audit.read(
        request.actor.for_purpose("statistics"),
        person_id=None,
        what="boards.export",
        subject_kind="board",
        subject_id=board,
        region=frame.region,
        detail={"kind": kind, "period": frame.period, "rows": sum(len(one.rows) for one in tables)},
    )
    return _file(make(title, _about(frame), tables), kind, f"{board}-{frame.month}")


def brief(request: Request) -> HttpResponse:
    """The morning brief on one page, as it stands now."""
    frame = frame_of(request)
    day = timezone.localdate()
    made = brief_of(frame.region, day)
    rows = [[label, f"{count:,}", unit, words] for label, count, unit, words in made.lines]
    table = Table("今天要知道的", ("项目", "数", "单位", "说明"), rows)
    title = f"{frame.place}人社每日简报（{date_words(day)}）"
    return _file(writing.paper(title, _about(frame), [table], lead=made.text), "pdf", f"brief-{day}")


def _about(frame: Frame) -> str:
    here = share()
    part = "" if here == 1 else f"；示范县的人数只有全县的 {percent(here)}%"
    return f"{frame.period}，{moment(timezone.now())} 由业务行计算{part}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )
