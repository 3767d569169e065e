"""Load generator: kept connections on plain sockets, one process, one request in flight a connection.

``python load.py TARGETS.json PORT CONNECTIONS SECONDS`` reads a list of ``[path, cookie]``, asks them in turn and
prints one JSON line: requests, failures, seconds, latencies in ms (p50, p95, max), bytes, its own CPU seconds. Answers
are read to the end and must be 200; nothing else is done with them, so that the generator costs little.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from itertools import cycle
from pathlib import Path

LENGTH = b"content-length:"


class Line:
    """One connection: what it waits for and since when."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.wanted = 0
        self.asked_at = 0.0

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.buffer.clear()
        self.wanted = 0
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def take(self) -> bool:
        """Take what has come; True when the answer is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed a kept connection")
        self.buffer += part
        if not self.wanted:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            at = head.find(LENGTH)
            if at < 0:
                raise ValueError(f"an answer without length: {head[:200]!r}")
            self.wanted = end + 4 + int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
        return len(self.buffer) >= self.wanted


def request_of(path: str, cookie: str, port: int) -> bytes:
    """Write a request as a browser that is signed in would."""
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: hrss-bench",
        "Accept: text/html",
        "Accept-Language: zh-CN,zh;q=0.9",
        f"Cookie: {cookie}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(targets: list[tuple[str, str]], port: int, connections: int, seconds: float) -> dict[str, float]:
    """Ask for ``seconds``; give what was measured."""
    requests = cycle([request_of(path, cookie, port) for path, cookie in targets])
    poll, lines = selectors.EpollSelector(), [Line(port) for _ in range(connections)]
    for line in lines:
        poll.register(line.socket, selectors.EVENT_READ, line)
    taken: list[float] = []
    failed = received = 0
    cpu, began = time.process_time(), time.perf_counter()
    until = began + seconds
    for line in lines:
        line.ask(next(requests))
    open_lines = connections
    while open_lines:
        for key, _ in poll.select(10):
            line: Line = key.data
            if not line.take():
                continue
            now = time.perf_counter()
            taken.append(now - line.asked_at)
            received += len(line.buffer)
            failed += not line.buffer.startswith(b"HTTP/1.1 200")
            if now < until:
                line.ask(next(requests))
            else:
                open_lines -= 1
                poll.unregister(line.socket)
    wall = time.perf_counter() - began
    for line in lines:
        line.socket.close()
    taken.sort()
    return {
        "requests": len(taken),
        "failed": failed,
        "seconds": wall,
        "rate": len(taken) / wall,
        "p50": 1000 * taken[len(taken) // 2],
        "p95": 1000 * taken[int(len(taken) * 0.95)],
        "max": 1000 * taken[-1],
        "bytes": received / len(taken),
        "cpu": time.process_time() - cpu,
    }


if __name__ == "__main__":
    file, port, connections, seconds = sys.argv[1:]
    print(json.dumps(run(json.loads(Path(file).read_text()), int(port), int(connections), float(seconds))))
