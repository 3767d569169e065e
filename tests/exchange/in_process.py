"""The three simulated agencies in threads of the test's own process: they keep the test's clock, wherever it stands."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hrss.exchange.agencies import keys, protocol
from hrss.exchange.simulators import data, fleet
from hrss.exchange.simulators.guard import Guard
from hrss.exchange.simulators.server import AgencyServer
from hrss.exchange.simulators.service import Service
from hrss.exchange.simulators.topics import AGENCIES


@contextmanager
def agencies_in(folder: Path) -> Iterator[Path]:
    """Serve the registers in ``folder`` (empty ones are made) until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    keys.publish_partner_key(folder)
    servers = [_server(folder, agency) for agency in AGENCIES]
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield folder
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join(5)


def _server(folder: Path, agency: str) -> AgencyServer:
    register = fleet.register_path(folder, agency)
    data.ensure_register(agency, register)
    partner = keys.public_key((folder / keys.PARTNER_KEY_FILE).read_text(encoding="ascii"), where="test")
    key = keys.private_key(folder / f"{agency}.key")
    service = Service(
        agency, data=register, key=key, guard=Guard(agency, {protocol.PARTNER: partner}), admin_token="test"
    )
    server = AgencyServer(service, port=0)
    content = {
        "name": agency,
        "title": AGENCIES[agency],
        "url": f"http://127.0.0.1:{server.server_port}",
        "public_key": keys.public_hex(key),
    }
    (folder / f"{agency}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return server
