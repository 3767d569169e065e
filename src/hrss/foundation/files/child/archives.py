"""Zip containers: judged from their directory before anything is unpacked, then unpacked within limits.

Refuses bombs, names that climb out, links, encryption, overlapping entries and entries that are not what the
directory says.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from hrss.foundation.files.child.limits import Limits
from hrss.foundation.files.child.refusal import Refused

CHUNK = 64 * 1024
_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 64 * 1024  # the ratio of a small part says nothing: an empty sheet compresses a thousandfold
_RISKY = '<>:"|?*'


class Unpacked:
    """Counts what all parts of one upload unpack to, nested ones included."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self._limits = limits
        self._packed = max(packed, 1)
        self._total = 0

    def add(self, size: int) -> None:
        """Count bytes; Refused beyond the limits."""
        self._total += size
        if self._total > self._limits.unpacked:
            raise Refused("bomb", f"解压后超过 {self._limits.unpacked >> 20} MB", "请拆分成几个文件")
        if self._total > _SMALL * 16 and self._total > self._packed * self._limits.ratio:
            raise Refused("bomb", "压缩比异常，疑似压缩炸弹")


def open_archive(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Open a container after judging its directory."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, UnicodeDecodeError, NotImplementedError) as error:
        raise Refused("damaged", "压缩结构已损坏，打不开") from error
    entries = archive.infolist()
    if not entries:
        raise Refused("empty", "压缩包里没有文件")
    if len(entries) > limits.parts:
        raise Refused("bomb", f"内部文件超过 {limits.parts} 个", "请拆分成几个文件")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Refused("bomb", f"解压后超过 {limits.unpacked >> 20} MB", "请拆分成几个文件")
    for entry in entries:
        _check_entry(entry, limits)
    _check_places(entries)
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: Unpacked) -> Iterator[bytes]:
    """Unpack an entry piece by piece, never more than the directory said; Refused when its checksum differs."""
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(CHUNK):
                unpacked.add(len(piece))
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused("damaged", "内部文件已损坏，校验不符") from error


def check_bundle(
    stream: BinaryIO, limits: Limits, packed: int, check_member: Callable[[str, BinaryIO, Unpacked], None]
) -> None:
    """Check a zip of documents: every member is itself an accepted document, none is a container of its own."""
    unpacked = Unpacked(limits, packed)
    archive = open_archive(stream, limits)
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        check_member(entry.filename, io.BytesIO(b"".join(read_entry(archive, entry, unpacked))), unpacked)


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    _check_name(entry.orig_filename)
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", "文件有密码", "请去掉密码后上传")
    if entry.compress_type not in _METHODS:
        raise Refused("method", "使用了少见的压缩方式", "请用普通 zip 方式重新压缩")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("link", "压缩包里有链接文件")
    if entry.file_size > _SMALL and entry.file_size > max(entry.compress_size, 1) * limits.ratio:
        raise Refused("bomb", "压缩比异常，疑似压缩炸弹")


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    climbs = name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":")
    odd = any(ord(char) < 32 or char in _RISKY for char in name)
    if climbs or odd or len(name) > 255:
        raise Refused("path", "内部文件名不安全")


def _check_places(entries: list[zipfile.ZipInfo]) -> None:
    """No two entries share bytes or a name (quine bombs, one name shown and another opened)."""
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("twice", "内部有重名文件")
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise Refused("overlap", "内部文件互相重叠，疑似压缩炸弹")
        reached = entry.header_offset + 30 + entry.compress_size
