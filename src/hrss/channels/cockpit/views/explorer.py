"""The explorer: a question of one's own over the lake, and the lake's own lineage. Small groups are never shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.analytics.disclosure import K
from hrss.analytics.exploring import Answer, Question, ask, dimensions_of, measures_of
from hrss.analytics.exploring.question import chosen
from hrss.analytics.lake import queries as lake
from hrss.channels.cockpit.frame import FIRST_MONTH, frame_of
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.cockpit.texts import CODES
from hrss.channels.ui.formats import moment, number, today
from hrss.channels.ui.request import Request
from hrss.foundation.datasets import DATASETS, Origin, dataset_of, open_dataset_of, open_datasets
from hrss.foundation.jobs.queue import is_under_way
from hrss.foundation.regions.queries import name_of
from hrss.kernel.money import plain_yuan
from hrss.kernel.problem import Problem

HIDDEN = "＊"


def explore(request: Request) -> HttpResponse:
    """Choose a dataset, rows, columns and a measure; the table comes under disclosure control."""
    frame = frame_of(request)
    wanted = {name: request.GET.get(name, "") for name in ("dataset", "rows", "columns", "measure", "from", "to")}
    dataset = open_dataset_of(wanted["dataset"]) if wanted["dataset"] else None
    context: dict[str, Any] = {"table": None, "problems": None, "dimensions": [], "measures": []}
    if dataset is not None:
        dimensions, measures = dimensions_of(dataset), measures_of(dataset)
        context["dimensions"] = [(one.code, one.title) for one in dimensions.values()]
        context["measures"] = [(one.code, one.title) for one in measures.values()]
        if wanted["rows"]:
            try:
                question = Question(
                    dataset,
                    chosen(dimensions, wanted["rows"], "rows"),
                    chosen(dimensions, wanted["columns"], "columns") if wanted["columns"] else None,
                    chosen(measures, wanted["measure"] or "rows", "measure"),
                    *_years(wanted),
                    frame.region,
                )
                context["table"] = _table(question, ask(question))
            except Problem as problem:
                context["problems"] = problem
    return cockpit_page(
        request,
        "cockpit/explore.html",
        frame,
        status=422 if context["problems"] else 200,
        datasets=[(one.name, one.title) for one in open_datasets().values()],
        wanted=wanted,
        dataset=dataset,
        history=dataset is not None and dataset.origin is Origin.DEMO_HISTORY,
        years=[(str(year), f"{year}年") for year in range(FIRST_MONTH.year, today().year + 1)],
        least=K,
        aside=[{"reason": reason, "rows": number(count)} for reason, count in lake.reasons(dataset.name).items()]
        if dataset
        else [],
        filling=not lake.newest_runs(1) and is_under_way("lake.refresh"),
        **context,
    )


def lineage(request: Request) -> HttpResponse:
    """What the lake holds: each dataset with its files, rows and cut; the last refreshes; what was set aside."""
    frame = frame_of(request)
    holdings = [
        {
            "title": DATASETS[one.dataset].title if one.dataset in DATASETS else one.dataset,
            "rows": number(one.rows),
            "files": number(one.files),
            "size": f"{one.size / 1024:,.0f} KB",
            "span": f"{one.first} 至 {one.last}",
            "bad": number(one.quarantined),
            "cut": moment(one.cut_at),
        }
        for one in lake.holdings()
    ]
    runs = [
        {
            "at": moment(one.cut_at),
            "files": number(one.partitions),
            "rows": number(one.rows),
            "bad": number(one.quarantined),
            "took": f"{one.milliseconds / 1000:.1f} 秒",
            "snapshot": one.snapshot,
        }
        for one in lake.newest_runs()
    ]
    bad = [
        {"title": dataset_of(one.dataset).title, "period": one.period, "reason": one.reason, "rows": number(one.rows)}
        for one in lake.set_aside()
    ]
    return cockpit_page(request, "cockpit/lineage.html", frame, holdings=holdings, runs=runs, bad=bad)


def _years(wanted: dict[str, str]) -> tuple[int, int]:
    first, last = wanted["from"] or str(FIRST_MONTH.year), wanted["to"] or str(today().year)
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise Problem("exploring.years", "起止年份不对", remedy="起始年不能晚于终止年", field="from")
    return int(first), int(last)


def _table(question: Question, answer: Answer) -> dict[str, Any]:
    """Give the answer as columns and rows for ui.table."""
    across = [("c" + str(at), _label(question.columns, label), "num") for at, label in enumerate(answer.column_labels)]
    if question.columns is None:
        across = []
    columns = [("label", question.rows.title, "main"), *across, ("total", "合计", "num")]
    lines = zip(answer.row_labels, answer.cells, answer.row_totals, strict=True)
    rows = [_row(question, _label(question.rows, label), cells, total) for label, cells, total in lines]
    rows.append(_row(question, "合计", answer.column_totals, answer.total))
    return {"columns": columns, "rows": rows, "hidden": answer.hidden, "title": _title(question)}


def _row(question: Question, label: str, cells: tuple[int | None, ...], total: int | None) -> dict[str, str]:
    values = {f"c{at}": _shown(question, cell) for at, cell in enumerate(cells)}
    return {"label": label} | values | {"total": _shown(question, total)}


def _shown(question: Question, value: int | None) -> str:
    if value is None:
        return HIDDEN
    return plain_yuan(value) if question.measure.is_money else number(value)


def _label(dimension: Any, label: str) -> str:
    if dimension is None:
        return label
    if dimension.code == "township":
        return name_of(label) or label
    words = {"true": "是", "false": "否"} | CODES.get(dimension.code, {})
    return words.get(label, label or "（空）")


def _title(question: Question) -> str:
    across = f"、{question.columns.title}" if question.columns else ""
    return f"{question.dataset.title}，按{question.rows.title}{across}，{question.measure.title}"
