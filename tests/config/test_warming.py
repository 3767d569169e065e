"""Rules are compiled ahead once a version; a process that may end by itself is not started again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hrss.config import warming
from hrss.config.supervisor import Service, Supervisor


def test_rules_are_compiled_once_a_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRSS_RULES_CACHE", str(tmp_path))
    asked: list[int] = []
    monkeypatch.setattr(warming, "warm_all", lambda: asked.append(1) or 1)
    monkeypatch.setattr(warming.os, "nice", lambda by: by)
    assert warming.main() == 0
    assert warming.main() == 0
    assert len(asked) == 1
    assert warming.mark_of_rules().exists()


def test_a_process_that_ends_by_itself_is_left_alone(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    ends = [sys.executable, "-c", "pass"]
    supervisor.add(Service("once", ends, tmp_path / "once.log", lasting=False))
    supervisor.add(Service("always", ends, tmp_path / "always.log"))
    for service in supervisor.services:
        assert service.process is not None
        service.process.wait(30)
    before = [service.process for service in supervisor.services]
    assert supervisor.watch_once() == []
    after = [service.process for service in supervisor.services]
    assert after[0] is before[0]
    assert after[1] is not before[1]
    supervisor.stop()
