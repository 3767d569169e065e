"""What the pages of recovery say: states, measures and their contents in plain words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hrss.channels.ui.formats import date, moment
from hrss.funds.recovery.models import Debt, Measure, Movement
from hrss.funds.recovery.queries import DebtPage, DebtRow, Due
from hrss.funds.signing.signatures import Signed
from hrss.kernel.money import yuan

KINDS = {
    Debt.State.OPEN: "info",
    Debt.State.DECIDED: "warning",
    Debt.State.SETTLED: "ok",
    Debt.State.WRITTEN_OFF: "muted",
    Debt.State.CANCELLED: "muted",
    Debt.State.DROPPED: "muted",
}
PERCENT = 10_000


def list_row(one: DebtRow) -> dict[str, Any]:
    """Give a row of the list."""
    debt = one.debt
    return {
        "number": debt.number,
        "href": reverse("workbench.debt", args=(debt.id,)),
        "who": debt.person.name,
        "benefit": one.benefit,
        "amount": yuan(debt.amount),
        "owed": yuan(one.owed),
        "age": f"{one.days} 天",
        "state": list_state(one),
    }


def list_state(one: DebtRow) -> tuple[str, str]:
    """Give the state in words and how it is shown."""
    if one.is_overdue:
        return "逾期未退", "danger"
    return one.debt.get_state_display(), KINDS[Debt.State(one.debt.state)]


def facts(found: DebtPage) -> list[tuple[str, str]]:
    """Give what is known of a debt."""
    debt = found.row.debt
    rows = [
        ("编号", debt.number),
        ("谁领的", found.debtor),
        ("待遇", found.row.benefit),
        ("怎么来的", f"{debt.get_origin_display()}：{debt.reason}"),
        ("多发", f"{yuan(debt.amount)} 元"),
        ("还要退", f"{yuan(found.row.owed)} 元"),
        ("发现的日期", moment(debt.opened_at)),
    ]
    if debt.due_on:
        rows.append(("最晚退回", date(debt.due_on)))
    if found.heir:
        rows.append(("由谁退", f"{found.heir}（{debt.relation}），以继承的遗产为限"))
    if found.deduction:
        rows.append(("正在抵扣", f"每月待遇的 {found.deduction.share // PERCENT}%"))
    return rows


def movement_rows(found: DebtPage) -> list[dict[str, Any]]:
    """Give what reduced a debt."""
    return [
        {"on": date(one.on), "kind": Movement.Kind(one.kind).label, "amount": yuan(one.amount)}
        for one in found.movements
    ]


def plan_rows(plan: tuple[Due, ...]) -> list[dict[str, Any]]:
    """Give the instalments of a plan."""
    return [
        {
            "number": f"第 {one.number} 期",
            "due_on": date(one.due_on),
            "amount": yuan(one.fen),
            "state": "已退" if one.is_paid else "逾期" if one.is_late else "未到期",
        }
        for one in plan
    ]


def measure_card(measure: Measure, signed: tuple[Signed, ...]) -> dict[str, Any]:
    """Give a measure with who signed it."""
    return {
        "id": measure.id,
        "title": f"{measure.get_kind_display()}：{measure.get_state_display()}",
        "rows": [*content_rows(measure), *((one.title, f"{one.name}　{moment(one.at)}") for one in signed)],
        "note": measure.note,
    }


def content_rows(measure: Measure) -> list[tuple[str, str]]:
    """Give what was proposed, in words."""
    content = measure.content
    rows = []
    if measure.kind == Measure.Kind.DECIDE:
        rows.append(("结论", "要求退回" if content["recover"] else "不需要退回"))
    if "fen" in content:
        rows.append(("金额", f"{yuan(content['fen'])} 元"))
    if "instalments" in content:
        parts = content["instalments"]
        rows.append(("分期", f"{len(parts)} 期，每期 {yuan(parts[0]['fen'])} 元，从 {date(parts[0]['due_on'])} 起"))
    if "share" in content:
        rows.append(("每月抵扣", f"{content['share'] // PERCENT}%"))
    words = content.get("reasons") or content.get("agreement")
    return [*rows, ("说明", words)] if words else rows
