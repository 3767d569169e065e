"""Wiring of the pay runs: the invariants of payables and runs. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.funds.soundness.registry import Invariant, register


def wire() -> None:
    """Register the invariants of payables and pay runs."""
    register(
        Invariant("I3", "同一人同一待遇同一月份同一用途只有一笔有效发放", "payruns_unsound_once", is_quick=False),
        Invariant("I4", "批次合计等于明细、银行文件、账，等于已发、退回和未答复之和", "payruns_unsound_totals"),
        Invariant("I4a", "已完成批次的合计也都相等", "payruns_unsound_totals_ever", is_quick=False),
        Invariant("I4b", "每笔支出在账上分列的科目与明细一致", "payruns_unsound_parts", is_quick=False),
        Invariant("I8", "同一人同类待遇的时间不重叠", "payruns_unsound_overlap", is_quick=False),
        Invariant("I9", "每笔金额按存下的依据和参数版本重算，一分不差", "payruns_unsound_amounts"),
    )
