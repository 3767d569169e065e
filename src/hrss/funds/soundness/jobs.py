"""The two looks by the clock: the quick invariants every half hour, all of them every night."""

from __future__ import annotations

from hrss.foundation.jobs import job
from hrss.funds.soundness.looking import look
from hrss.funds.soundness.registry import invariants


@job("funds.check_quick", lock="funds.check")
def check_quick() -> int:
    """核对各基金账目（快速部分）"""
    return sum(check.found for check in look([one for one in invariants() if one.is_quick]))


@job("funds.check_all", lock="funds.check")
def check_all() -> int:
    """核对各基金账目（全部不变式）"""
    return sum(check.found for check in look())
