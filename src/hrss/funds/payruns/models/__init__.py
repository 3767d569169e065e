"""Rows of the pay runs; the lines themselves are ``payables.Payment``."""

from hrss.funds.payruns.models.findings import Confirmation, Difference, Finding
from hrss.funds.payruns.models.runs import Run, RunStep

__all__ = ["Confirmation", "Difference", "Finding", "Run", "RunStep"]
