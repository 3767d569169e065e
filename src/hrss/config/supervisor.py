"""Supervisor: starts the processes of one installation, watches them, stops them all.

Children die with their parent (PR_SET_PDEATHSIG), and a killed run's leftovers are found by their data folder and
stopped at the next start. A process that dies is started again, at most five times a minute.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_RESTARTS_A_MINUTE = 5


@dataclass
class Service:
    """One process: its name, command and log file; one that is not ``lasting`` may end by itself."""

    name: str
    command: list[str]
    log: Path
    lasting: bool = True
    process: subprocess.Popen[bytes] | None = None
    restarts: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """Start the process in a group of its own, its output in its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    def may_restart(self) -> bool:
        """Tell whether another start is allowed now (a crash loop is not)."""
        now = time.monotonic()
        while self.restarts and now - self.restarts[0] > 60:
            self.restarts.popleft()
        self.restarts.append(now)
        return len(self.restarts) <= _RESTARTS_A_MINUTE


class Supervisor:
    """All services of one data folder."""

    def __init__(self, home: Path) -> None:
        self.register = home / "processes.json"
        self.services: list[Service] = []

    def add(self, service: Service) -> None:
        """Start ``service`` and watch it from now on."""
        service.start()
        self.services.append(service)
        self._write()

    def watch_once(self) -> list[str]:
        """Restart services that died; give the names of those that crash too often."""
        lost = []
        for service in self.services:
            if not service.lasting or service.process is None or service.process.poll() is None:
                continue
            if service.may_restart():
                service.start()
                self._write()
            else:
                lost.append(service.name)
        return lost

    def stop(self) -> None:
        """Stop all services, last started first: politely, then by force after ten seconds."""
        for service in reversed(self.services):
            _signal(service.process, signal.SIGTERM)
        deadline = time.monotonic() + 10
        for service in self.services:
            if service.process is None:
                continue
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.process.wait(max(0.1, deadline - time.monotonic()))
            _signal(service.process, signal.SIGKILL)
        self.register.unlink(missing_ok=True)

    def clear_leftovers(self) -> int:
        """Stop processes that a killed run of this data folder left behind; gives how many."""
        if not self.register.exists():
            return 0
        with contextlib.suppress(ValueError, OSError):
            left = [pid for pid in json.loads(self.register.read_text()) if _is_ours(pid, self.register.parent)]
            for pid in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)
            self.register.unlink(missing_ok=True)
            return len(left)
        return 0

    def _write(self) -> None:
        pids = [service.process.pid for service in self.services if service.process]
        self.register.write_text(json.dumps(pids))


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal(process: subprocess.Popen[bytes] | None, number: int) -> None:
    if process is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _is_ours(pid: int, home: Path) -> bool:
    """A process is ours when its environment names our data folder (a pid alone may have been reused)."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"HRSS_HOME={home}".encode() in environment.split(b"\0")
