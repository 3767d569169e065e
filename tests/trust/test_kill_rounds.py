"""PostgreSQL killed with all its children under writers (15 rounds by HRSS_KILLS=15): no acknowledged case is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hrss.config.database import prepare_embedded
from hrss.config.environment import PROJECT, Home
from hrss.config.postgres import Cluster

ROUNDS, WRITERS, ITEM = int(os.environ.get("HRSS_KILLS", "8")), 4, "JY003"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A durable cluster of its own (fsync on), with the county's divisions and items published."""
    home = Home(tmp_path_factory.mktemp("kill"))
    home.path.chmod(0o755)
    made = Cluster(home)
    made.start()
    prepare_embedded(home)
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', database='owner', verbosity=0)\n"
        "from tests.foundation.people.builders import load_county\n"
        "from hrss.casework.items.publish import publish\n"
        "from hrss.kernel.actor import system_actor\n"
        "load_county(); publish('fengjie', actor=system_actor('tests'))\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], env=environment(home), check=True, cwd=PROJECT)
    yield made
    made.stop()


def environment(home: Home) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HRSS_")}
    return kept | {
        "HRSS_HOME": str(home.path),
        "DJANGO_SETTINGS_MODULE": "hrss.config.settings",
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }


def kill_everything(home: Home) -> None:
    postmaster = int((home.postgres / "postmaster.pid").read_text().splitlines()[0])
    for pid in [postmaster, *children_of(postmaster)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            found += [int(stat.parent.name)] if int(fields[1]) == parent else []
    return found


def wait_for_more(logs: list[Path]) -> None:
    """Wait until as many cases more are acknowledged as there are writers: each round then kills real work."""
    goal = len(acknowledged_in(logs)) + WRITERS
    deadline = time.monotonic() + 120
    while len(acknowledged_in(logs)) <= goal:
        assert time.monotonic() < deadline, "the writers wrote nothing"
        time.sleep(0.1)


def acknowledged_in(logs: list[Path]) -> set[str]:
    return {line for log in logs if log.exists() for line in log.read_text().split()}


@pytest.mark.slow
def test_no_acknowledged_case_is_lost(cluster: Cluster, tmp_path: Path) -> None:
    home = cluster.home
    logs = [tmp_path / f"writer-{number}.log" for number in range(WRITERS)]
    command = [sys.executable, "-W", "ignore", "-m", "tests.trust.writer"]
    writers = [
        subprocess.Popen(
            [*command, str(log), ITEM, str(number)], env=environment(home), cwd=PROJECT, stderr=subprocess.DEVNULL
        )
        for number, log in enumerate(logs)
    ]
    try:
        for _ in range(ROUNDS):
            wait_for_more(logs)
            kill_everything(home)
            while cluster.is_running():
                time.sleep(0.1)
            assert cluster.start()
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    acknowledged = acknowledged_in(logs)
    with psycopg.connect(home.address("root").conninfo()) as connection:
        present = {str(row[0]) for row in connection.execute("SELECT id FROM casework_case")}
        acts = connection.execute("SELECT count(*) FROM casework_action WHERE verb = 'submit'").fetchone()
    assert len(acknowledged) > ROUNDS * WRITERS
    assert acknowledged - present == set()
    assert acts is not None
    assert acts[0] == len(present)
