"""Is there room to work: asked before anything is made, so that a full disk is one sentence and not a trace."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hrss.kernel.problem import Problem

MEGABYTE = 1024**2
DATA_BYTES = 1024 * MEGABYTE
TEMPORARY_BYTES = 64 * MEGABYTE


def check_data(folder: Path) -> None:
    """Problem ``up.disk`` (503) when the data folder has less than a gigabyte left; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < DATA_BYTES:
        raise Problem("up.disk", "磁盘空间不足 1 GB", remedy="请清理磁盘，或用 --data 换一个目录", status=503)


def check_temporary() -> None:
    """Problem ``room.temporary`` (503) when there is no temporary folder with room; databases and browsers need one.

    Looks at TMPDIR itself: Python leaves it silently when it is full, the programs it starts do not.
    """
    folder = _temporary()
    if folder is None:
        raise _no_room("没有可以写入的临时目录")
    free = shutil.disk_usage(folder).free
    if free < TEMPORARY_BYTES:
        raise _no_room(f"临时目录 {folder} 只剩 {free // MEGABYTE} MB，至少要 {TEMPORARY_BYTES // MEGABYTE} MB")


def _temporary() -> Path | None:
    named = os.environ.get("TMPDIR", "")
    if named and Path(named).is_dir():
        return Path(named)
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return None


def _no_room(what: str) -> Problem:
    return Problem("room.temporary", what, remedy="请清理它，或用环境变量 TMPDIR 指到有空间的目录", status=503)
