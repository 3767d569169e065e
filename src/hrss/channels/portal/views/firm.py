"""For firms: register with the credit code, hire many people from a table, see the people who work there."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.bulk import read_table
from hrss.casework.intake.tables.blank import blank_columns, blank_table
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.casework.queries.drafts import DraftView
from hrss.channels.portal.pages import pages_of
from hrss.channels.portal.views import proofs
from hrss.channels.portal.views.delegations import NAME
from hrss.channels.ui.formats import date
from hrss.channels.ui.gate import ACTING_FOR
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.domains.employment.sampling import membership
from hrss.foundation.organisations import queries as organisations
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

LARGEST = 60 * 1024 * 1024
_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 500


def register(request: Request) -> HttpResponse:
    """Take up a firm: its legal representative proves it by the credit code; the market register confirms."""
    typed = {name: request.POST.get(name, "").strip() for name in ("credit_code", "name", "region_code")}
    problem: Problem | None = None
    if request.method == "POST":
        try:
            done = keyed(
                request.POST.get("_key", ""),
                services.take_up_firm,
                typed["credit_code"],
                actor=request.actor,
                name=typed["name"],
                region_code=typed["region_code"],
            )
            request.session[ACTING_FOR], request.session[NAME] = str(done.data["delegation"]), str(done.data["name"])
            return HttpResponseRedirect(reverse("portal.firm"))
        except Problem as raised:
            problem = raised
    return page(
        request,
        "portal/firm_register.html",
        status=422 if problem else 200,
        typed=typed,
        is_new=bool(typed["name"]) or (problem is not None and problem.code == "firm.unknown"),
        problems=problem,
        key=new_key(),
    )


def home(request: Request) -> HttpResponse:
    """One's firm: what it may do, who works there."""
    firm_id = request.actor.acting_for_organisation
    if firm_id is None:
        return HttpResponseRedirect(reverse("portal.firm_register"))
    trusted = request.actor.may_do(employment.ROSTER)
    workers = employment.workers_of(firm_id, actor=request.actor, after=_after(request), limit=_PAGE) if trusted else []
    return page(
        request,
        "portal/firm.html",
        firm=organisations.organisation_by_id(firm_id),
        trusted=trusted,
        in_sample=trusted and membership(firm_id) is not None,
        workers=workers,
        rows=[
            {"name": one.name, "since": date(one.since), "occupation": one.occupation or "没有填"} for one in workers
        ],
        following=str(workers[-1].id) if len(workers) == _PAGE else "",
    )


def table(request: Request, draft_id: UUID) -> HttpResponse:
    """Upload a roster for a draft: every wrong cell is told in one go; a clean one fills the draft."""
    draft = queries.draft(draft_id, actor=request.actor)
    item = current(draft.item_code).item
    _check_takes_table(item)
    found = None
    problem: Problem | None = None
    if request.method == "POST":
        upload = request.FILES.get("table")
        try:
            if upload is None:
                raise Problem("bulk.no_file", "还没有选文件", remedy="请选择 xlsx 或 csv 文件", field="table")
            if (upload.size or 0) > LARGEST:
                raise Problem(
                    "bulk.too_large", "文件超过 60 MB", remedy="请分成几个文件上传", field="table", status=413
                )
            found = read_table(item, upload.read(), upload.name or "")
            if not found.wrong.height:
                data = {**draft.data, found.field: found.records()}
                services.save_draft(
                    draft.item_code,
                    data,
                    actor=request.actor,
                    draft_id=draft_id,
                    materials=draft.materials,
                    step=draft.step,
                )
                return HttpResponseRedirect(proofs.after_form(item, data, draft, request.actor))
        except Problem as raised:
            problem = raised
            problem.field = "table"
    return page(
        request,
        "portal/table.html",
        status=422 if problem or found else 200,
        item=item,
        draft_id=draft_id,
        found=found,
        back=_back(item, draft),
        columns=blank_columns(item),
        bad_lines=found.bad_rows if found else 0,
        bad_rows=[
            {"row": f"第 {cell.row} 行", "column": cell.column, "value": cell.value or "空", "reason": cell.reason}
            for cell in (found.bad[:_SHOWN] if found else ())
        ],
        problems=problem,
        key=new_key(),
    )


def blank(request: Request, draft_id: UUID) -> HttpResponse:
    """The empty table to fill in."""
    item = current(queries.draft(draft_id, actor=request.actor).item_code).item
    _check_takes_table(item)
    name = quote(f"{item.bulk.get('title', '表格')}.xlsx")
    answer = HttpResponse(blank_table(item), content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _check_takes_table(item: ItemDefinition) -> None:
    if not item.bulk:
        raise Problem("table.no_bulk", f"“{item.name}”不能用表格上传", remedy="请返回表单逐项填写", status=404)


def _after(request: Request) -> UUID | None:
    """Give where the page before ended; an address somebody has made up begins at the top."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _back(item: ItemDefinition, draft: DraftView) -> str:
    """Give the page of the form whose field the table fills."""
    pages = pages_of(item, draft.data)
    step = next((at for at, one in enumerate(pages, 1) if item.bulk.get("field") in one.names), 1)
    return reverse("portal.draft", args=(draft.id, step))
