"""Wrong usage of the commands: one sentence in Chinese, what to do, exit code 2; the disk's refusals as sentences."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from psycopg.errors import DiskFull

from hrss.config.cli import main
from hrss.config.commands import up
from hrss.config.management.commands import prepare
from hrss.config.options import in_chinese, of_the_disk
from hrss.demo.county import SMALLEST
from hrss.kernel.problem import Problem


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("up --scale abc", "比例要在 0.003 到 1 之间，不能是 abc"),
        ("up --scale 0.002", "比例要在 0.003 到 1 之间，不能是 0.002"),
        ("up --scale nan", "比例要在 0.003 到 1 之间"),
        ("up --port 99999", "端口要在 1 到 65535 之间"),
        ("up --port", "“--port”后面要写一个值"),
        ("up --prot 3", "没有“--prot 3”这个选项"),
        ("up --workers 0", "网页进程数要在 1 到 64 之间"),
        ("test --nope", "没有“--nope”这个选项"),
        ("test tests/nope.py", "没有“tests/nope.py”这个测试"),
        ("test --processes abc", "并行进程数要在 0 到 64 之间，不能是 abc"),
        ("shell --nope", "没有“--nope”这个选项"),
        ("bench --nope", "没有“--nope”这个选项"),
        ("bench nope", "没有 'nope' 这一项"),
        ("nope", "没有“nope”这个命令"),
    ],
)
def test_wrong_usage_is_one_sentence(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert line == "nope" or "怎么办" in told


def test_a_data_folder_that_cannot_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HRSS_HOME", "HRSS_ADDRESS", "DJANGO_SETTINGS_MODULE"):  # the command sets them for its children
        monkeypatch.setenv(name, os.environ.get(name, ""))
    file = tmp_path / "a file"
    file.write_text("x")
    assert main(["up", "--data", str(file / "below"), "--port", "1"]) == 1
    assert "不是目录" in capsys.readouterr().err


def test_what_the_disk_refuses_is_told_and_faults_of_ours_are_not_hidden() -> None:
    full = of_the_disk(OSError(errno.ENOSPC, "No space left", "/data/x"))
    assert full is not None
    assert "磁盘满了：/data/x" in str(full)
    assert "怎么办" in str(full)
    assert of_the_disk(OSError(errno.EPIPE, "Broken pipe")) is None
    assert in_chinese("something new") == "something new"


def test_the_smallest_county_is_the_same_everywhere() -> None:
    assert up.SMALLEST == SMALLEST


def test_what_set_up_refuses_is_a_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OperationalError("could not extend file")
    full.__cause__ = DiskFull("could not extend file")
    for refused, said in ((Problem("x", "不行", remedy="改一改"), "hrss: 不行"), (full, "hrss: 磁盘满了")):
        monkeypatch.setattr(prepare, "ring_in_use", lambda refused=refused: (_ for _ in ()).throw(refused))
        with pytest.raises(SystemExit) as ended:
            call_command("prepare")
        told = capsys.readouterr().err
        assert ended.value.code == 1
        assert said in told
        assert "Traceback" not in told
    monkeypatch.setattr(prepare, "ring_in_use", lambda: (_ for _ in ()).throw(OperationalError("ours")))
    with pytest.raises(OperationalError):
        call_command("prepare")
