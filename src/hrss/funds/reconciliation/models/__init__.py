"""Rows of reconciliation."""

from hrss.funds.reconciliation.models.breaks import Break, Run
from hrss.funds.reconciliation.models.statements import StatementFile, StatementLine

__all__ = ["Break", "Run", "StatementFile", "StatementLine"]
