"""The life of a simulator process: start, tell where it is, watch the parent, end cleanly.

When the port is open the agency's entry in the exchange directory is written (``<agency>.json`` beside the port file,
mode 0600), and the port file where it has another name; both are taken away at the end. A parent that dies by any means
ends the simulator within a second.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import threading
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hrss.exchange.agencies import keys, protocol
from hrss.exchange.simulators.data import Register, ensure_register
from hrss.exchange.simulators.guard import Guard
from hrss.exchange.simulators.server import AgencyServer
from hrss.exchange.simulators.service import Service
from hrss.exchange.simulators.topics import AGENCIES

_WATCH_SECONDS = 0.5


def run(agency: str, *, port: int, data: Path, portfile: Path, parent: int = 0) -> None:
    """Serve until SIGTERM, SIGINT or the parent's death."""
    server = _server(agency, port=port, data=data, folder=portfile.parent)
    places = {portfile, portfile.with_name(f"{agency}.json")}
    _end_on_signals(server)
    if parent:
        _end_with_parent(server, parent)
    try:
        for path in places:
            _write_portfile(path, server)
        server.serve_forever(poll_interval=0.2)
    finally:
        for path in places:
            _remove_own(path)
        server.server_close()


def _server(agency: str, *, port: int, data: Path, folder: Path) -> AgencyServer:
    ensure_register(agency, data)
    Register(data).close()
    guard = Guard(agency, {protocol.PARTNER: _partner_key(folder)})
    key = keys.private_key(folder / f"{agency}.key")
    return AgencyServer(
        Service(agency, data=data, key=key, guard=guard, admin_token=secrets.token_urlsafe(24)), port=port
    )


def _partner_key(folder: Path) -> Ed25519PublicKey:
    path = folder / keys.PARTNER_KEY_FILE
    if not path.exists():
        keys.publish_partner_key(folder)
    return keys.public_key(path.read_text(encoding="ascii"), where=str(path))


def _write_portfile(path: Path, server: AgencyServer) -> None:
    service = server.service
    public = keys.public_hex(keys.private_key(path.parent / f"{service.agency}.key"))
    content = {
        "name": service.agency,
        "title": AGENCIES[service.agency],
        "url": f"http://127.0.0.1:{server.server_port}",
        "public_key": public,
        "admin_token": service.admin_token,
        "pid": os.getpid(),
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False)
    draft.replace(path)


def _remove_own(path: Path) -> None:
    """Take the port file away unless another process has written its own there meanwhile."""
    with suppress(OSError, ValueError, KeyError):
        if json.loads(path.read_text(encoding="utf-8"))["pid"] == os.getpid():
            path.unlink()


def _end_on_signals(server: AgencyServer) -> None:
    def end(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _end_with_parent(server: AgencyServer, parent: int) -> None:
    born = _birth(parent)

    def watch() -> None:
        stopped = threading.Event()
        while _birth(parent) == born and born:
            stopped.wait(_WATCH_SECONDS)
        server.shutdown()

    threading.Thread(target=watch, daemon=True).start()


def _birth(pid: int) -> str:
    """Give a mark of a living process: its start time where /proc tells it; empty for a dead one or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return "alive" if not Path("/proc/self/stat").exists() and _answers(pid) else ""
    return "" if fields[0] in ("Z", "X") else fields[19]


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
