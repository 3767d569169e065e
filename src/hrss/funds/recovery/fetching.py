"""Fetching a debt or a measure to change it: locked, within scope, in the state the step wants."""

from __future__ import annotations

from uuid import UUID

from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.problem import Problem


def debt_to_change(debt_id: UUID, *states: Debt.State) -> Debt:
    """Lock and give a debt. Problems ``recovery.not_found`` (404), ``recovery.state`` (409)."""
    debt = Debt.objects.select_for_update().filter(id=debt_id).first()
    if debt is None:
        raise not_found()
    if states and debt.state not in states:
        raise Problem(
            "recovery.state",
            f"这笔多发待遇现在是“{debt.get_state_display()}”，不能这样办",
            rule="追回按核实、决定、退回的顺序办理",
            remedy="请刷新页面，看看现在到了哪一步",
            status=409,
        )
    return debt


def measure_to_change(measure_id: UUID, *states: Measure.State) -> Measure:
    """Lock a measure and its debt, the debt first. Problems ``recovery.not_found|measure_state`` (409)."""
    debt_id = Measure.objects.filter(id=measure_id).values_list("debt_id", flat=True).first()
    if debt_id is None:
        raise not_found()
    debt = debt_to_change(debt_id)
    measure = Measure.objects.select_for_update().get(id=measure_id)
    if measure.state not in states:
        raise Problem("recovery.measure_state", "这一项不在这一步，可能已有人处理", remedy="请刷新页面", status=409)
    measure.debt = debt
    return measure


def not_found() -> Problem:
    """Say that there is no such debt."""
    return Problem("recovery.not_found", "没有这笔多发待遇，或者不在您的办理范围", remedy="请从列表进入", status=404)
