"""HTTP/1.1 with a deadline for the whole exchange, over kept connections.

The standard library's timeout is per read, so a server that drips bytes can hold a caller for ever; here every read
gets only what is left until the deadline. Bodies over the limit are refused.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrss.exchange.agencies.directory import Agency
from hrss.exchange.agencies.protocol import MAX_BODY_BYTES


@dataclass(frozen=True, slots=True)
class RawResponse:
    """Status, headers and body as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class DeadlineSocket(socket.socket):
    """A socket whose every read ends by ``deadline`` (``time.monotonic`` seconds)."""

    deadline: float = float("inf")

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read what fits, waiting no longer than the deadline."""
        self.settimeout(left(self.deadline))
        return super().recv_into(*args, **kwargs)


class DeadlineTlsSocket(ssl.SSLSocket):
    """The same over TLS."""

    deadline: float = float("inf")

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read what fits, waiting no longer than the deadline."""
        self.settimeout(left(self.deadline))
        return super().recv_into(*args, **kwargs)


def left(deadline: float) -> float:
    """Give the seconds left until ``deadline``; none left is ``TimeoutError``."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("deadline passed")
    return seconds


class Connection:
    """One kept connection to one agency; not for two threads at once."""

    def __init__(self, agency: Agency, *, deadline: float) -> None:
        self._http = http.client.HTTPConnection(agency.host, agency.port)
        self._socket = _connect(agency, deadline=deadline)
        self._http.sock = self._socket
        self.has_served = False

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, deadline: float) -> RawResponse:
        """Send a request and read the whole response before the deadline."""
        self._socket.deadline = deadline
        self._socket.settimeout(left(deadline))
        self._http.request(method, path, body=body, headers=dict(headers))
        response = self._http.getresponse()
        payload = response.read(MAX_BODY_BYTES + 1)
        if len(payload) > MAX_BODY_BYTES:
            raise http.client.HTTPException("body over the limit")
        if response.length:
            raise http.client.IncompleteRead(payload, response.length)
        self.has_served = True
        return RawResponse(response.status, dict(response.headers), payload)

    @property
    def can_be_kept(self) -> bool:
        """Tell whether the server left the connection open (http.client drops its socket when it did not)."""
        return self._http.sock is not None

    def close(self) -> None:
        """Close the connection."""
        self._http.close()
        self._socket.close()


def _connect(agency: Agency, *, deadline: float) -> DeadlineSocket | DeadlineTlsSocket:
    plain = socket.create_connection((agency.host, agency.port), timeout=left(deadline))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if agency.scheme == "https":
        return _over_tls(plain, agency, deadline=deadline)
    return DeadlineSocket(fileno=plain.detach())


def _over_tls(plain: socket.socket, agency: Agency, *, deadline: float) -> DeadlineTlsSocket:
    context = ssl.create_default_context(cafile=agency.ca_file or None)
    context.sslsocket_class = DeadlineTlsSocket
    try:
        plain.settimeout(left(deadline))
        wrapped = context.wrap_socket(plain, server_hostname=agency.host)
    except BaseException:
        plain.close()
        raise
    if not isinstance(wrapped, DeadlineTlsSocket):
        raise TypeError("the TLS context ignored sslsocket_class")
    return wrapped
