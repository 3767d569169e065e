"""Jobs of the pay runs."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.jobs import job
from hrss.funds.payruns.advancing import advance, unfinished
from hrss.funds.payruns.recomputing import recompute
from hrss.funds.payruns.waking import ADVANCE


@job(ADVANCE, own_transactions=True)
def advance_run(*, run_id: str) -> None:
    """把一个发放批次办到需要人或者银行的那一步。"""
    advance(UUID(run_id))


@job("payruns.advance_all", own_transactions=True)
def advance_all() -> int:
    """接着办没有办完的发放批次，读取银行回盘。"""
    runs = unfinished()
    for run_id in runs:
        advance(run_id)
    return len(runs)


@job("payruns.recompute", own_transactions=True)
def recompute_all() -> int:
    """按存下的依据和参数版本，重算近期每一笔发放。"""
    return recompute()
