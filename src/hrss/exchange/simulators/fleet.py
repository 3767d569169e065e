"""Starts the three simulated agencies as child processes and stops them: for ``hrss up``, the demo and tests.

All files live in one folder: ``<agency>.json`` (port file), ``<agency>.key``, ``<agency>.log``, ``hrss.key`` and
``hrss.pub``, and ``<agency>.sqlite`` (registers). It refuses to report a fleet that does not answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrss.exchange.agencies.keys import publish_partner_key
from hrss.exchange.simulators.topics import AGENCIES

_START_SECONDS = 20.0


def register_path(folder: Path, agency: str) -> Path:
    """Give the register file of an agency: what ``data.write(kind, rows, path)`` takes."""
    return folder / f"{agency}.sqlite"


@dataclass(frozen=True, slots=True)
class Fleet:
    """Running simulators: agency name → process."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]]

    def stop(self) -> None:
        """End all of them; those that do not listen are killed after three seconds."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def start(folder: Path, *, agencies: Iterable[str] = AGENCIES, parent: int = 0) -> Fleet:
    """Start simulators over the registers in ``folder`` and wait until each answers.

    ``parent`` is the process whose end ends them (default: this one). Raises ``RuntimeError`` with their own sentence.
    """
    folder.mkdir(parents=True, exist_ok=True)
    publish_partner_key(folder)
    fleet = Fleet(folder, {})
    try:
        for agency in agencies:
            fleet.processes[agency] = _launch(folder, agency, parent or os.getpid())
        for agency, process in fleet.processes.items():
            _wait(folder, agency, process)
    except BaseException:
        fleet.stop()
        raise
    return fleet


def admin(folder: Path, agency: str, path: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    """Call ``/admin/faults`` (with content: set) or ``/admin/stats`` of a running simulator."""
    description = json.loads((folder / f"{agency}.json").read_text(encoding="utf-8"))
    request = urllib.request.Request(  # noqa: S310 - the port file names a loopback address
        description["url"] + path,
        data=None if content is None else json.dumps(content).encode(),
        headers={"Authorization": f"Bearer {description['admin_token']}", "Content-Type": "application/json"},
    )
    with closing(urllib.request.urlopen(request, timeout=5)) as response:  # noqa: S310
        answer: dict[str, Any] = json.loads(response.read())
    return answer


def _launch(folder: Path, agency: str, parent: int) -> subprocess.Popen[bytes]:
    (folder / f"{agency}.json").unlink(missing_ok=True)
    register = register_path(folder, agency)
    command = [sys.executable, "-m", "hrss.exchange.simulators", agency, "--port", "0"]
    files = ["--data", str(register), "--portfile", str(folder / f"{agency}.json"), "--parent", str(parent)]
    with _log_path(folder, agency).open("wb") as log:
        return subprocess.Popen(command + files, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603


def _log_path(folder: Path, agency: str) -> Path:
    return folder / f"{agency}.log"


def _wait(folder: Path, agency: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not (folder / f"{agency}.json").exists():
        if process.poll() is not None:
            sentence = _log_path(folder, agency).read_text(encoding="utf-8", errors="replace").strip()
            raise RuntimeError(sentence or f"{AGENCIES[agency]}没有启动")
        if time.monotonic() > deadline:
            raise RuntimeError(f"{AGENCIES[agency]}在 {_START_SECONDS:.0f} 秒内没有启动")
        time.sleep(0.02)
