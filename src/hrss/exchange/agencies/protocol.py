"""HRSS-AGENCY/1: what is signed, by whom and how (docs/adr/0005-exchange-protocol.md).

Both sides sign with Ed25519 over a text that names agency, partner, path, request id, nonce, time and the SM3 digest of
the body; an answer is bound to the nonce of its question. Nothing unsigned, stale, replayed or altered is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "ed25519-sm3"
PARTNER = "hrss"
CLOCK_SKEW_MS = 300_000
PAGE_SIZE = 1_000
MAX_BODY_BYTES = 8 * 1024 * 1024

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_PATH = re.compile(r"/[A-Za-z0-9/_.-]{1,199}")


class NotSigned(ValueError):
    """A message without a usable signature; ``code`` says what is wrong with it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class RequestMark:
    """Everything about a request that is signed besides its body; ``timestamp`` is milliseconds since 1970 UTC."""

    agency: str
    partner: str
    method: str
    path: str
    request_id: str
    nonce: str
    timestamp: int

    def text(self, body: bytes) -> bytes:
        """Give the text that is signed."""
        parts = (
            "HRSS-AGENCY/1 REQUEST",
            self.agency,
            self.partner,
            self.method,
            self.path,
            self.request_id,
            self.nonce,
            str(self.timestamp),
            digest(body),
        )
        return "\n".join(parts).encode()


@dataclass(frozen=True, slots=True)
class ResponseMark:
    """Everything about a response that is signed besides its body; ``nonce`` is that of the request it answers."""

    agency: str
    status: int
    request_id: str
    nonce: str
    timestamp: int

    def text(self, body: bytes) -> bytes:
        """Give the text that is signed."""
        parts = (
            "HRSS-AGENCY/1 RESPONSE",
            self.agency,
            str(self.status),
            self.request_id,
            self.nonce,
            str(self.timestamp),
            digest(body),
        )
        return "\n".join(parts).encode()


def digest(body: bytes) -> str:
    """Give the SM3 digest (GB/T 32905) of a body in hexadecimal."""
    hasher = hashes.Hash(hashes.SM3())
    hasher.update(body)
    return hasher.finalize().hex()


def request_headers(mark: RequestMark, body: bytes, *, key: Ed25519PrivateKey) -> dict[str, str]:
    """Give the headers that make a request signed."""
    return {
        "Hrss-Algorithm": ALGORITHM,
        "Hrss-Partner": mark.partner,
        "Hrss-Request-Id": mark.request_id,
        "Hrss-Nonce": mark.nonce,
        "Hrss-Timestamp": str(mark.timestamp),
        "Hrss-Digest": digest(body),
        "Hrss-Signature": key.sign(mark.text(body)).hex(),
    }


def response_headers(mark: ResponseMark, body: bytes, *, key: Ed25519PrivateKey) -> dict[str, str]:
    """Give the headers that make a response signed."""
    return {
        "Hrss-Algorithm": ALGORITHM,
        "Hrss-Request-Id": mark.request_id,
        "Hrss-Timestamp": str(mark.timestamp),
        "Hrss-Digest": digest(body),
        "Hrss-Signature": key.sign(mark.text(body)).hex(),
    }


def read_request_mark(headers: Mapping[str, str], *, agency: str, method: str, path: str) -> RequestMark:
    """Read the mark of a received request; malformed or missing parts are ``NotSigned``."""
    _expect_algorithm(headers)
    return RequestMark(
        agency=agency,
        partner=_part(headers, "Hrss-Partner", _NAME),
        method=method,
        path=_matching(path, _PATH, "path"),
        request_id=_part(headers, "Hrss-Request-Id", _NAME),
        nonce=_part(headers, "Hrss-Nonce", _NONCE),
        timestamp=_timestamp(headers),
    )


def read_response_mark(headers: Mapping[str, str], *, agency: str, status: int, nonce: str) -> ResponseMark:
    """Read the mark of a received response; ``nonce`` is the one we sent, never one from the response."""
    _expect_algorithm(headers)
    request_id = _part(headers, "Hrss-Request-Id", _NAME)
    return ResponseMark(agency, status, request_id, nonce, _timestamp(headers))


def verify(mark: RequestMark | ResponseMark, body: bytes, headers: Mapping[str, str], *, key: Ed25519PublicKey) -> None:
    """Check digest and signature of a received message; ``NotSigned`` says which of the two is wrong."""
    if headers.get("Hrss-Digest", "") != digest(body):
        raise NotSigned("auth.digest", "正文与摘要不一致")
    try:
        key.verify(bytes.fromhex(headers.get("Hrss-Signature", "")), mark.text(body))
    except (InvalidSignature, ValueError):
        raise NotSigned("auth.signature", "签名不正确") from None


def _expect_algorithm(headers: Mapping[str, str]) -> None:
    if headers.get("Hrss-Algorithm", "") != ALGORITHM:
        raise NotSigned("auth.algorithm", f"只接受签名算法 {ALGORITHM}")


def _part(headers: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    return _matching(headers.get(name, ""), pattern, name)


def _matching(value: str, pattern: re.Pattern[str], name: str) -> str:
    if not pattern.fullmatch(value):
        raise NotSigned("auth.malformed", f"{name} 缺失或者格式不对")
    return value


def _timestamp(headers: Mapping[str, str]) -> int:
    text = headers.get("Hrss-Timestamp", "")
    if not re.fullmatch(r"[0-9]{13}", text):
        raise NotSigned("auth.malformed", "Hrss-Timestamp 应为13位毫秒时间戳")
    return int(text)
