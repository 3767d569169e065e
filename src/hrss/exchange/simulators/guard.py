"""The door of a simulated agency: who may ask, and is this request really theirs, fresh and unaltered.

It refuses, in this order: malformed marks, unknown partners, clocks too far off, requests from before this process
began (their nonces are not remembered), wrong digests and signatures, and nonces seen before.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hrss.exchange.agencies import protocol
from hrss.exchange.agencies.protocol import NotSigned, RequestMark

_START_TOLERANCE_MS = 1_000


class Guard:
    """Checks requests for one agency; safe for threads."""

    def __init__(
        self, agency: str, partners: Mapping[str, Ed25519PublicKey], *, clock: Callable[[], float] = time.time
    ) -> None:
        self._agency = agency
        self._partners = partners
        self._clock = clock
        self._started = int(clock() * 1000)
        self._nonces: set[tuple[str, str]] = set()
        self._order: deque[tuple[int, tuple[str, str]]] = deque()
        self._lock = threading.Lock()

    def admit(self, headers: Mapping[str, str], body: bytes, *, method: str, path: str) -> RequestMark:
        """Give the mark of an acceptable request; ``NotSigned`` for any other."""
        mark = protocol.read_request_mark(headers, agency=self._agency, method=method, path=path)
        partner = self._partners.get(mark.partner)
        if partner is None:
            raise NotSigned("auth.unknown_partner", "没有登记的对接方")
        now = int(self._clock() * 1000)
        self._check_time(mark.timestamp, now)
        protocol.verify(mark, body, headers, key=partner)
        self._check_nonce(mark, now)
        return mark

    def _check_time(self, timestamp: int, now: int) -> None:
        if abs(now - timestamp) > protocol.CLOCK_SKEW_MS:
            raise NotSigned("auth.clock", "请求时间与本机时间相差超过5分钟")
        if timestamp < self._started - _START_TOLERANCE_MS:
            raise NotSigned("auth.stale", "请求早于服务启动")

    def _check_nonce(self, mark: RequestMark, now: int) -> None:
        seen = (mark.partner, mark.nonce)
        with self._lock:
            self._forget(now)
            if seen in self._nonces:
                raise NotSigned("auth.replay", "这个请求已经用过")
            self._nonces.add(seen)
            self._order.append((now, seen))

    def _forget(self, now: int) -> None:
        """Forget nonces whose requests the clock check refuses anyway (a clock ahead doubles the window)."""
        horizon = now - 2 * protocol.CLOCK_SKEW_MS
        while self._order and self._order[0][0] < horizon:
            self._nonces.discard(self._order.popleft()[1])
