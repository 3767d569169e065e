"""The client against a running simulator: what it believes, what it refuses, and the class of every failure."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.exchange.conftest import ALIVE, DEAD, DEATH

from hrss.exchange.agencies import keys, protocol
from hrss.exchange.agencies.client import AgencyClient, Errand
from hrss.exchange.agencies.directory import read_agency
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.simulators import data, fleet

ERRAND = Errand("police.death", "case", "社会保险经办条例第八条")


def ask(client: AgencyClient, *, within: float = 3.0) -> CallFailed:
    """Ask and give the failure."""
    with pytest.raises(CallFailed) as failed:
        client.one("death", DEAD, errand=ERRAND, within=within)
    return failed.value


def test_found_and_not_found(police: AgencyClient) -> None:
    found = police.one("death", DEAD, errand=ERRAND, within=3)
    assert found.data == DEATH
    assert abs(datetime.now(UTC) - found.as_of) < timedelta(seconds=10)
    assert police.one("death", ALIVE, errand=ERRAND, within=3).data is None


def test_bulk_says_the_same_as_single(police: AgencyClient) -> None:
    many = police.many("death", [DEAD, ALIVE], errand=ERRAND, within=3)
    single = {subject: police.one("death", subject, errand=ERRAND, within=3).data for subject in (DEAD, ALIVE)}
    assert {subject: reply.data for subject, reply in many.items()} == single


def test_a_full_page(police: AgencyClient) -> None:
    subjects = [f"99923619800101{number:04d}" for number in range(protocol.PAGE_SIZE)]
    replies = police.many("death", subjects, errand=ERRAND, within=5)
    assert replies.keys() == set(subjects)


def test_a_page_too_many_is_not_sent(police: AgencyClient) -> None:
    with pytest.raises(ValueError, match="1000"):
        police.many("death", [DEAD] * (protocol.PAGE_SIZE + 1), errand=ERRAND, within=5)


def test_a_death_entered_while_running_is_seen(police: AgencyClient, folder: Path) -> None:
    late, path = "999236196001011234", fleet.register_path(folder, "police")
    assert police.one("death", late, errand=ERRAND, within=3).data is None
    data.write("police.death", [(late, DEATH)], path)
    assert police.one("death", late, errand=ERRAND, within=3).data == DEATH
    assert data.remove("police.death", [late], path) == 1
    assert police.one("death", late, errand=ERRAND, within=3).data is None


@pytest.mark.parametrize(
    ("plan", "failure", "code"),
    [
        ({"error_rate": 1.0}, Failure.TRANSIENT, "agency.busy"),
        ({"kind": "reset"}, Failure.TRANSIENT, "agency.unreachable"),
        ({"kind": "truncated"}, Failure.TRANSIENT, "agency.unreachable"),
        ({"kind": "garbage"}, Failure.TRANSIENT, "agency.unsigned"),
        ({"kind": "wrong_signature"}, Failure.UNTRUSTED, "auth.signature"),
        ({"kind": "garbage_signed"}, Failure.PERMANENT, "agency.envelope"),
        ({"kind": "not_found_path"}, Failure.PERMANENT, "path.unknown"),
    ],
)
def test_failures_have_their_class(
    police: AgencyClient, folder: Path, plan: dict[str, object], failure: Failure, code: str
) -> None:
    fleet.admin(folder, "police", "/admin/faults", plan)
    failed = ask(police)
    assert (failed.failure, failed.code) == (failure, code)


@pytest.mark.parametrize("kind", ["timeout", "drip"])
def test_the_deadline_holds_whatever_the_server_does(police: AgencyClient, folder: Path, kind: str) -> None:
    fleet.admin(folder, "police", "/admin/faults", {"kind": kind})
    began = time.monotonic()
    assert ask(police, within=0.5).failure is Failure.TIMEOUT
    assert time.monotonic() - began < 0.8


def test_a_slow_agency_is_a_timeout(police: AgencyClient, folder: Path) -> None:
    fleet.admin(folder, "police", "/admin/faults", {"delay_ms": 700})
    assert ask(police, within=0.3).failure is Failure.TIMEOUT


def test_an_answer_to_an_earlier_question_is_not_believed(police: AgencyClient, folder: Path) -> None:
    police.one("death", ALIVE, errand=ERRAND, within=3)
    fleet.admin(folder, "police", "/admin/faults", {"kind": "replayed"})
    assert ask(police).failure is Failure.UNTRUSTED


def test_a_bulk_answer_that_leaves_one_out_is_refused(police: AgencyClient, folder: Path) -> None:
    fleet.admin(folder, "police", "/admin/faults", {"kind": "incomplete"})
    with pytest.raises(CallFailed) as failed:
        police.many("death", [DEAD, ALIVE], errand=ERRAND, within=3)
    assert (failed.value.failure, failed.value.code) == (Failure.PERMANENT, "agency.incomplete")


def test_a_fault_for_one_request_ends_by_itself(police: AgencyClient, folder: Path) -> None:
    fleet.admin(folder, "police", "/admin/faults", {"kind": "reset", "times": 1})
    assert ask(police).failure is Failure.TRANSIENT
    assert police.one("death", DEAD, errand=ERRAND, within=3).data == DEATH


def test_a_kept_connection_the_agency_dropped_is_replaced_without_anybody_noticing(
    police: AgencyClient, folder: Path
) -> None:
    assert police.one("death", DEAD, errand=ERRAND, within=3).data == DEATH
    fleet.admin(folder, "police", "/admin/faults", {"kind": "reset", "times": 1})
    assert police.one("death", DEAD, errand=ERRAND, within=3).data == DEATH


def test_connections_are_kept_and_an_agency_that_ended_is_transient(tmp_path: Path) -> None:
    running = fleet.start(tmp_path, agencies=["police"])
    key = keys.private_key(tmp_path / "hrss.key")
    client = AgencyClient(read_agency(tmp_path, "police"), partner=protocol.PARTNER, key=key)
    try:
        assert client.one("death", DEAD, errand=ERRAND, within=3).data is None
        assert len(client._idle) == 1
        running.stop()
        assert ask(client).failure is Failure.TRANSIENT
    finally:
        client.close()
        running.stop()


def test_our_own_wrong_key_is_a_permanent_failure(folder: Path) -> None:
    client = AgencyClient(read_agency(folder, "police"), partner=protocol.PARTNER, key=Ed25519PrivateKey.generate())
    failed = ask(client)
    client.close()
    assert (failed.failure, failed.code) == (Failure.PERMANENT, "auth.signature")


def test_our_own_wrong_clock_is_a_permanent_failure(folder: Path) -> None:
    key = keys.private_key(folder / "hrss.key")
    client = AgencyClient(
        read_agency(folder, "police"), partner=protocol.PARTNER, key=key, clock=lambda: time.time() - 3600
    )
    failed = ask(client)
    client.close()
    assert (failed.failure, failed.code) == (Failure.PERMANENT, "auth.clock")


def test_an_agency_nobody_entered_is_transient(tmp_path: Path) -> None:
    with pytest.raises(CallFailed) as failed:
        read_agency(tmp_path, "police")
    assert failed.value.failure is Failure.TRANSIENT


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"url": "ftp://x"}', '{"url": "http://127.0.0.1:1", "public_key": "xyz"}', '{"url": "http://a:b"}'],
)
def test_a_wrong_directory_entry_names_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "police.json").write_text(text)
    with pytest.raises(CallFailed) as failed:
        read_agency(tmp_path, "police")
    assert failed.value.failure is Failure.PERMANENT
    assert "police.json" in failed.value.message
