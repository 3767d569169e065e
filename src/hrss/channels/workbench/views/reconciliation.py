"""对账: the latest comparisons of books, bank and treasury, differences by type and age, one difference and its ending.

Who handles a difference does not confirm it. Statements come in as files, never typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import OUT_OF_TURN, kept, status_of
from hrss.channels.workbench.shell import work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.codes import TITLES, Fund
from hrss.funds.ledger.models import Account
from hrss.funds.ledger.queries import entry_numbered
from hrss.funds.reconciliation import queries
from hrss.funds.reconciliation.models import Break, Run, StatementFile
from hrss.funds.reconciliation.services import (
    confirm_break,
    handle_break,
    import_statement,
    reconcile,
    take_break,
)
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

FUNDS = [(one.value, one.label) for one in Fund]
STATE_KINDS = {"open": "danger", "handled": "warning", "confirmed": "ok", "gone": "muted"}
ORIGINS = dict(StatementFile.Origin.choices)
MOST = 20 * 1024 * 1024
DAYS = 10


def overview(request: Request) -> HttpResponse:
    """Differences that wait, the latest comparisons and statement files; POST takes a file in or compares now."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            said = _imported(request) if request.POST.get("verb") == "import" else _compared(request)
            notes.success(request, said)
            return HttpResponseRedirect(reverse("workbench.reconciliation"))
        except Problem as raised:
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return _overview(request, problem)


def difference(request: Request, break_id: UUID) -> HttpResponse:
    """One difference; POST takes, handles, confirms or sends it back."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            said = _moved(request, break_id, request.POST.get("verb", ""))
            notes.success(request, said)
            return HttpResponseRedirect(reverse("workbench.break", args=(break_id,)))
        except Problem as raised:
            if raised.status == 404:
                raise
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return _difference(request, break_id, problem)


def _imported(request: Request) -> str:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile) or not upload.size:
        raise Problem("statement.none", "请选择对账单文件", remedy="银行或者财政给的 CSV 文件", field="file")
    if upload.size > MOST:
        raise Problem("statement.size", "文件太大", remedy="请分成几份导入，每份不超过 20 MB", field="file")
    content, name = upload.read(), str(upload.name)
    keyed(request.POST.get("_key", ""), import_statement, content, actor=request.actor, name=name)
    return "对账单已导入"


def _compared(request: Request) -> str:
    fund = request.POST.get("fund", "")
    if fund not in set(Fund):
        raise Problem("funds.choose", "请选择基金", remedy="从列表里选择", field="fund")
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(days=DAYS - 1)
    key = request.POST.get("_key", "")
    done = keyed(key, reconcile, actor=request.actor, fund=fund, since=since, until=until)
    return f"对完了：{done.data['breaks']} 项差异"


def _moved(request: Request, break_id: UUID, verb: str) -> str:
    key, actor, typed = request.POST.get("_key", ""), request.actor, request.POST
    if verb == "take":
        keyed(key, take_break, break_id, actor=actor)
        return "由您处理"
    if verb == "handle":
        keyed(
            key,
            handle_break,
            break_id,
            actor=actor,
            method=typed.get("method", ""),
            note=typed.get("note", ""),
            entry_id=_entry_of(break_id, typed.get("entry", "").strip()),
        )
        return "已写明处理情况，请另一位同事确认"
    if verb not in ("confirm", "return"):
        raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    keyed(key, confirm_break, break_id, actor=actor, agrees=verb == "confirm")
    return "已了结" if verb == "confirm" else "已退回重新处理"


def _entry_of(break_id: UUID, voucher: str) -> int | None:
    if not voucher:
        return None
    found = entry_numbered(queries.break_of(break_id).fund, voucher)
    if found is None:
        raise Problem(
            "reconciliation.entry", f"没有凭证“{voucher}”", remedy="填写这个基金的凭证号，如 202611-0001", field="entry"
        )
    return found


def _overview(request: Request, problem: Problem | None) -> HttpResponse:
    wanted = {name: request.GET.get(name, "") for name in ("fund", "kind", "state")}
    latest = queries.latest_runs(wanted["fund"], limit=10)
    found, more = queries.breaks(**wanted, after=request.GET.get("after", ""))
    return work_page(
        request,
        "workbench/reconciliation.html",
        status=422 if problem else 200,
        wanted=wanted,
        funds=FUNDS,
        kinds=Break.Kind.choices,
        states=Break.State.choices,
        counts=_counts(queries.live_counts()),
        rows=[_break(one) for one in found],
        following=more,
        runs=[_run(one) for one in latest],
        balances=_balances(latest),
        files=[_file(one) for one in queries.latest_files(limit=10)],
        may_work=may_act(request.actor, Function.FINANCE),
        chosen=request.POST.get("fund", ""),
        problems=problem,
        key=new_key(),
    )


def _difference(request: Request, break_id: UUID, problem: Problem | None) -> HttpResponse:
    row, actor = queries.break_of(break_id), request.actor
    return work_page(
        request,
        "workbench/break.html",
        status=status_of(problem),
        row=row,
        title=f"{row.get_kind_display()}：{row.reference}",
        state=(row.get_state_display(), STATE_KINDS[row.state]),
        facts=_facts(row),
        history=_history(row),
        advice=ADVICE.get(row.kind, ""),
        methods=Break.Method.choices,
        may_take=row.state == "open" and row.owner is None and _may(actor),
        may_handle=row.state == "open" and row.owner in (None, actor.person) and _may(actor),
        may_confirm=row.state == "handled" and row.handled_by != actor.person and _may(actor),
        is_mine=row.state == "handled" and row.handled_by == actor.person,
        typed={name: request.POST.get(name, "") for name in ("method", "note", "entry")},
        problems=problem,
        key=new_key(),
    )


# What to look at first, by type of difference.
ADVICE: dict[str, str] = {
    "missing_in_ledger": "对方有一笔账上没有的：查清来源，补记一张凭证。",
    "missing_there": "账上有一笔对方没有的：问银行或者财政是不是没有入账；记错的申请冲销。",
    "in_transit": "月末前后在途的，一般几天内到账；到账后会自行消失。",
    "amount": "金额不同：先核对凭证和回单，错在哪一方由哪一方更正。",
    "date": "日期不同：多半是入账日的差别，核实后写明。",
    "duplicate": "对方记了两次：请对方冲正。",
    "duplicate_here": "账上记了两次：申请冲销多记的一张。",
    "wrong_account": "记错了账户：用划转或者冲销更正。",
    "reversed": "对方已经冲正：核对账上是不是也要冲销。",
    "not_arrived": "请拨了，过了应到的日子还没有到账：催财政拨付；已经拨付的，导入财政专户的对账单，自动入账。",
    "no_statement": "缺这些天的对账单：向银行或者财政要来导入。",
}


def _may(actor: Actor) -> bool:
    return may_act(actor, Function.FINANCE, Function.INSPECTOR)


def _counts(found: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("workbench.reconciliation")
    return [
        {"label": TITLES[Fund(fund)], "value": str(many), "unit": "项差异", "href": f"{here}?fund={fund}"}
        for fund, many in sorted(found.items())
    ]


def _break(one: Break) -> dict[str, Any]:
    return {
        "kind": one.get_kind_display(),
        "href": reverse("workbench.break", args=(one.id,)),
        "account": f"{TITLES[Fund(one.fund)]} {_bank(one.bank)}／{ORIGINS.get(one.origin, one.origin)}",
        "reference": one.reference,
        "on": f"{date(one.on)}（{(timezone.localdate() - one.on).days} 天）",
        "amounts": f"{_fen(one.ours)} ／ {_fen(one.theirs)}",
        "due_on": one.due_on,
        "is_live": one.state in queries.LIVE,
        "state": (one.get_state_display(), STATE_KINDS[one.state]),
        "owner": one.owner_name,
    }


def _run(one: Run) -> dict[str, Any]:
    return {
        "fund": TITLES[Fund(one.fund)],
        "days": f"{date(one.since)} 至 {date(one.until)}",
        "matched": f"{one.matched:,}",
        "found": f"{one.found:,}",
        "at": one.at,
    }


def _balances(found: Sequence[Run]) -> tuple[str, list[dict[str, str]]] | None:
    """Give the newest comparison's balances on three sides."""
    if not found:
        return None
    run = found[0]
    rows = [
        {
            "name": one["name"],
            "ours": _fen(one["ours"]),
            "bank": _fen(one.get("bank")),
            "finance": _fen(one.get("finance")) if one["account"] == "fiscal" else "—",
        }
        for one in run.balances
    ]
    return f"{TITLES[Fund(run.fund)]}　{date(run.until)}", rows


