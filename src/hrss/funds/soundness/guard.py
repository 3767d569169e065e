"""The guard before each step on money: the fund's invariants hold now, and the nightly look found nothing."""

from __future__ import annotations

from hrss.foundation.scope import acting
from hrss.funds.soundness.looking import violations
from hrss.funds.soundness.models import Check
from hrss.funds.soundness.registry import Invariant, invariants
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem


def require_sound(fund: str) -> None:
    """Problem ``funds.unsound`` (503) while an invariant of ``fund`` is broken.

    Call it at the start of a verb on money, before the verb writes: entries get their number only at commit.
    """
    for invariant in invariants():
        found = violations(invariant, fund) if invariant.is_quick else _kept(invariant, fund)
        if found:
            raise Problem(
                "funds.unsound",
                f"账目核对发现问题，这个基金的资金操作暂停：{found[0]}",
                rule=f"{invariant.code} {invariant.title}",
                remedy="请稽核内控岗在“账目核对”页面查看并处理，恢复后再办理",
                status=503,
            )


def _kept(invariant: Invariant, fund: str) -> list[str]:
    with acting(system_actor("soundness.guard")):
        row = Check.objects.filter(invariant=invariant.code, found__gt=0).first()
    return [one["problem"] for one in row.examples if one["fund"] in (fund, "")] if row else []
