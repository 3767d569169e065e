"""Sealing on a real database: order, nothing skipped, proofs, fail-closed, refusals."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from hrss.foundation.audit import record
from hrss.foundation.audit.heads import NO_HEAD
from hrss.foundation.audit.merkle import included
from hrss.foundation.audit.proofs import prove_consistency, prove_inclusion
from hrss.foundation.audit.sealed import Leaf, TreeHead
from hrss.foundation.audit.sealing import LOCK, require_current_sealing, seal, seal_once, sealing_is_current
from hrss.foundation.audit.signer import add_key, key_file, signer_in_use
from hrss.foundation.audit.verification import verify
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

Write = Callable[[int], None]


def seqs() -> list[int]:
    return list(Leaf.objects.order_by("seq").values_list("seq", flat=True))


def test_events_get_a_place_without_gaps(real_db: str, write: Write) -> None:
    write(5)
    assert seal().events == 5
    write(3)
    assert seal().events == 3
    assert seqs() == list(range(1, 9))
    first, second = TreeHead.objects.order_by("number")
    assert (first.size, second.size) == (5, 8)
    assert bytes(first.previous) == NO_HEAD
    assert bytes(second.previous) == first.signed().digest()
    assert verify().is_clean


def test_a_rolled_back_event_leaves_no_gap(real_db: str, write: Write) -> None:
    with pytest.raises(RuntimeError), acting(system_actor("test")):
        write(4)
        raise RuntimeError
    write(2)
    seal()
    assert seqs() == [1, 2]
    assert verify().is_clean


def test_a_transaction_that_commits_late_is_not_skipped_and_stops_nobody(real_db: str, write: Write) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with acting(system_actor("slow")):
            record(system_actor("slow"), "slow.act")
            started.set()
            go_on.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    started.wait(10)
    write(3)  # later ids, committed earlier
    assert seal().events == 3
    go_on.set()
    thread.join(10)
    assert seal().events == 1
    assert seqs() == [1, 2, 3, 4]
    assert verify().is_clean


def test_two_sealers_do_not_meet(real_db: str, write: Write) -> None:
    write(2)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:  # type: ignore[arg-type]
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert seal_once().head is None
    assert seal().events == 2


def test_a_quiet_log_gets_a_head_from_time_to_time(real_db: str, superuser: psycopg.Connection[Any]) -> None:
    assert seal().head is not None  # the first one, over nothing
    assert seal().head is None
    superuser.execute("UPDATE audit_treehead SET at = at - interval '6 minutes'")
    assert seal().head is not None


def test_many_heads_and_tiles(real_db: str, write: Write) -> None:
    write(700)
    assert seal(batch=100).events == 700
    assert TreeHead.objects.count() == 7
    report = verify()
    assert report.is_clean
    assert (report.events, report.heads) == (700, 7)


def test_proofs_hold_and_are_cheap(real_db: str, write: Write) -> None:
    """Processor time and round trips are bounded; wall time on an idle machine is about 4 ms (ADR 9)."""
    write(2_000)
    seal(batch=300)
    events = list(Leaf.objects.order_by("seq").values_list("event_id", flat=True))[::20]
    took = []
    with acting(system_actor("test")):
        for event in events:
            begin = time.thread_time()
            with CaptureQueriesContext(connection) as queries:
                proof = prove_inclusion(event)
            took.append(time.thread_time() - begin)
            assert len(queries) <= 8
            assert proof.holds()
            head = proof.head.head
            assert not included(b"\0" * 32, position=proof.seq - 1, size=head.size, proof=proof.path, root=head.root)
        for number in range(1, 7):
            assert prove_consistency(number).holds()
            assert prove_consistency(number, 6).holds()
        with pytest.raises(Problem, match="没有这两个树头"):
            prove_consistency(5, 4)
        with pytest.raises(Problem, match="还没有封存"):
            prove_inclusion(10**12)
    assert statistics.quantiles(took, n=100)[98] < 0.05


def test_money_stops_when_sealing_stops(real_db: str, write: Write, superuser: psycopg.Connection[Any]) -> None:
    with pytest.raises(Problem, match="资金操作暂停"):
        require_current_sealing()
    write(1)
    seal()
    require_current_sealing()
    superuser.execute("UPDATE audit_treehead SET at = at - interval '14 minutes'")
    assert sealing_is_current()
    superuser.execute("UPDATE audit_treehead SET at = at - interval '2 minutes'")
    assert not sealing_is_current()
    seal()
    assert sealing_is_current()
    write(1)
    superuser.execute("UPDATE audit_waiting SET since = since - interval '16 minutes'")
    assert not sealing_is_current()


def test_without_a_key_there_is_no_head(real_db: str, write: Write, keys: Path) -> None:
    write(1)
    seal()
    write(1)
    (keys / "audit.json").write_text("{}")
    with pytest.raises(Problem, match="密钥文件已损坏"):
        seal()
    assert seqs() == [1]  # nothing is half sealed


def test_a_key_others_can_read_is_refused(real_db: str, keys: Path) -> None:
    add_key(key_file())
    key_file().chmod(0o644)
    with pytest.raises(Problem, match="chmod 600"):
        signer_in_use()


def test_a_new_key_signs_and_the_old_one_still_vouches(real_db: str, write: Write) -> None:
    write(1)
    first = seal().head
    new = add_key(key_file())
    write(1)
    second = seal().head
    assert first
    assert second
    assert second.head.key == new != first.head.key
    assert verify().is_clean


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        ("DELETE FROM audit_leaf WHERE seq = 3", "封存记录有 2 条"),
        ("DELETE FROM audit_treehead", "没有任何树头"),
        ("UPDATE audit_treehead SET root = sha256('x')", "根与边缘摘要不符"),
        ("UPDATE audit_treehead SET peaks = 'x'", "边缘摘要已损坏"),
    ],
)
def test_it_does_not_build_on_a_broken_log(
    real_db: str, write: Write, superuser: psycopg.Connection[Any], tamper: str, message: str
) -> None:
    write(3)
    seal()
    write(1)
    superuser.execute(tamper)
    with pytest.raises(Problem, match=message):
        seal()


def test_the_witness_betrays_a_log_cut_short(
    real_db: str, write: Write, superuser: psycopg.Connection[Any], settings: Settings, tmp_path: Path
) -> None:
    settings.HRSS_AUDIT_WITNESS = str(tmp_path / "witness")
    for _ in range(3):
        write(2)
        seal()
    superuser.execute("DELETE FROM audit_treehead WHERE number = 3")
    superuser.execute("DELETE FROM audit_leaf WHERE seq > 4")
    superuser.execute("DELETE FROM audit_event WHERE id > (SELECT max(event_id) FROM audit_leaf)")
    with pytest.raises(Problem, match="见证处已有第 3 号树头"):
        seal()
    assert [finding.kind for finding in verify().findings] == ["forked"]


def test_the_witness_passes_over_a_torn_line(real_db: str, write: Write, settings: Settings, tmp_path: Path) -> None:
    settings.HRSS_AUDIT_WITNESS = str(tmp_path / "witness")
    write(1)
    seal()
    (file,) = (tmp_path / "witness").iterdir()
    file.write_text(file.read_text() + '{"head":{"numb')
    write(1)
    assert seal().events == 1


def test_a_head_that_was_rolled_back_is_not_shown_to_the_witness(
    real_db: str, write: Write, settings: Settings, tmp_path: Path
) -> None:
    settings.HRSS_AUDIT_WITNESS = str(tmp_path / "witness")
    write(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        seal()
        raise RuntimeError
    assert not (tmp_path / "witness").exists()
    assert seal().events == 1


@pytest.mark.parametrize("table", ["audit_event", "audit_leaf", "audit_tile", "audit_treehead"])
@pytest.mark.parametrize("command", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_nobody_changes_the_log_by_sql(real_db: str, write: Write, table: str, command: str, alias: str) -> None:
    write(300)
    seal()
    column = {"audit_event": "action", "audit_leaf": "hash", "audit_tile": "hash", "audit_treehead": "root"}[table]
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', 'system', false)")
        try:
            cursor.execute(command.format(table, column, column))
        except DatabaseError as error:
            assert "只增不改" in str(error) or "permission denied" in str(error)
        else:  # row-level security has no policy for changing events: the owner finds no row to change
            assert (alias, table, cursor.rowcount) == ("owner", "audit_event", 0)


def test_the_application_cannot_put_events_on_the_waiting_list(real_db: str) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("INSERT INTO audit_waiting (event_id) VALUES (1)")
