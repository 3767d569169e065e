"""Attacks on the signed protocol, sent as raw HTTP to a running simulator: each is refused, and says why."""

from __future__ import annotations

import http.client
import json
import secrets
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.exchange.conftest import DEAD, DEATH

from hrss.exchange.agencies import keys, protocol
from hrss.exchange.agencies.directory import read_agency
from hrss.exchange.agencies.protocol import RequestMark
from hrss.exchange.simulators.guard import Guard

PATH = "/v1/death/query"
BODY = json.dumps({"subject": DEAD, "request_id": "r1"}).encode()


def mark(**changes: object) -> RequestMark:
    now = int(time.time() * 1000)
    fresh = RequestMark("police", protocol.PARTNER, "POST", PATH, "r1", secrets.token_hex(16), now)
    return replace(fresh, **changes)  # type: ignore[arg-type]


def send(
    folder: Path, agency: str, path: str, body: bytes, headers: dict[str, str], *, method: str = "POST"
) -> tuple[int, dict[str, object]]:
    address = read_agency(folder, agency)
    with closing(http.client.HTTPConnection(address.host, address.port, timeout=5)) as connection:
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def signed(folder: Path, message: RequestMark, body: bytes = BODY) -> dict[str, str]:
    return protocol.request_headers(message, body, key=keys.private_key(folder / "hrss.key"))


def refusal(answer: tuple[int, dict[str, object]]) -> tuple[int, str]:
    status, content = answer
    error = content["error"]
    assert isinstance(error, dict)
    return status, str(error["code"])


def test_an_honest_request_is_answered(folder: Path) -> None:
    status, content = send(folder, "police", PATH, BODY, signed(folder, mark()))
    assert (status, content["data"]) == (200, DEATH)


def test_the_same_request_twice_is_a_replay(folder: Path) -> None:
    headers = signed(folder, mark())
    assert send(folder, "police", PATH, BODY, headers)[0] == 200
    assert refusal(send(folder, "police", PATH, BODY, headers)) == (401, "auth.replay")


def test_a_request_for_the_police_is_no_request_for_civil_affairs(folder: Path) -> None:
    assert refusal(send(folder, "civil", PATH, BODY, signed(folder, mark()))) == (401, "auth.signature")


def test_another_body_under_the_same_signature(folder: Path) -> None:
    other = BODY.replace(b"r1", b"r2")
    assert refusal(send(folder, "police", PATH, other, signed(folder, mark()))) == (401, "auth.digest")


def test_another_body_with_its_own_digest_under_the_old_signature(folder: Path) -> None:
    other = BODY.replace(b"r1", b"r2")
    headers = signed(folder, mark()) | {"Hrss-Digest": protocol.digest(other)}
    assert refusal(send(folder, "police", PATH, other, headers)) == (401, "auth.signature")


def test_another_path_under_the_same_signature(folder: Path) -> None:
    headers = signed(folder, mark())
    assert refusal(send(folder, "police", "/v1/household/query", BODY, headers)) == (401, "auth.signature")


@pytest.mark.parametrize("header", ["Hrss-Nonce", "Hrss-Request-Id", "Hrss-Timestamp"])
def test_a_changed_header_under_the_same_signature(folder: Path, header: str) -> None:
    other = {"Hrss-Nonce": "0" * 32, "Hrss-Request-Id": "r9", "Hrss-Timestamp": str(int(time.time() * 1000) + 1)}
    headers = signed(folder, mark()) | {header: other[header]}
    assert refusal(send(folder, "police", PATH, BODY, headers)) == (401, "auth.signature")


def test_a_foreign_key(folder: Path) -> None:
    headers = protocol.request_headers(mark(), BODY, key=Ed25519PrivateKey.generate())
    assert refusal(send(folder, "police", PATH, BODY, headers)) == (401, "auth.signature")


