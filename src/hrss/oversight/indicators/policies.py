"""Who may do what with figures: data posts prepare, inspectors review, leaders release."""

from __future__ import annotations

from typing import Final

from hrss.kernel.actor import Function

PREPARERS: Final = (Function.DATA, Function.INSPECTOR)
REVIEWERS: Final = (Function.INSPECTOR, Function.DATA)
RELEASERS: Final = (Function.LEADER,)
READERS: Final = (
    Function.LEADER,
    Function.INSPECTOR,
    Function.DATA,
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.AUDIT_ADMIN,
)
SEES_IDS: Final = (Function.INSPECTOR, Function.DATA)
