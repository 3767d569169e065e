"""Named points of a worker's way through a run, for the log, the page of the run and the kill drill.

``HRSS_KILL_AT=<name>`` in the worker's environment ends the process there with SIGKILL, as a power cut would; the drill
(tests/funds/payruns/test_kills.py, docs/guide/funds.md) proves that the next worker ends with the same lines.
"""

from __future__ import annotations

import logging
import os
import signal

from django.db import connection

logger = logging.getLogger(__name__)

CHECKPOINTS: tuple[str, ...] = (
    "snapshot.begun",
    "snapshot.selected",
    "snapshot.computed",
    "snapshot.written",
    "snapshot.checked",
    "snapshot.sealed",
    "snapshot.committed",
    "file.begun",
    "file.verified",
    "file.recorded",
    "file.posted",
    "file.committed",
    "send.begun",
    "send.put",
    "send.committed",
    "answer.read",
    "answer.applied",
    "answer.posted",
    "answer.committed",
    "close.committed",
)

# Other sessions read it at once (``queries.stage_of``); it ends with the transaction.
_SAY = "SELECT set_config('application_name', %s, true)"


def reached(name: str, *, run: str) -> None:
    """Say that a worker has come to a point; in the drill it ends here."""
    if name not in CHECKPOINTS:
        raise ValueError(f"no such checkpoint: {name}")
    logger.debug("pay run %s reached %s", run, name)
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(_SAY, [f"payrun {run} {name}"])
    if os.environ.get("HRSS_KILL_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
