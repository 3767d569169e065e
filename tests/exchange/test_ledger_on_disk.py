"""On a database where commits are real: a killed asker, a real worker, a cut connection, people elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from tests.exchange.conftest import ALIVE, DEAD, DEATH
from tests.exchange.county import (
    OTHER_VILLAGE,
    SYSTEM,
    citizen,
    lines_about,
    make_person,
    officer,
    queued,
    replies_about,
)

from hrss.exchange import apart
from hrss.exchange.asking import ask
from hrss.exchange.queries import answer_of, asked_about
from hrss.exchange.simulators import fleet
from hrss.foundation.jobs.worker import run_waiting
from hrss.foundation.scope import acting
from hrss.kernel.problem import Problem

pytestmark = pytest.mark.usefixtures("agencies", "real_db", "unhurried")

ASKER = """
import os, sys
from pathlib import Path
from uuid import UUID
import django
django.setup()
from django.conf import settings
settings.HRSS_AGENCIES = Path(sys.argv[2])
from hrss.exchange.asking import ask
from tests.exchange.county import job
ask("police.death", UUID(sys.argv[1]), actor=job())
"""


def questions_received(folder: Path) -> int:
    return int(fleet.admin(folder, "police", "/admin/stats").get("death.query", 0))


def wait_for_a_question(folder: Path, *, before: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and questions_received(folder) == before:
        time.sleep(0.02)


def test_a_killed_asker_has_left_its_line(agencies: Path, real_db: str) -> None:
    person, before = make_person(DEAD), questions_received(agencies)
    fleet.admin(agencies, "police", "/admin/faults", {"kind": "timeout"})
    environment = os.environ | {"HRSS_DATABASE": real_db, "PYTHONPATH": f"src{os.pathsep}."}
    command = [sys.executable, "-W", "ignore", "-c", ASKER, str(person), str(agencies)]
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).resolve().parents[2])
    try:
        wait_for_a_question(agencies, before=before)
        assert process.poll() is None
        assert len(lines_about(person)) == 1
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert replies_about(person) == []
    assert [line.outcome for line in asked_about(person, actor=citizen(person))] == ["pending"]


def test_a_real_worker_completes_what_was_pending(agencies: Path) -> None:
    person, clerk = make_person(DEAD), officer()
    fleet.admin(agencies, "police", "/admin/faults", {"kind": "reset", "times": 1})
    answer = ask("police.death", person, actor=clerk)
    assert answer.status == "pending"
    run_waiting()
    assert answer_of(answer.line_id, actor=clerk).data == DEATH
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'exchange.complete'")
        assert cursor.fetchall() == [("succeeded",)]


def test_a_rolled_back_asker_leaves_its_line_and_no_job(agencies: Path) -> None:
    person = make_person(DEAD)
    fleet.admin(agencies, "police", "/admin/faults", {"kind": "reset"})
    with pytest.raises(RuntimeError, match="form"), acting(officer()) as clerk:
        ask("police.death", person, actor=clerk)
        raise RuntimeError("the form was wrong")
    assert len(lines_about(person)) == 1
    assert queued(lines_about(person)[0].batch) == []


def test_a_refused_attempt_on_a_person_elsewhere_shows_to_that_person_and_that_region(agencies: Path) -> None:
    person = make_person(ALIVE, region=OTHER_VILLAGE)
    with pytest.raises(Problem), acting(officer()) as clerk:
        ask("police.death", person, actor=clerk)
    (line,) = asked_about(person, actor=citizen(person))
    assert (line.outcome, line.asked_by) == ("refused", "李经办")
    assert len(asked_about(person, actor=officer(region="500236002"))) == 1
    assert asked_about(person, actor=officer()) == []


def test_the_ledger_comes_back_when_its_connection_was_cut(agencies: Path) -> None:
    person = make_person(ALIVE)
    ask("police.death", person, actor=officer())
    with apart.ledger_transaction() as ledger:
        (pid,) = ledger.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    time.sleep(0.2)
    ask("police.death", person, actor=officer())
    assert len(lines_about(person)) == 2