def test_an_unknown_partner(folder: Path) -> None:
    headers = signed(folder, mark(partner="somebody"))
    assert refusal(send(folder, "police", PATH, BODY, headers)) == (401, "auth.unknown_partner")


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_clock_more_than_five_minutes_off(folder: Path, minutes: int) -> None:
    headers = signed(folder, mark(timestamp=int(time.time() * 1000) + minutes * 60_000))
    assert refusal(send(folder, "police", PATH, BODY, headers)) == (401, "auth.clock")


def test_a_clock_four_minutes_ahead_is_tolerated(folder: Path) -> None:
    headers = signed(folder, mark(timestamp=int(time.time() * 1000) + 240_000))
    assert send(folder, "police", PATH, BODY, headers)[0] == 200


def test_a_request_from_before_the_process_began_is_refused(folder: Path) -> None:
    """Nonces live in memory: what was sent to the process before this one must not be accepted again."""
    now = [1_800_000_000.0]
    partners = {protocol.PARTNER: keys.private_key(folder / "hrss.key").public_key()}
    old = mark(timestamp=int(now[0] * 1000))
    headers = signed(folder, old)
    Guard("police", partners, clock=lambda: now[0]).admit(headers, BODY, method="POST", path=PATH)
    now[0] += 30
    reborn = Guard("police", partners, clock=lambda: now[0])
    with pytest.raises(protocol.NotSigned) as refused:
        reborn.admit(headers, BODY, method="POST", path=PATH)
    assert refused.value.code == "auth.stale"


def test_nonces_are_remembered_as_long_as_the_clock_check_lets_them_in(folder: Path) -> None:
    now = [1_800_000_000.0]
    partners = {protocol.PARTNER: keys.private_key(folder / "hrss.key").public_key()}
    guard = Guard("police", partners, clock=lambda: now[0])
    headers = signed(folder, mark(timestamp=int((now[0] + 299) * 1000)))
    guard.admit(headers, BODY, method="POST", path=PATH)
    for seconds in (1, 297, 300):
        now[0] += seconds
        with pytest.raises(protocol.NotSigned) as refused:
            guard.admit(headers, BODY, method="POST", path=PATH)
        assert refused.value.code == "auth.replay"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Hrss-Algorithm", "none"),
        ("Hrss-Partner", ""),
        ("Hrss-Nonce", "short"),
        ("Hrss-Timestamp", "yesterday"),
        ("Hrss-Signature", ""),
        ("Hrss-Signature", "zz"),
        ("Hrss-Digest", ""),
    ],
)
def test_malformed_marks(folder: Path, header: str, value: str) -> None:
    headers = signed(folder, mark()) | {header: value}
    status, code = refusal(send(folder, "police", PATH, BODY, headers))
    assert status == 401
    assert code.startswith("auth.")


def test_no_signature_at_all(folder: Path) -> None:
    assert refusal(send(folder, "police", PATH, BODY, {})) == (401, "auth.algorithm")


@pytest.mark.parametrize(
    "path", ["/v2/death/query", "/v1/secrets/query", "/v1/death/everything", "/v1/low_income/query"]
)
def test_unknown_paths_and_registers_of_other_agencies(folder: Path, path: str) -> None:
    assert refusal(send(folder, "police", path, BODY, signed(folder, mark(path=path)))) == (404, "path.unknown")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b'{"subject": 1}', b'{"subject": "1 OR 1=1"}', b'{"subject": null}']
)
def test_bad_bodies(folder: Path, body: bytes) -> None:
    status, _ = refusal(send(folder, "police", PATH, body, signed(folder, mark(), body)))
    assert status in (400, 422)


def test_a_body_without_length_or_over_the_limit(folder: Path) -> None:
    assert send(folder, "police", PATH, b"", {"Transfer-Encoding": "chunked"})[0] == 411
    assert send(folder, "police", PATH, b"", {"Content-Length": str(10**9)})[0] == 413


def test_the_administrator_needs_the_token(folder: Path) -> None:
    assert send(folder, "police", "/admin/faults", b'{"kind": "timeout"}', {"Authorization": "Bearer x"})[0] == 404
    assert send(folder, "police", "/admin/stats", b"", {}, method="GET")[0] == 404
