"""What runs by the clock for the boards: folding every minute, comparing with the rows every night."""

from __future__ import annotations

from django.utils import timezone

from hrss.foundation.jobs.registry import job
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.oversight.boards import cubes
from hrss.oversight.boards.services.send_brief import send_brief


@job("boards.fold", lock="boards", own_transactions=True)
def fold() -> None:
    """把新发生的变动并入看板数."""
    cubes.fold()


@job("boards.check", lock="boards", own_transactions=True)
def check() -> None:
    """每夜核对看板数与业务行，不一致就报告."""
    wrong = cubes.check_all()
    if wrong:
        listed = "、".join(f"{cubes.CUBES[code].title} {count} 格" for code, count in wrong.items())
        raise Problem(
            "boards.differ",
            f"看板数与业务行不一致：{listed}",
            rule="看板数由数据库随每次入账维护，应与业务行完全一致",
            remedy="请管理员查明原因后重算看板数",
            status=500,
        )


@job("boards.brief", own_transactions=True)
def brief() -> None:
    """每天早上给领导发一页简报."""
    send_brief(actor=system_actor("boards.brief"), day=timezone.localdate())
