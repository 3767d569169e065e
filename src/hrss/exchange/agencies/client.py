"""AgencyClient: asks one agency, one subject or a page of subjects at a time.

It signs what it sends and believes only what the agency signed for this very request; whatever else comes back is a
``CallFailed`` with its retry class. It never retries by itself, except on a kept connection the agency had closed.
"""

from __future__ import annotations

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hrss.exchange.agencies import protocol
from hrss.exchange.agencies.directory import Agency
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.agencies.transport import Connection, RawResponse

_MAX_IDLE = 4


@dataclass(frozen=True, slots=True)
class Errand:
    """What an agency is told about the reason of a question: it logs this on its side."""

    question: str
    purpose: str
    basis: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an agency said about one subject: nothing on record (``data`` None) or its data, as of a moment."""

    data: dict[str, Any] | None
    as_of: datetime


class AgencyClient:
    """Signed calls to one agency over kept connections; safe for threads."""

    def __init__(
        self, agency: Agency, *, partner: str, key: Ed25519PrivateKey, clock: Callable[[], float] = time.time
    ) -> None:
        self.agency = agency
        self._partner = partner
        self._key = key
        self._clock = clock
        self._idle: list[Connection] = []
        self._lock = threading.Lock()

    def one(self, topic: str, subject: str, *, errand: Errand, within: float) -> Reply:
        """Ask about one subject (id number or credit code) within so many seconds."""
        envelope = self._call(f"/v1/{topic}/query", {"subject": subject}, errand=errand, within=within)
        return _reply(envelope, envelope)

    def many(self, topic: str, subjects: Sequence[str], *, errand: Errand, within: float) -> dict[str, Reply]:
        """Ask about a page of subjects; an answer that leaves one out is a permanent failure of the page."""
        if len(subjects) > protocol.PAGE_SIZE:
            raise ValueError(f"a page holds at most {protocol.PAGE_SIZE} subjects")
        envelope = self._call(f"/v1/{topic}/bulk", {"subjects": list(subjects)}, errand=errand, within=within)
        replies = _replies(envelope)
        if replies.keys() != set(subjects):
            raise CallFailed(Failure.PERMANENT, "agency.incomplete", "对方的批量答复缺少对象或者多出对象")
        return replies

    def close(self) -> None:
        """Close the kept connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _call(self, path: str, content: dict[str, Any], *, errand: Errand, within: float) -> dict[str, Any]:
        deadline = time.monotonic() + within
        request_id = secrets.token_hex(16)
        body = json.dumps(content | {"request_id": request_id, "errand": asdict(errand)}, ensure_ascii=False).encode()
        nonce, response = self._send(path, body, request_id=request_id, deadline=deadline)
        return self._believe(response, nonce=nonce, request_id=request_id)

    def _send(self, path: str, body: bytes, *, request_id: str, deadline: float) -> tuple[str, RawResponse]:
        try:
            while True:
                connection = self._take(deadline)
                was_kept = connection.has_served
                mark = self._mark(path, request_id)
                try:
                    return mark.nonce, self._send_over(connection, mark, body, deadline=deadline)
                except (ConnectionError, http.client.BadStatusLine):
                    if not was_kept:
                        raise
        except TimeoutError:
            raise CallFailed(Failure.TIMEOUT, "agency.timeout", "对方没有在时限内回答") from None
        except (OSError, http.client.HTTPException) as error:
            raise CallFailed(Failure.TRANSIENT, "agency.unreachable", f"连不上对方：{type(error).__name__}") from None

    def _send_over(
        self, connection: Connection, mark: protocol.RequestMark, body: bytes, *, deadline: float
    ) -> RawResponse:
        headers = protocol.request_headers(mark, body, key=self._key) | {"Content-Type": "application/json"}
        target = self.agency.prefix + mark.path
        try:
            response = connection.send(mark.method, target, body, headers, deadline=deadline)
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)
        return response

    def _mark(self, path: str, request_id: str) -> protocol.RequestMark:
        now = int(self._clock() * 1000)
        return protocol.RequestMark(
            self.agency.name, self._partner, "POST", path, request_id, secrets.token_hex(16), now
        )

    def _take(self, deadline: float) -> Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Connection(self.agency, deadline=deadline)

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if connection.can_be_kept and len(self._idle) < _MAX_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _believe(self, response: RawResponse, *, nonce: str, request_id: str) -> dict[str, Any]:
        if "Hrss-Signature" not in response.headers:
            raise CallFailed(Failure.TRANSIENT, "agency.unsigned", f"答复没有签名（HTTP {response.status}）")
        try:
            mark = protocol.read_response_mark(
                response.headers, agency=self.agency.name, status=response.status, nonce=nonce
            )
            protocol.verify(mark, response.body, response.headers, key=self.agency.key)
        except protocol.NotSigned as error:
            raise CallFailed(Failure.UNTRUSTED, error.code, f"答复的签名核对不上：{error}") from None
        if mark.request_id != request_id:
            raise CallFailed(Failure.UNTRUSTED, "agency.other_request", "答复不是给这次提问的")
        envelope = _envelope(response.body)
        if response.status != http.client.OK:
            _raise_refusal(response.status, envelope)
        return envelope


def _envelope(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise CallFailed(Failure.PERMANENT, "agency.envelope", "对方的答复不是约定的格式")
    return value


def _raise_refusal(status: int, envelope: dict[str, Any]) -> NoReturn:
    error = envelope.get("error")
    fields = error if isinstance(error, dict) else {}
    is_passing = status >= http.client.INTERNAL_SERVER_ERROR or status == http.client.TOO_MANY_REQUESTS
    failure = Failure.TRANSIENT if is_passing else Failure.PERMANENT
    raise CallFailed(failure, str(fields.get("code", f"http.{status}")), str(fields.get("message", f"HTTP {status}")))


def _replies(envelope: dict[str, Any]) -> dict[str, Reply]:
    try:
        return {str(result["subject"]): _reply(result, envelope) for result in envelope["results"]}
    except (KeyError, TypeError):
        raise CallFailed(Failure.PERMANENT, "agency.envelope", "对方的批量答复不是约定的格式") from None


def _reply(result: dict[str, Any], envelope: dict[str, Any]) -> Reply:
    try:
        data, as_of = result["data"], datetime.fromisoformat(envelope["as_of"])
    except (KeyError, TypeError, ValueError):
        raise CallFailed(Failure.PERMANENT, "agency.envelope", "对方的答复缺少 data 或者 as_of") from None
    if as_of.tzinfo is None or not (data is None or isinstance(data, dict)):
        raise CallFailed(Failure.PERMANENT, "agency.envelope", "对方的答复缺少时区或者 data 不是对象")
    return Reply(data, as_of)
