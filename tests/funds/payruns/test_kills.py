"""Workers killed on the way through a run, at every named point and at random: the same lines, hash and payments.

Each attempt is a process of its own, ended by SIGKILL; the next one goes on. ``HRSS_KILLS`` is how many random kills
there are on top of the named ones (6 without, 50 and more by option).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from tests.funds.conftest import SYSTEM, Office, fill_for_runs
from tests.funds.payruns_office import MONTH, bank_works, run_of
from tests.funds.stock import entitle, make_payee, row

from hrss.config.environment import PROJECT
from hrss.foundation.people.queries import reveal_bank_account
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Detail, Entry
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.checkpoints import CHECKPOINTS
from hrss.funds.payruns.services import discard_run, open_run, send_run, sign_run
from hrss.funds.signing.models import Step

KILLS = int(os.environ.get("HRSS_KILLS", "6"))
LINES = int(os.environ.get("HRSS_KILL_LINES", "60"))
RETURNED = 3


def worker(run_id: UUID, folder: Path, *, kill_at: str = "", kill_after: float = 0.0) -> bool:
    """Let a child process advance the run; tells whether it was killed. A fork keeps the start short."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        os.environ["HRSS_KILL_AT"] = kill_at
        try:
            advance(run_id, folder=folder)
        finally:
            os._exit(0)
    if kill_after:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def lines_of(run_id: UUID) -> list[tuple[object, ...]]:
    with acting(SYSTEM):
        rows = Payment.objects.filter(run_id=run_id, ordinal__isnull=False).order_by("ordinal")
        return list(rows.values_list("ordinal", "person_id", "month", "amount", "account_id"))


def accounts_of(run_id: UUID) -> list[str]:
    with acting(SYSTEM):
        return [reveal_bank_account(UUID(str(line[4])), actor=SYSTEM) for line in lines_of(run_id)[:RETURNED]]


def prepare(office: Office, folder: Path) -> tuple[UUID, list[tuple[object, ...]]]:
    """People, entitlements, a bank with wrong accounts; what an undisturbed snapshot of it looks like."""
    fill_for_runs(office, "resident_pension")
    entitle(office, [row(make_payee(f"第{n}人"), first=MONTH) for n in range(LINES)])
    books = Books(folder)
    first = UUID(open_run(actor=office.accountant, group="test_pension", month=MONTH).id)
    advance(first, folder=folder)
    undisturbed = lines_of(first)
    numbers = accounts_of(first)
    discard_run(first, actor=office.reviewer, reason="只为比较")
    for n in range(RETURNED):
        books.set_answer(numbers[n], "closed_account")
    return UUID(open_run(actor=office.accountant, group="test_pension", month=MONTH).id), undisturbed


def go_through(office: Office, run_id: UUID, folder: Path, plan: list[str | float]) -> int:
    """Bring a run to its end, one kill of the plan an attempt; gives how many kills there were."""
    kills = 0
    while run_of(run_id).state != "closed":
        at = plan.pop(0) if plan else ""
        killed = worker(
            run_id, folder, kill_at=at if isinstance(at, str) else "", kill_after=at if isinstance(at, float) else 0.0
        )
        kills += killed
        state, digest = run_of(run_id).state, run_of(run_id).digest
        if state == "frozen":
            for actor, step in zip(office.three, Step, strict=True):
                sign_run(run_id, actor=actor, step=step, digest=digest)
            send_run(run_id, actor=office.accountant, digest=digest)
        elif state == "sent":
            bank_works(folder)
    return kills


def check_nothing_double_or_missing(run_id: UUID, folder: Path, undisturbed: list[tuple[object, ...]]) -> None:
    run, lines = run_of(run_id), lines_of(run_id)
    assert lines == undisturbed, run.number
    with acting(SYSTEM):
        entry = Entry.objects.get(source="payrun", reference=run.number)
        assert entry.total == run.total
        assert Detail.objects.filter(line__entry=entry).count() == 3 * LINES  # both kinds of expense, and the bank
        paid = Payment.objects.filter(run_id=run_id, state="paid").count()
        assert Payment.objects.filter(run_id=run_id, ordinal__isnull=False).count() == LINES
    booked = Books(folder).lines(run.number)
    assert [(ordinal, fen) for ordinal, _, fen, _ in booked] == [(line[0], line[3]) for line in lines]
    assert sum(1 for line in booked if line[3] == "paid") == paid


@pytest.mark.slow
def test_the_same_lines_wherever_a_worker_dies(real_office: Office, tmp_path: Path) -> None:
    run_id, undisturbed = prepare(real_office, tmp_path)
    kills = go_through(real_office, run_id, tmp_path, list(CHECKPOINTS))
    assert kills == len(CHECKPOINTS)
    check_nothing_double_or_missing(run_id, tmp_path, undisturbed)


@pytest.mark.slow
def test_the_same_lines_whenever_a_worker_dies(real_office: Office, tmp_path: Path) -> None:
    draw, kills, rounds = random.Random(20261124), 0, 0
    while kills < KILLS:
        folder = tmp_path / str(rounds)
        run_id, undisturbed = prepare(real_office, folder)
        kills += go_through(real_office, run_id, folder, [draw.uniform(0.002, 0.2) for _ in range(KILLS - kills)])
        check_nothing_double_or_missing(run_id, folder, undisturbed)
        rounds += 1


@pytest.mark.slow
def test_a_worker_started_from_the_command_line_dies_at_its_point(real_office: Office, tmp_path: Path) -> None:
    """The point is read from the environment of a real process, not from this one's memory."""
    folder = tmp_path / "bank"
    run_id, _ = prepare(real_office, folder)
    code = (
        "import sys, django; django.setup()\n"
        "from uuid import UUID\nfrom pathlib import Path\n"
        "from tests.funds import benefits; benefits.declare()\n"
        "from hrss.funds.payruns.advancing import advance\n"
        "advance(UUID(sys.argv[1]), folder=Path(sys.argv[2]))\n"
    )
    env = os.environ | {
        "HRSS_KILL_AT": "snapshot.sealed",
        "HRSS_DATABASE": str(connections["default"].settings_dict["NAME"]),
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(run_id), str(folder)], env=env, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert run_of(run_id).state == "open"
    assert lines_of(run_id) == []
