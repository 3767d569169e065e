"""Tampering by a database administrator and in an export: found, named and located."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from tests.foundation.audit.conftest import TOOL, clerk

from hrss.config.environment import Home
from hrss.config.postgres import binaries
from hrss.foundation.audit.export import write_export
from hrss.foundation.audit.sealed import TreeHead
from hrss.foundation.audit.sealing import seal
from hrss.foundation.audit.signer import signer_in_use
from hrss.foundation.audit.verification import verify

Write = Callable[[int], None]
Lines = list[str]
BATCH = 20
COUNT = 300


@pytest.fixture
def sealed(real_db: str, write: Write) -> None:
    write(COUNT)
    seal(batch=BATCH)


KEPT: dict[str, Any] = {}


@pytest.fixture
def clean(request: pytest.FixtureRequest) -> Lines:
    """A clean export and its key, made once for all tests that only change the file."""
    if not KEPT:
        request.getfixturevalue("sealed")
        KEPT.update(lines=exported(), keys=list(signer_in_use().public_keys().values()))
    return list(KEPT["lines"])


def exported(**options: int) -> Lines:
    target = io.StringIO()
    write_export(target, actor=clerk(), **options)
    return target.getvalue().splitlines(keepends=True)


def judged(
    tool: ModuleType, lines: Lines, *, known: Sequence[str] = (), keys: Sequence[str] = ()
) -> list[tuple[str, int, int, str]]:
    check = tool.Check(keys or list(signer_in_use().public_keys().values()), map(json.loads, known))
    for line in lines:
        check.line(line)
    found: list[tuple[str, int, int, str]] = check.finish()
    return found


def judged_clean(tool: ModuleType, lines: Lines, *, known: Sequence[str] = ()) -> list[tuple[str, int, int, str]]:
    """Judge a changed copy of the clean export."""
    return judged(tool, lines, known=known, keys=KEPT["keys"])


def names(finding: tuple[str, int, int, str], seq: int) -> bool:
    return finding[1] <= seq <= finding[2]


def test_a_clean_export_passes(clean: Lines, tool: ModuleType) -> None:
    lines = clean
    assert judged_clean(tool, lines) == []
    assert len(lines) == 1 + COUNT + COUNT // BATCH


def test_a_slice_stands_by_itself(sealed: None, tool: ModuleType) -> None:
    for first, last in [(1, 5), (50, 50), (41, 60), (200, COUNT)]:
        lines = exported(first=first, last=last)
        assert judged(tool, lines) == []
        events = [json.loads(line)["seq"] for line in lines if '"leaf"' in line]
        assert events[0] <= first <= last <= events[-1]
        assert (events[0] - 1) % BATCH == events[-1] % BATCH == 0


def test_a_slice_with_a_false_beginning_is_found(sealed: None, tool: ModuleType) -> None:
    lines = exported(first=50, last=90)
    header = json.loads(lines[0])
    header["peaks"] = ("0" if header["peaks"][0] != "0" else "1") + header["peaks"][1:]
    assert judged(tool, [json.dumps(header) + "\n", *lines[1:]])[0][0] == "altered"
    header = json.loads(lines[0])
    header["after"]["head"]["at"] = "2020-01-01T00:00:00.000000Z"
    assert "forged" in {finding[0] for finding in judged(tool, [json.dumps(header) + "\n", *lines[1:]])}


def test_a_file_made_by_psql_passes_without_our_program(sealed: None, real_db: str, tmp_path: Path) -> None:
    address = Home.current().address("root")
    query = "SELECT line FROM audit_export ORDER BY position, rank, number"
    command = [str(binaries() / "psql"), "-At", "-h", address.host, "-U", address.user, "-d", real_db, "-c", query]
    done = subprocess.run(command, env={"PGPASSWORD": address.password}, capture_output=True, check=True)
    log = tmp_path / "log.jsonl"
    log.write_bytes(done.stdout)
    (key,) = signer_in_use().public_keys().values()
    clean = run_tool(log, key)
    assert (clean.returncode, clean.stderr) == (0, "")
    assert f"第 1 条起共 {COUNT} 条事件，{COUNT // BATCH} 个树头，0 处问题" in clean.stdout
    log.write_text(done.stdout.decode().replace("张办", "李办", 1))
    altered = run_tool(log, key)
    assert altered.returncode == 1
    assert "ALTERED   第 1-1 条：与封存时不同" in altered.stdout
    assert run_tool(log, "00" * 32).returncode == 1
    assert run_tool(tmp_path / "nothing", key).returncode == 2


def run_tool(log: Path, key: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", TOOL, log, "--key", key], capture_output=True, text=True, check=False)


def flip(lines: Lines, at: int, source: random.Random) -> Lines:
    """Change one character somewhere in the event."""
    body = list(lines[at])
    end = lines[at].rindex(',"leaf":')
    place = source.randrange(10, end)
    body[place] = "x" if body[place] != "x" else "y"
    return [*lines[:at], "".join(body), *lines[at + 1 :]]


def back_date(lines: Lines, at: int, source: random.Random) -> Lines:
    row = json.loads(lines[at])
    row["event"]["at"] = f"20{source.randrange(10, 24)}" + row["event"]["at"][4:]
    return [*lines[:at], json.dumps(row) + "\n", *lines[at + 1 :]]


def delete(lines: Lines, at: int, source: random.Random) -> Lines:
    return [*lines[:at], *lines[at + 1 :]]


def insert(lines: Lines, at: int, source: random.Random) -> Lines:
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def swap_lines(lines: Lines, at: int, source: random.Random) -> Lines:
    other = at + 1 if '"leaf"' in lines[at + 1] else at - 1
    low, high = sorted((at, other))
    return [*lines[:low], lines[high], lines[low], *lines[high + 1 :]]


def swap_events(lines: Lines, at: int, source: random.Random) -> Lines:
    """Exchange two events and leave their leaves in place."""
    other = source.choice([place for place, line in enumerate(lines) if '"leaf"' in line and place != at])
    here, there = json.loads(lines[at]), json.loads(lines[other])
    here["event"], there["event"] = there["event"], here["event"]
    changed = {at: json.dumps(here) + "\n", other: json.dumps(there) + "\n"}
    return [changed.get(place, line) for place, line in enumerate(lines)]


def rehash(tool: ModuleType) -> Callable[[Lines, int, random.Random], Lines]:
    """Change an event and its leaf too, as someone would who knows the format."""

    def change(lines: Lines, at: int, source: random.Random) -> Lines:
        row = tool.parse(lines[at])
        row["event"]["actor_name"] = "王五"
        row["leaf"] = tool.sm3(b"\0" + tool.canonical(row["event"])).hex()
        return [*lines[:at], tool.canonical(row).decode() + "\n", *lines[at + 1 :]]

    return change


@pytest.mark.parametrize("kind", ["flip", "back_date", "delete", "insert", "swap_lines", "swap_events", "rehash"])
def test_every_single_tampering_is_found_and_located(clean: Lines, tool: ModuleType, kind: str) -> None:
    lines, source = clean, random.Random(20261124)
    events = [place for place, line in enumerate(lines) if '"leaf"' in line]
    tamper = rehash(tool) if kind == "rehash" else globals()[kind]
    for at in source.sample(events, 120):
        seq = json.loads(lines[at])["seq"]
        findings = judged_clean(tool, tamper(lines, at, source))
        assert findings, (kind, seq)
        reach = {"swap_lines": (seq - 1, seq, seq + 1)}.get(kind, (seq,))
        located = [finding for finding in findings if any(names(finding, near) for near in reach)]
        assert located, (kind, seq, findings)
        width = min(finding[2] - finding[1] for finding in located)
        assert width <= (BATCH if kind == "rehash" else 1), (kind, seq, findings)
        if kind == "swap_events":
            assert {finding[0] for finding in findings} == {"swapped"}


def test_a_shortened_export_is_found(clean: Lines, tool: ModuleType) -> None:
    lines = clean
    heads = [line for line in lines if line.startswith('{"head"')]
    for cut in range(2, len(lines), 7):
        assert judged_clean(tool, lines[:cut])
        whole_to_head = lines[
            : max(place for place in range(cut) if place == 0 or lines[place].startswith('{"head"')) + 1
        ]
        assert "truncated" in {finding[0] for finding in judged_clean(tool, whole_to_head[1:], known=heads[-1:])}


def test_a_fork_is_found_by_whoever_kept_a_head(
    sealed: None, tool: ModuleType, superuser: psycopg.Connection[Any]
) -> None:
    """The administrator forges history and makes the product sign it again: only a head kept elsewhere tells."""
    kept = [line for line in exported() if line.startswith('{"head"')]
    superuser.execute(
        "UPDATE audit_event SET actor_name = '王五' WHERE id = (SELECT event_id FROM audit_leaf WHERE seq = 150)"
    )
    superuser.execute("INSERT INTO audit_waiting (event_id) SELECT event_id FROM audit_leaf")
    for table in ("audit_leaf", "audit_tile", "audit_treehead"):
        superuser.execute(f"DELETE FROM {table}")
    seal(batch=BATCH)
    forged = exported()
    assert judged(tool, forged) == []  # consistent in itself: this is why heads are kept elsewhere
    findings = judged(tool, forged, known=kept)
    assert {finding[0] for finding in findings} >= {"forked"}
    sizes = [finding[2] for finding in findings if finding[0] == "forked" and finding[2]]
    assert min(sizes) <= 160


def test_a_forged_head_is_found(clean: Lines, tool: ModuleType) -> None:
    lines = clean
    heads = [place for place, line in enumerate(lines) if line.startswith('{"head"')]
    for place in heads:
        row = json.loads(lines[place])
        row["head"]["at"] = "2020-01-01T00:00:00.000000Z"
        findings = judged_clean(tool, [*lines[:place], json.dumps(row) + "\n", *lines[place + 1 :]])
        assert {finding[0] for finding in findings} & {"forked", "forged"}


def test_a_second_header_cannot_hide_events(sealed: None, tool: ModuleType) -> None:
    whole, slice_ = exported(), exported(first=101, last=COUNT)
    stitched = [*whole[: 1 + 60 + 3], *slice_]
    assert {finding[0] for finding in judged(tool, stitched)} >= {"altered", "deleted"}


def test_rubbish_is_reported_not_raised(clean: Lines, tool: ModuleType) -> None:
    lines = clean
    for rubbish in ("\n", "[]\n", "1\n", '"leaf"\n', '{"leaf":1}\n', '{"head":{}}\n', '{"event":{\n', "\0\n"):
        assert judged_clean(tool, [*lines[:10], rubbish, *lines[10:]])[0][0] == "altered"


IN_THE_DATABASE = [
    ("altered", "UPDATE audit_event SET purpose = 'other' WHERE id = {event}"),
    ("altered", "UPDATE audit_event SET detail = detail || '{{\"x\": 1}}' WHERE id = {event}"),
    ("altered", "UPDATE audit_event SET at = at - interval '3 days' WHERE id = {event}"),
    ("deleted", "DELETE FROM audit_event WHERE id = {event}"),
    ("deleted", "DELETE FROM audit_leaf WHERE seq = {seq}"),
    ("altered", "UPDATE audit_leaf SET hash = sha256('x') WHERE seq = {seq}"),
    (
        "altered",
        "UPDATE audit_leaf SET event_id = -event_id WHERE seq IN ({seq}, {seq} + 1);"
        "UPDATE audit_leaf SET event_id = CASE seq WHEN {seq} THEN {event} + 1 ELSE {event} END WHERE event_id < 0",
    ),
    ("altered", "UPDATE audit_tile SET hash = sha256('x') WHERE level = 8"),
]


@pytest.mark.parametrize(("kind", "sql"), IN_THE_DATABASE)
def test_tampering_in_the_database_is_found(
    sealed: None, superuser: psycopg.Connection[Any], tool: ModuleType, kind: str, sql: str
) -> None:
    seq = 123
    row = superuser.execute("SELECT event_id FROM audit_leaf WHERE seq = %s", [seq]).fetchone()
    assert row
    for statement in sql.format(event=row[0], seq=seq).split(";"):
        superuser.execute(statement)
    findings = verify().findings
    assert any(finding.kind == kind and finding.first <= seq <= finding.last for finding in findings), findings
    if "tile" not in sql:  # the tiles are not exported; a proof made from a false tile would not hold
        assert any(names(finding, seq) for finding in judged(tool, exported()))


def test_the_end_cut_off_in_the_database_is_found(sealed: None, superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM audit_leaf WHERE seq > 290")
    kinds = {finding.kind for finding in verify().findings}
    assert kinds >= {"truncated", "hidden"}


def test_an_event_slipped_in_with_an_old_date_is_found(
    sealed: None, superuser: psycopg.Connection[Any], write: Write
) -> None:
    superuser.execute(
        "INSERT INTO audit_event (at, actor_name, actor_kind, post_function, organisation, channel, action, outcome,"
        " purpose, subject_kind, subject_id, region_code, detail, request_id)"
        " VALUES (now() - interval '30 days', '李', 'staff', '', '', '', 'x', 'done', '', '', '', '', '{}', '')"
    )
    assert [finding.kind for finding in verify().findings] == ["hidden"]
    superuser.execute("INSERT INTO audit_waiting (event_id) SELECT max(id) FROM audit_event")
    seal()
    assert [finding.kind for finding in verify().findings] == ["backdated"]


def test_an_event_kept_from_sealing_is_found(sealed: None, superuser: psycopg.Connection[Any], write: Write) -> None:
    write(2)
    superuser.execute("DELETE FROM audit_waiting")
    assert [finding.kind for finding in verify().findings] == ["hidden"]
    assert TreeHead.objects.count() == COUNT // BATCH
