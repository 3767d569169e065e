"""Which posts may do what with plan, projects, evaluations and budgets."""

from __future__ import annotations

from typing import Final

from hrss.kernel.actor import Function

PLANNERS: Final = (Function.DATA, Function.INSPECTOR)
ISSUERS: Final = (Function.LEADER,)
REPORTERS: Final = (Function.HANDLER, Function.REVIEWER)
CONFIRMERS: Final = (Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.DATA)
BUILDERS: Final = (Function.HANDLER, Function.DATA)
PAYMENT_RECORDERS: Final = (Function.FINANCE, Function.DATA)
PAYMENT_CONFIRMERS: Final = (Function.FINANCE, Function.INSPECTOR, Function.LEADER)
BUDGETERS: Final = (Function.FINANCE, Function.DATA)
BUDGET_CONFIRMERS: Final = (Function.FINANCE, Function.INSPECTOR, Function.LEADER)
READERS: Final = (
    Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.LEADER, Function.DATA,
    Function.FINANCE, Function.AUDIT_ADMIN,
)  # fmt: skip
