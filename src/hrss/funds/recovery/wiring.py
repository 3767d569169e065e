"""Wiring of recovery: the invariants its tables must hold. Called once by ``apps.py``."""

from __future__ import annotations

from hrss.funds.soundness.registry import Invariant, register


def wire() -> None:
    """Register the invariants of recovery."""
    register(
        Invariant("B14", "追回有三人决定，不超过多发的金额", "recovery_unsound_debts"),
        Invariant("B14a", "账上待追回的金额等于各笔尚欠之和", "recovery_unsound_claims", is_quick=False),
    )