def _file(one: StatementFile) -> dict[str, Any]:
    return {
        "name": one.name,
        "origin": one.get_origin_display(),
        "fund": TITLES[Fund(one.fund)],
        "account": one.get_bank_display(),
        "days": f"{date(one.since)} 至 {date(one.until)}",
        "count": f"{one.line_count:,}",
        "by": f"{one.taken_by}　{moment(one.taken_at)}",
    }


def _facts(row: Break) -> list[tuple[str, str]]:
    return [
        ("基金", TITLES[Fund(row.fund)]),
        ("账户", _bank(row.bank)),
        ("对方", ORIGINS.get(row.origin, row.origin)),
        ("业务编号", row.reference),
        ("账上", f"{_fen(row.ours)}　{date(row.our_day)}"),
        ("对方记的", f"{_fen(row.theirs)}　{date(row.their_day)}"),
        ("处理期限", date(row.due_on)),
        ("已经", f"{(timezone.localdate() - row.on).days} 天"),
    ]


def _history(row: Break) -> list[tuple[str, str]]:
    return [
        ("发现", moment(row.run.at)),
        ("处理人", row.owner_name),
        ("处理方式", row.get_method_display() if row.method else ""),
        ("说明", row.note),
        ("确认人", f"{row.confirmed_name}　{moment(row.closed_at)}" if row.confirmed_name else ""),
    ]


def _bank(code: str) -> str:
    return str(Account.Bank(code).label) if code in Account.Bank.values else code


def _fen(fen: int | None) -> str:
    return "没有" if fen is None else yuan(fen)
