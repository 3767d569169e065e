"""What a simulated agency does with a request, apart from sockets: check, look up, sign the answer, count.

Queries are ``POST /v1/<topic>/query`` (one subject) and ``POST /v1/<topic>/bulk`` (a page of subjects). Every answer,
refusals included, is signed for the request it answers.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hrss.exchange.agencies import protocol
from hrss.exchange.agencies.protocol import NotSigned, RequestMark
from hrss.exchange.simulators.data import Register
from hrss.exchange.simulators.faults import Faults
from hrss.exchange.simulators.guard import Guard
from hrss.exchange.simulators.topics import TOPICS, Topic


class Refusal(Exception):
    """A request the agency does not answer: HTTP status, code and a sentence."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Signed:
    """A response ready to be sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Service:
    """One simulated agency: register, door, faults, statistics."""

    def __init__(self, agency: str, *, data: Path, key: Ed25519PrivateKey, guard: Guard, admin_token: str) -> None:
        self.agency = agency
        self.faults = Faults()
        self.guard = guard
        self.admin_token = admin_token
        self._data = data
        self._key = key
        self._local = threading.local()
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._last: Signed | None = None

    def admit(self, headers: Mapping[str, str], body: bytes, *, method: str, path: str) -> RequestMark:
        """Check a request at the door and count it (``death.query``, or the code of the ``NotSigned`` raised)."""
        try:
            mark = self.guard.admit(headers, body, method=method, path=path)
        except NotSigned as error:
            self.count(error.code)
            raise
        self.count(path.removeprefix("/v1/").replace("/", "."))
        return mark

    def refuse_at_the_door(self, headers: Mapping[str, str], error: NotSigned, *, path: str) -> Signed:
        """Tell who was not admitted why; signed for their nonce where they sent a well-formed one."""
        refusal = Refusal(HTTPStatus.UNAUTHORIZED, error.code, str(error))
        try:
            mark = protocol.read_request_mark(headers, agency=self.agency, method="POST", path=path)
        except NotSigned:
            return Signed(refusal.status, {}, json.dumps(_error(refusal), ensure_ascii=False).encode())
        return self.sign_error(mark, refusal)

    def answer(self, mark: RequestMark, body: bytes, *, fault: str = "none") -> Signed:
        """Answer an admitted request."""
        try:
            content = self._content(mark.path, body, fault=fault)
            signed = self.sign(mark, HTTPStatus.OK, content)
        except Refusal as refusal:
            self.count(refusal.code)
            signed = self.sign_error(mark, refusal)
        self.count("answered" if signed.status == HTTPStatus.OK else "refused")
        return signed

    def sign(self, mark: RequestMark, status: int, content: object) -> Signed:
        """Sign a response for the request ``mark``; bytes are sent as they are."""
        body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        now = int(datetime.now(UTC).timestamp() * 1000)
        response = protocol.ResponseMark(self.agency, status, mark.request_id, mark.nonce, now)
        return Signed(status, protocol.response_headers(response, body, key=self._key), body)

    def sign_error(self, mark: RequestMark, refusal: Refusal) -> Signed:
        """Sign a refusal."""
        return self.sign(mark, refusal.status, {"request_id": mark.request_id} | _error(refusal))

    def remember(self, signed: Signed) -> Signed:
        """Keep a response for the fault ``replayed``; gives the one before (or this one, when it is the first)."""
        with self._lock:
            before, self._last = self._last or signed, signed
        return before

    def count(self, what: str) -> None:
        """Count something that happened."""
        with self._lock:
            self._counts[what] += 1

    def counts(self) -> dict[str, int]:
        """Give what was counted."""
        with self._lock:
            return dict(self._counts)

    def close_thread(self) -> None:
        """Close what this thread opened."""
        register = getattr(self._local, "register", None)
        if register is not None:
            register.close()
            self._local.register = None

    def _content(self, path: str, body: bytes, *, fault: str) -> dict[str, Any]:
        topic, is_bulk = self._route(path)
        request = _request(body)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        head = {"request_id": request.get("request_id", ""), "agency": self.agency, "topic": topic.name, "as_of": now}
        if not is_bulk:
            subject = request.get("subject")
            return head | {"subject": subject, "data": self._find(topic, [subject], fault=fault)[0][1]}
        subjects = request.get("subjects")
        if not isinstance(subjects, list) or len(subjects) > protocol.PAGE_SIZE:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "page.size", f"每页最多 {protocol.PAGE_SIZE} 个对象")
        found = self._find(topic, subjects, fault=fault)
        return head | {"results": [{"subject": subject, "data": data} for subject, data in found]}

    def _route(self, path: str) -> tuple[Topic, bool]:
        parts = path.strip("/").split("/")
        topic = TOPICS.get(f"{self.agency}.{parts[1]}") if len(parts) == 3 and parts[0] == "v1" else None
        if topic is None or parts[2] not in ("query", "bulk"):
            raise Refusal(HTTPStatus.NOT_FOUND, "path.unknown", "没有这个接口")
        return topic, parts[2] == "bulk"

    def _find(self, topic: Topic, subjects: list[Any], *, fault: str) -> list[tuple[str, Any]]:
        if not all(topic.accepts_key(subject) for subject in subjects):
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "subject.malformed", "查询对象的号码格式不对")
        rows = self._register().find(topic, subjects)
        found = [(subject, rows.get(subject)) for subject in subjects]
        if fault == "incomplete":
            return found[:-1] or found
        if fault == "unexpected_fields":
            return [(subject, {"unexpected": True}) for subject, _ in found]
        return found

    def _register(self) -> Register:
        register: Register | None = getattr(self._local, "register", None)
        if register is None:
            register = self._local.register = Register(self._data)
        return register


def _error(refusal: Refusal) -> dict[str, Any]:
    return {"error": {"code": refusal.code, "message": str(refusal)}}


def _request(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "body.malformed", "正文应为 JSON 对象")
    return value
