"""The store: files on disk under the digest of their content; written whole or not at all.

A path is made from a digest, never from a name. It refuses what exceeds the limit while it comes in, and gives out
nothing whose bytes no longer match.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hrss.kernel.problem import Problem

CHUNK = 256 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that has arrived on disk, not yet judged."""

    path: Path
    size: int
    sha256: str
    head: bytes


def root() -> Path:
    """Give the folder of the store."""
    return Path(settings.HRSS_FILES)


def path_of(sha256: str) -> Path:
    """Give the place of a content; refuses what is not a digest."""
    if len(sha256) != 64 or not all(char in "0123456789abcdef" for char in sha256):
        raise ValueError("not a sha256 digest")
    return root() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def receive(upload: bytes | BinaryIO, *, limit: int) -> Iterator[Received]:
    """Take an upload onto disk for the block; it is gone afterwards unless ``keep`` put it into the store.

    Raises Problem ``files.too_large`` (413), ``files.empty``, ``files.disk`` (507).
    """
    folder = root() / "incoming"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
    except OSError as error:
        raise _disk(error) from error
    path = Path(name)
    try:
        with os.fdopen(handle, "wb", buffering=0) as target:
            yield _copy(upload if not isinstance(upload, bytes) else BytesIO(upload), target, path, limit)
    finally:
        path.unlink(missing_ok=True)


def keep(received: Received) -> Path:
    """Put a received file into the store; the same content is stored once."""
    place = path_of(received.sha256)
    try:
        if place.exists() and place.stat().st_size == received.size:
            os.utime(place)  # young again: a sweep under way leaves it
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        received.path.chmod(0o640)
        received.path.replace(place)
        for folder in (place.parent, place.parent.parent):
            _sync_folder(folder)
    except OSError as error:
        raise _disk(error) from error
    return place


def read(sha256: str, *, size: int) -> bytes:
    """Give the bytes of a content. Raises Problem ``files.damaged`` when they are missing or not the same any more."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError as error:
        raise _damaged(sha256) from error
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise _damaged(sha256)
    return data


def stored(*, older_than: float) -> Iterator[Path]:
    """Give stored and left-over files not touched for ``older_than`` seconds."""
    limit = time.time() - older_than
    for path in root().rglob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path


def _copy(source: BinaryIO, target: RawIOBase, path: Path, limit: int) -> Received:
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        while piece := source.read(CHUNK):
            size += len(piece)
            if size > limit:
                raise Problem(
                    "files.too_large",
                    f"文件超过 {limit >> 20} MB",
                    remedy="请压缩图片或拆分文件",
                    field="file",
                    status=413,
                )
            digest.update(piece)
            _write(target, piece)
            head = head or piece[:64]
        os.fsync(target.fileno())
    except OSError as error:
        raise _disk(error) from error
    if not size:
        raise Problem("files.empty", "文件是空的", remedy="请检查后重新选择文件", field="file")
    return Received(path, size, digest.hexdigest(), head)


def _write(target: RawIOBase, piece: bytes) -> None:
    """Write all of a piece; an unbuffered file may take it in parts, and has nothing left to fail with on closing."""
    rest = memoryview(piece)
    while rest:
        rest = rest[target.write(rest) or 0 :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _disk(error: OSError) -> Problem:
    if error.errno in _FULL:
        return Problem(
            "files.disk",
            "服务器存储空间不足，文件没有保存",
            remedy="请稍后再传；已填内容不受影响",
            field="file",
            status=507,
        )
    return Problem("files.disk", "文件没有保存成功", remedy="请稍后再传；已填内容不受影响", field="file", status=503)


def _damaged(sha256: str) -> Problem:
    return Problem(
        "files.damaged",
        "文件已丢失或被改动，不能打开",
        rule="GB/T 22239-2019 8.1.4.7：存储完整性",
        remedy="请系统管理员从备份恢复",
        status=503,
        sha256=sha256,
    )
