"""The same protocol over TLS: trusted authority only, and the deadline holds there too."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.exchange.conftest import DEAD, DEATH

from hrss.exchange.agencies import keys, protocol
from hrss.exchange.agencies.client import AgencyClient, Errand
from hrss.exchange.agencies.directory import Agency
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.simulators import data
from hrss.exchange.simulators.faults import Plan
from hrss.exchange.simulators.guard import Guard
from hrss.exchange.simulators.server import AgencyServer
from hrss.exchange.simulators.service import Service

ERRAND = Errand("police.death", "case", "x")


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate for 127.0.0.1; gives certificate and key file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "agency")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encoding = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*encoding))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[AgencyServer]:
    data.write("police.death", [(DEAD, DEATH)], tmp_path / "police.sqlite")
    guard = Guard("police", {protocol.PARTNER: keys.private_key(tmp_path / "hrss.key").public_key()})
    key = keys.private_key(tmp_path / "police.key")
    service = Service("police", data=tmp_path / "police.sqlite", key=key, guard=guard, admin_token="t")
    running = AgencyServer(service, port=0)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*write_certificate(tmp_path))
    running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def client(server: AgencyServer, tmp_path: Path) -> Iterator[AgencyClient]:
    agency = Agency(
        "police",
        "https",
        "127.0.0.1",
        server.server_port,
        "",
        keys.private_key(tmp_path / "police.key").public_key(),
        ca_file=str(tmp_path / "cert.pem"),
    )
    made = AgencyClient(agency, partner=protocol.PARTNER, key=keys.private_key(tmp_path / "hrss.key"))
    yield made
    made.close()


def test_questions_over_tls(client: AgencyClient) -> None:
    for _ in range(2):
        assert client.one("death", DEAD, errand=ERRAND, within=3).data == DEATH


def test_the_deadline_holds_over_tls(client: AgencyClient, server: AgencyServer) -> None:
    server.service.faults.set(Plan(kind="drip"))
    began = time.monotonic()
    with pytest.raises(CallFailed) as failed:
        client.one("death", DEAD, errand=ERRAND, within=0.5)
    assert failed.value.failure is Failure.TIMEOUT
    assert time.monotonic() - began < 0.8


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_certificate_nobody_vouches_for_is_not_talked_to(client: AgencyClient, tmp_path: Path) -> None:
    stranger = AgencyClient(
        replace(client.agency, ca_file=""), partner=protocol.PARTNER, key=keys.private_key(tmp_path / "hrss.key")
    )
    with pytest.raises(CallFailed) as failed:
        stranger.one("death", DEAD, errand=ERRAND, within=3)
    stranger.close()
    assert (failed.value.failure, failed.value.code) == (Failure.TRANSIENT, "agency.unreachable")
