"""What the database refuses, as sentences: steps that another person must take, what was recorded before."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from django.utils import timezone

from hrss.foundation.refusals import told
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import BudgetLine, Milestone, Payment

RULE: Final = "年度计划和项目：办理和复核分由不同的人（规划第八章第四节）"
_SAME: Final = Problem("projects.same", "这一步要由另一个人办理", rule=RULE, remedy="请交给没有经手的同事", status=409)
_STEPS: Final = ("task", "report", "milestone", "payment", "budget", "evaluation")
_REFUSALS: Final = {
    **{f"projects_{step}_two_persons": _SAME for step in _STEPS},
    "projects_evaluation_other_reviewer": _SAME,
    "projects_report_once": Problem(
        "projects.twice", "这个月已经填报过", rule=RULE, remedy="退回后才能重新填报", field="month", status=409
    ),
    "projects_payment_once": Problem(
        "projects.twice", "这张凭证已经登记过", remedy="请核对凭证号", field="voucher", status=409
    ),
}


def checked() -> AbstractContextManager[None]:
    """Run a write; what the database refuses becomes Problem ``projects.same`` or ``projects.twice`` (409)."""
    return told(_REFUSALS)


def confirm(found: BudgetLine | Milestone | Payment, actor: Actor) -> None:
    """Put the confirming person's name to what another entered. Problem ``projects.same`` (409)."""
    found.confirmed_by, found.confirmed_name, found.confirmed_at = actor.person, actor.name, timezone.now()
    with checked():
        found.save()
