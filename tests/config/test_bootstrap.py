"""The environment brings Node exactly where the machine has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrss.config import bootstrap


def machine_with(*programs: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    for program in programs:
        (folder / program).write_text("#!/bin/sh\n")
        (folder / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize("programs", [(), ("node",), ("npm",)])
def test_a_machine_without_node_gets_the_locked_wheel(
    programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine_with(*programs, monkeypatch=monkeypatch, folder=tmp_path)
    assert bootstrap._node_wheel() == [bootstrap.NODE_LOCK]
    assert "--hash=sha256:" in bootstrap.NODE_LOCK.read_text(encoding="utf-8")


def test_a_machine_with_node_gets_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine_with("node", "npm", monkeypatch=monkeypatch, folder=tmp_path)
    assert bootstrap._node_wheel() == []
