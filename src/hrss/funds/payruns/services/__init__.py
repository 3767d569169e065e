"""Verbs of the pay runs, one a file: what people do, and what the worker does between them."""

from hrss.funds.payruns.services.apply_answer import apply_answer
from hrss.funds.payruns.services.close_run import close_run
from hrss.funds.payruns.services.confirm_findings import confirm_findings
from hrss.funds.payruns.services.discard_run import discard_run
from hrss.funds.payruns.services.file_run import file_run
from hrss.funds.payruns.services.mark_sent import mark_sent
from hrss.funds.payruns.services.open_run import open_run
from hrss.funds.payruns.services.send_run import send_run
from hrss.funds.payruns.services.sign_run import sign_run
from hrss.funds.payruns.services.snapshot import snapshot
from hrss.funds.payruns.services.withhold import withhold

__all__ = [
    "apply_answer",
    "close_run",
    "confirm_findings",
    "discard_run",
    "file_run",
    "mark_sent",
    "open_run",
    "send_run",
    "sign_run",
    "snapshot",
    "withhold",
]
