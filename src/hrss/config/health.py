"""Asking a running installation whether it serves; it says no as long as nothing listens."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection


def is_healthy(port: int, *, host: str = "127.0.0.1", timeout: float = 10) -> bool:
    """Tell whether ``/healthz`` answers 200; ``timeout`` in seconds."""
    try:
        with closing(HTTPConnection(host, port, timeout=timeout)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except OSError:
        return False
