"""No room is one sentence: what is full, how much is needed, what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from hrss.config.environment import PROJECT
from hrss.config.room import DATA_BYTES, TEMPORARY_BYTES, check_data, check_temporary
from hrss.kernel.problem import Problem

Usage = namedtuple("Usage", "total used free")


def leave(monkeypatch: pytest.MonkeyPatch, full: Path, free: int) -> None:
    """Leave so many bytes in one folder, plenty elsewhere."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(2**40, 0, free if Path(folder) == full else 2**40))


def test_a_full_temporary_folder_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    leave(monkeypatch, tmp_path, TEMPORARY_BYTES)
    check_temporary()
    leave(monkeypatch, tmp_path, TEMPORARY_BYTES - 1)
    with pytest.raises(Problem, match=f"临时目录 {tmp_path} 只剩 63 MB，至少要 64 MB") as refused:
        check_temporary()
    assert "TMPDIR" in refused.value.remedy


def test_without_any_temporary_folder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(Problem, match="没有可以写入的临时目录"):
        check_temporary()


def test_a_full_data_folder_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(monkeypatch, tmp_path / "data", DATA_BYTES - 1)
    with pytest.raises(Problem, match="磁盘空间不足 1 GB"):
        check_data(tmp_path / "data")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
def test_both_commands_stop_before_they_begin_on_a_really_full_one(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", small], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        for command in (["up", "--data", str(tmp_path / "data")], ["test", "tests/kernel"]):
            said = subprocess.run(
                [PROJECT / "hrss", *command], env=os.environ | {"TMPDIR": str(small)}, capture_output=True, text=True
            )
            assert said.returncode == 1
            assert f"临时目录 {small} 只剩 1 MB" in said.stderr
            assert "Traceback" not in said.stderr
        assert not (tmp_path / "data" / "postgres").exists()
    finally:
        subprocess.run(["umount", small], check=True)
