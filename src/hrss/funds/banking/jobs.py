"""Jobs of banking."""

from __future__ import annotations

from hrss.foundation.jobs import job
from hrss.funds.banking.collecting import refund_surplus


@job("banking.refund_surplus", own_transactions=True)
def refund_surplus_job() -> int:
    """退回重复缴的款。"""
    return refund_surplus()
