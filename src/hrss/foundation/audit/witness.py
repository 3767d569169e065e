"""The witness: heads written to a second place, so that a log cut short or replaced inside the database shows.

``HRSS_AUDIT_WITNESS`` names a folder, best on another disk or a share of another office; one file a month, one line a
head. Without it there is no witness. It refuses to go on from a head the witness contradicts.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from hrss.foundation.audit.heads import SignedHead
from hrss.kernel.problem import Problem


def witness_folder() -> Path | None:
    """Give the folder, or None when this installation has no witness."""
    named = getattr(settings, "HRSS_AUDIT_WITNESS", "")
    return Path(named) if named else None


def show_to_witness(signed: SignedHead) -> None:
    """Append a head and wait until it is on disk."""
    folder = witness_folder()
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"heads-{signed.head.at:%Y-%m}.jsonl").open("a", encoding="utf-8") as file:
        file.write(signed.line() + "\n")
        file.flush()
        os.fsync(file.fileno())


def last_seen() -> dict[str, Any] | None:
    """Give the last whole line the witness has; a line cut by a crash is passed over."""
    folder = witness_folder()
    files = sorted(folder.glob("heads-*.jsonl"), reverse=True) if folder and folder.is_dir() else []
    for file in files:
        for line in reversed(_tail(file)):
            try:
                seen: dict[str, Any] = json.loads(line)
            except ValueError:
                continue
            return seen
    return None


def check_against_witness(last: SignedHead | None) -> None:
    """Compare the database's last head with the witness's. Raises Problem ``audit.forked``.

    The witness may lack the very last head (a crash between commit and writing); it may never be ahead.
    """
    seen = last_seen()
    if seen is None:
        return
    if last is None or seen["head"]["number"] > last.head.number:
        raise _forked(f"见证处已有第 {seen['head']['number']} 号树头，数据库里没有")
    if seen["head"]["number"] == last.head.number and json.loads(last.line()) != seen:
        raise _forked(f"第 {last.head.number} 号树头与见证处不同")


def _tail(file: Path, *, size: int = 16_384) -> list[str]:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - size))
        return stream.read().decode("utf-8", "replace").splitlines()


def _forked(what: str) -> Problem:
    return Problem(
        "audit.forked",
        f"审计日志与见证处不一致，停止封存：{what}",
        rule="审计日志只能接续，不能回退或另起",
        remedy="如果刚从备份恢复，请审计管理员核对后另设见证目录；否则按安全事件处置",
        status=503,
    )
