"""The HTTP side of a simulated agency: reads requests, lets the service answer, and misbehaves as the plan says.

It listens on loopback only, keeps connections, refuses bodies without length or over the limit, and drops clients that
are silent for too long.
"""

from __future__ import annotations

import hmac
import json
import socket
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from hrss.exchange.agencies.protocol import MAX_BODY_BYTES, NotSigned, RequestMark
from hrss.exchange.simulators.faults import plan_from
from hrss.exchange.simulators.service import Refusal, Service, Signed

_SILENCE_SECONDS = 30
_HANG_SECONDS = 60


class AgencyServer(ThreadingHTTPServer):
    """Serves one ``Service`` on 127.0.0.1."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, service: Service, *, port: int) -> None:
        self.service = service
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Bind without the reverse name look-up of the standard class."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "agency-simulator"
    sys_version = ""
    timeout = _SILENCE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1
    server: AgencyServer

    def do_GET(self) -> None:
        """Health and, for the administrator, faults and statistics."""
        service = self.server.service
        if self.path == "/health":
            self._send_json(HTTPStatus.OK, {"agency": service.agency})
        elif self.path == "/admin/faults" and self._is_admin():
            self._send_json(HTTPStatus.OK, service.faults.shown())
        elif self.path == "/admin/stats" and self._is_admin():
            self._send_json(HTTPStatus.OK, service.counts())
        else:
            self._send_json(HTTPStatus.NOT_FOUND, {"error": {"code": "path.unknown", "message": "没有这个接口"}})

    def do_POST(self) -> None:
        """A question, or new faults from the administrator."""
        body = self._body()
        if body is None:
            return
        if self.path == "/admin/faults":
            self._set_faults(body)
            return
        service, headers = self.server.service, dict(self.headers)
        try:
            mark = service.admit(headers, body, method="POST", path=self.path)
        except NotSigned as error:
            self._send(service.refuse_at_the_door(headers, error, path=self.path))
            return
        self._answer(service, mark, body)

    def finish(self) -> None:
        """Close the register this connection's thread opened."""
        super().finish()
        self.server.service.close_thread()

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: paths are harmless, but a log nobody reads is no evidence either."""

    def _answer(self, service: Service, mark: RequestMark, body: bytes) -> None:
        topic = mark.path.split("/")[2] if mark.path.count("/") >= 2 else ""
        fault, delay_ms = service.faults.next_for(topic)
        if delay_ms:
            time.sleep(delay_ms / 1000)
        if fault == "timeout":
            self._hang()
        elif fault == "reset":
            self._drop()
        elif fault == "garbage":
            self._send(Signed(HTTPStatus.OK, {}, "<html>网关错误</html>".encode()))
        else:
            self._send_signed(service, mark, body, fault=fault)

    def _send_signed(self, service: Service, mark: RequestMark, body: bytes, *, fault: str) -> None:
        signed = self._signed(service, mark, body, fault=fault)
        before = service.remember(signed)
        if fault == "replayed":
            signed = before
        elif fault == "wrong_signature":
            signed.headers["Hrss-Signature"] = signed.headers["Hrss-Signature"][::-1]
        if fault == "truncated":
            self._send_half(signed)
        elif fault == "drip":
            self._send_dripping(signed)
        else:
            self._send(signed)

    def _signed(self, service: Service, mark: RequestMark, body: bytes, *, fault: str) -> Signed:
        if fault == "error":
            refusal = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "agency.busy", "系统繁忙，请稍后再试")
            return service.sign_error(mark, refusal)
        if fault == "not_found_path":
            return service.sign_error(mark, Refusal(HTTPStatus.NOT_FOUND, "path.unknown", "接口版本已停用"))
        if fault == "garbage_signed":
            return service.sign(mark, HTTPStatus.OK, b"[1, 2")
        return service.answer(mark, body, fault=fault)

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or self.headers.get("Transfer-Encoding"):
            self._refuse_body(HTTPStatus.LENGTH_REQUIRED, "请求应带 Content-Length")
            return None
        if int(length) > MAX_BODY_BYTES:
            self._refuse_body(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "正文太大")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _refuse_body(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True
        self._send_json(status, {"error": {"code": "body.length", "message": message}})

    def _set_faults(self, body: bytes) -> None:
        if not self._is_admin():
            self._send_json(HTTPStatus.NOT_FOUND, {"error": {"code": "path.unknown", "message": "没有这个接口"}})
            return
        try:
            plan = plan_from(json.loads(body))
        except (ValueError, TypeError) as error:
            self._send_json(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": {"code": "plan", "message": str(error)}})
            return
        self.server.service.faults.set(plan)
        self._send_json(HTTPStatus.OK, self.server.service.faults.shown())

    def _is_admin(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), self.server.service.admin_token.encode())

    def _send_json(self, status: HTTPStatus, content: object) -> None:
        self._send(Signed(status, {}, json.dumps(content, ensure_ascii=False).encode()))

    def _send(self, signed: Signed) -> None:
        self._send_head(signed)
        self.wfile.write(signed.body)

    def _send_head(self, signed: Signed) -> None:
        self.send_response(signed.status)
        for name, value in signed.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(signed.body)))
        self.end_headers()

    def _send_half(self, signed: Signed) -> None:
        self._send_head(signed)
        self.wfile.write(signed.body[: len(signed.body) // 2])
        self._drop()

    def _send_dripping(self, signed: Signed) -> None:
        self._send_head(signed)
        for position in range(len(signed.body)):
            self.wfile.write(signed.body[position : position + 1])
            self.wfile.flush()
            time.sleep(0.05)

    def _drop(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _hang(self) -> None:
        """Say nothing until the client goes away."""
        self.close_connection = True
        self.connection.settimeout(_HANG_SECONDS)
        self.connection.recv(1)

    def handle_one_request(self) -> None:
        """Serve one request; a client that goes away in the middle is not an error."""
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError, OSError):
            self.close_connection = True
