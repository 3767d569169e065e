"""The simulated payment channel: an HTTP server on loopback beside the bank, its address and token in a port file.

It takes a reference once whatever is asked twice. The quirk ``hangs_up`` takes the money and answers nothing.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from hrss.funds.banking.channel import PORT_FILE
from hrss.funds.banking.simulator.books import Books


class ChannelServer(ThreadingHTTPServer):
    """Serves one set of books on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder, self.books, self.token = folder, Books(folder), secrets.token_urlsafe(24)
        super().__init__(("127.0.0.1", 0), Handler)

    def start(self) -> None:
        """Serve in a thread and write the port file (mode 0600)."""
        path = self.folder / PORT_FILE
        draft = path.with_name(f".{PORT_FILE}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"url": f"http://127.0.0.1:{self.server_port}", "token": self.token}, file)
        draft.replace(path)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: ChannelServer

    def do_POST(self) -> None:
        """Take or give back a payment."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), 10_000))
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.server.token}".encode()):
            self._send(401, {"error": "token"})
            return
        try:
            asked = json.loads(body)
            answer = self._pay(asked) if self.path == "/pay" else self._refund(asked)
        except (ValueError, KeyError, TypeError):
            self._send(400, {"error": "format"})
            return
        if "hangs_up" in self.server.books.quirks():
            self.close_connection = True
            return
        self._send(200, answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: references belong to people."""

    def _pay(self, asked: dict[str, object]) -> dict[str, str]:
        reference, fen = str(asked["reference"]), int(str(asked["fen"]))
        return {"channel_reference": self.server.books.collect(reference, fen, f"CH{secrets.token_hex(8)}")}

    def _refund(self, asked: dict[str, object]) -> dict[str, str]:
        reference, fen = str(asked["channel_reference"]), int(str(asked["fen"]))
        return {"channel_reference": self.server.books.collect(f"refund:{reference}", -fen, f"RF{reference}")}

    def _send(self, status: int, content: dict[str, str]) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
