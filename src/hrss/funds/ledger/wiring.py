"""Wiring of the ledger: the invariants its tables must hold, the datasets it publishes. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.foundation import datasets
from hrss.funds.ledger.datasets import DATASETS
from hrss.funds.soundness.registry import Invariant, register


def wire() -> None:
    """Register the invariants of the ledger and publish its datasets."""
    datasets.register(*DATASETS)
    register(
        Invariant("I1", "每张凭证借贷相等，每个基金借贷相等", "ledger_unsound_balance"),
        Invariant("I1a", "已结账月份的凭证借贷相等", "ledger_unsound_balance_ever", is_quick=False),
        Invariant("I1b", "分录等于明细之和", "ledger_unsound_details", is_quick=False),
        Invariant("I2", "账目只增不改：没有人能修改或删除", "ledger_unsound_grants"),
        Invariant("I6", "一张凭证只冲销一次，金额相等、方向相反", "ledger_unsound_reversals"),
        Invariant("I7", "每笔资金都有规定人数的不同自然人签名", "ledger_unsound_signatures"),
        Invariant("I7a", "已结账月份的资金都有签名", "ledger_unsound_signatures_ever", is_quick=False),
        Invariant("I10", "每张凭证都有审计事件，审计日志不缺号", "ledger_unsound_events", is_quick=False),
        Invariant("I11", "银行账户没有透支", "ledger_unsound_banks"),
        Invariant("I11a", "期初加收入减支出等于期末", "ledger_unsound_closings", is_quick=False),
        Invariant("I12", "金额都是整数分，数据库里没有浮点金额", "ledger_unsound_types", is_quick=False),
        Invariant("F10", "收支两条线：收入户不付待遇，支出户不收保费", "ledger_unsound_two_lines"),
    )
