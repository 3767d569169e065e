"""Fetching a run: to look at or, locked, to change."""

from __future__ import annotations

from uuid import UUID

from hrss.funds.payruns.models import Run
from hrss.funds.payruns.states import State
from hrss.kernel.problem import Problem


def run_to_change(run_id: UUID) -> Run:
    """Lock and give the run. Problem ``payruns.not_found`` (404)."""
    run = Run.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise not_found()
    return run


def not_found() -> Problem:
    """Say that there is no such run."""
    return Problem("payruns.not_found", "没有这个发放批次", remedy="请从批次列表进入", status=404)


def check_state(run: Run, *allowed: State) -> None:
    """Problem ``payruns.transition`` (409) unless the run is in one of the states."""
    if run.state not in allowed:
        raise Problem(
            "payruns.transition",
            f"批次 {run.number} 现在是“{run.get_state_display()}”，不能这样办",
            rule="批次按规定的步骤办理",
            remedy="请刷新页面，看看批次现在到了哪一步",
            status=409,
        )


def check_digest(run: Run, digest: str) -> None:
    """Problem ``payruns.stale`` (409) where somebody acts on another list than the one frozen."""
    if digest != run.digest:
        raise Problem(
            "payruns.stale",
            "您看到的清单和现在的批次不是同一份",
            rule="F01：签的就是看到的清单",
            remedy="请刷新页面，核对后再办",
            status=409,
        )
