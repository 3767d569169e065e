"""Running a pay run in tests: from opening to closing with the office's three posts and the bank's own process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from tests.funds import benefits
from tests.funds.conftest import SYSTEM, Office, fill_for_runs

from hrss.config.environment import PROJECT
from hrss.foundation.scope import acting
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.services import open_run, send_run, sign_run
from hrss.funds.signing.models import Step
from hrss.kernel.months import YearMonth

MONTH = YearMonth(2026, 11)


def opened(office: Office, folder: Path, *, month: YearMonth = MONTH) -> UUID:
    """Open a run and take its snapshot."""
    benefits.declare()
    run_id = UUID(open_run(actor=office.accountant, group="test_pension", month=month).id)
    assert advance(run_id, folder=folder) in ("frozen", "discarded"), run_of(run_id).problem
    return run_id


def run_of(run_id: UUID) -> Run:
    with acting(SYSTEM):
        return Run.objects.get(id=run_id)


def signed(office: Office, run_id: UUID) -> None:
    """Have the three posts sign."""
    digest = run_of(run_id).digest
    for actor, step in zip(office.three, Step, strict=True):
        sign_run(run_id, actor=actor, step=step, digest=digest)


def sent(office: Office, run_id: UUID, folder: Path) -> None:
    """Have it signed and sent, from an account that covers it."""
    fill_for_runs(office, run_of(run_id).fund)
    signed(office, run_id)
    send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    assert advance(run_id, folder=folder) == "sent", run_of(run_id).problem


def bank_works(folder: Path) -> None:
    """Let the bank's process answer what waits."""
    command = [sys.executable, "-W", "ignore", "-m", "hrss.funds.banking.simulator", "--folder", str(folder), "--once"]
    subprocess.run(command, check=True, cwd=PROJECT / "src", timeout=60)


def paid_out(office: Office, folder: Path, *, month: YearMonth = MONTH) -> UUID:
    """A whole run, from opening to closing."""
    run_id = opened(office, folder, month=month)
    sent(office, run_id, folder)
    bank_works(folder)
    assert advance(run_id, folder=folder) == "closed", run_of(run_id).problem
    return run_id
