"""The life of simulator processes, the register writer and faults: bad input gets a sentence, orphans end."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
from pathlib import Path

import pytest
from tests.exchange.conftest import ALIVE, DEATH

from hrss.exchange.agencies import keys
from hrss.exchange.agencies.directory import read_agency
from hrss.exchange.simulators import data, fleet
from hrss.exchange.simulators.faults import Faults, plan_from


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hrss.exchange.simulators", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_sigterm_ends_it_and_takes_the_port_file_away(tmp_path: Path) -> None:
    running = fleet.start(tmp_path, agencies=["market"])
    process = running.processes["market"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(3) == 0
    assert not (tmp_path / "market.json").exists()


def test_a_port_file_of_another_name_comes_besides_the_directory_entry(tmp_path: Path) -> None:
    files = ["--data", str(tmp_path / "civil.sqlite"), "--portfile", str(tmp_path / "civil.port")]
    command = [sys.executable, "-m", "hrss.exchange.simulators", "civil", "--port", "0", *files]
    process = subprocess.Popen(command)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (
        (tmp_path / "civil.port").exists() and (tmp_path / "civil.json").exists()
    ):
        time.sleep(0.05)
    entry = read_agency(tmp_path, "civil")
    assert str(entry.port) in (tmp_path / "civil.port").read_text()
    process.terminate()
    assert process.wait(5) == 0
    assert list(tmp_path.glob("civil.[jp]*")) == []


def test_a_killed_parent_takes_its_simulators_along(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from hrss.exchange.simulators import fleet;"
        "f = fleet.start(Path(sys.argv[1]), agencies=['civil']);"
        "print(f.processes['civil'].pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.stdout.close()
    parent.wait()
    assert gone_within(child, 3)


def test_keys_and_port_file_are_for_the_owner_only(folder: Path) -> None:
    for name in ("hrss.key", "police.key", "police.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_a_restart_keeps_the_key(tmp_path: Path) -> None:
    first = fleet.start(tmp_path, agencies=["police"])
    before = json.loads((tmp_path / "police.json").read_text())["public_key"]
    first.stop()
    second = fleet.start(tmp_path, agencies=["police"])
    after = json.loads((tmp_path / "police.json").read_text())["public_key"]
    second.stop()
    assert before == after


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    keys.publish_partner_key(tmp_path)
    data.write("police.death", (), tmp_path / "police.sqlite")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        files = ["--data", str(tmp_path / "police.sqlite"), "--portfile", str(tmp_path / "police.json")]
        done = run("police", "--port", str(taken.getsockname()[1]), *files)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "公安机关" in done.stderr


def test_broken_files_are_one_sentence(tmp_path: Path) -> None:
    files = ["--data", str(tmp_path / "police.sqlite"), "--portfile", str(tmp_path / "police.json")]
    (tmp_path / "police.sqlite").write_bytes(b"no register at all, only some text that is long enough")
    done = run("police", *files)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "police.sqlite" in done.stderr
    (tmp_path / "police.sqlite").unlink()
    (tmp_path / "hrss.pub").write_text("no key")
    done = run("police", *files)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "hrss.pub" in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["fire"], ["police"], ["police", "--port", "99999"], ["police", "--port", "x"]]
)
def test_bad_options_are_refused(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize(
    ("kind", "key", "row"),
    [
        ("police.birth", ALIVE, DEATH),
        ("police.death", "12345", DEATH),
        ("police.death", ALIVE, {"died_on": "2026-01-01"}),
        ("police.death", ALIVE, DEATH | {"cause": "x"}),
        ("police.death", ALIVE, DEATH | {"died_on": "yesterday"}),
        ("police.death", ALIVE, DEATH | {"died_on": None}),
        ("market.firm_status", ALIVE, {}),
    ],
)
def test_the_writer_refuses_wrong_rows_and_writes_nothing(
    tmp_path: Path, kind: str, key: str, row: dict[str, object]
) -> None:
    path = tmp_path / "register.sqlite"
    good = ("999236198001011235", DEATH)
    rows = [good, (key, row)] if kind == "police.death" else [(key, row)]
    with pytest.raises(ValueError) as refused:
        data.write(kind, rows, path)
    assert key not in str(refused.value)
    data.write("police.death", (), path)
    assert data.remove("police.death", [good[0]], path) == 0


def test_the_writer_replaces_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    assert data.write("police.death", ((f"99923619800101{n:04d}", DEATH) for n in range(2500)), path) == 2500
    assert data.write("police.death", [("999236198001010001", DEATH)], path) == 1
    assert data.remove("police.death", ["999236198001010001", "999236198001019999"], path) == 1


@pytest.mark.parametrize(
    "plan", [[], {"kind": "fire"}, {"error_rate": 2}, {"delay_ms": -1}, {"surprise": 1}, {"times": -1}]
)
def test_impossible_faults_are_refused(folder: Path, plan: object) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        fleet.admin(folder, "police", "/admin/faults", plan)  # type: ignore[arg-type]
    assert refused.value.code == 422
    refused.value.close()


def test_an_error_rate_is_met_and_repeatable() -> None:
    def draws() -> list[str]:
        faults = Faults()
        faults.set(plan_from({"error_rate": 0.3, "seed": 7}))
        return [faults.next_for("death")[0] for _ in range(2000)]

    first = draws()
    assert first == draws()
    assert 0.25 < first.count("error") / 2000 < 0.35


def test_faults_can_be_for_one_topic() -> None:
    faults = Faults()
    faults.set(plan_from({"kind": "reset", "topics": ["death"]}))
    assert (faults.next_for("death")[0], faults.next_for("household")[0]) == ("reset", "none")


def test_two_processes_that_make_the_key_at_once_use_the_same(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from hrss.exchange.agencies import keys;"
    code += "print(keys.public_hex(keys.private_key(Path(sys.argv[1]))))"
    command = [sys.executable, "-c", code, str(tmp_path / "hrss.key")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_a_broken_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "hrss.key").write_text("not a key")
    with pytest.raises(ValueError, match=r"hrss\.key"):
        keys.private_key(tmp_path / "hrss.key")


def test_simulators_need_no_django() -> None:
    code = "import sys; import hrss.exchange.simulators.process; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "False"
