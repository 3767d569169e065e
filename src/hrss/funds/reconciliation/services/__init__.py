"""Verbs of reconciliation, one a file."""

from hrss.funds.reconciliation.services.confirm_break import confirm_break
from hrss.funds.reconciliation.services.handle_break import handle_break
from hrss.funds.reconciliation.services.import_statement import import_statement
from hrss.funds.reconciliation.services.reconcile import reconcile
from hrss.funds.reconciliation.services.take_break import take_break

__all__ = ["confirm_break", "handle_break", "import_statement", "reconcile", "take_break"]
