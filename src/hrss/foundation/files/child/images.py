"""Images (jpeg, png): whole, of a sane size, and nothing but an image.

Nothing is decoded: the size stands in the header. Refuses files that are an image and something else at once.
"""

from __future__ import annotations

import struct
import zlib

from hrss.foundation.files.child.limits import Limits
from hrss.foundation.files.child.refusal import Refused

_REMEDY = "请重新拍照或截图后上传"
_LONGEST_SIDE = 30_000
_START_OF_FRAME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_START_OF_SCAN = 0xDA
_LONE = {0x01, *range(0xD0, 0xD8)}
_FOREIGN = (b"PK\x03\x04", b"<script", b"<?php", b"<html", b"<svg", b"%PDF-", b"Rar!", b"7z\xbc\xaf")
_PNG = b"\x89PNG\r\n\x1a\n"


def check_jpeg(data: bytes, limits: Limits) -> None:
    """Check a JPEG; what phones append after the picture is let be unless it is a program or a page."""
    width, height, scan = _jpeg_frame(data)
    _check_size(width, height, limits)
    end = data.find(b"\xff\xd9", scan)
    if end < 0:
        raise Refused("damaged", "图片不完整", _REMEDY)
    _check_foreign(data[:scan])
    _check_foreign(data[end:])


def check_png(data: bytes, limits: Limits) -> None:
    """Check a PNG, chunk by chunk with its checksums."""
    if len(data) < 45 or not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise Refused("damaged", "图片不完整", _REMEDY)
    at, kind, has_pixels = len(_PNG), b"", False
    while kind != b"IEND":
        if at + 12 > len(data):
            raise Refused("damaged", "图片不完整", _REMEDY)
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12
        if at > len(data) or zlib.crc32(kind + body) != struct.unpack(">I", data[at - 4 : at])[0]:
            raise Refused("damaged", "图片校验不符", _REMEDY)
        has_pixels = has_pixels or kind == b"IDAT"
        if kind != b"IDAT":
            _check_foreign(body)
    if not has_pixels:
        raise Refused("damaged", "图片里没有内容", _REMEDY)
    if at != len(data):
        raise Refused("trailing", "图片后面附带了其他内容", _REMEDY)
    width, height = struct.unpack(">II", data[16:24])
    _check_size(width, height, limits)


def _jpeg_frame(data: bytes) -> tuple[int, int, int]:
    """Walk the segments; give width, height and where the picture data begins."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refused("damaged", "图片不完整", _REMEDY)
    at, size = 2, (0, 0)
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or marker in _LONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if marker in _START_OF_FRAME and at + 9 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            size = (width, height)
        at += 2 + max(length, 2)
        if marker == _START_OF_SCAN and size != (0, 0):
            return (*size, at)
    raise Refused("damaged", "图片不完整", _REMEDY)


def _check_size(width: int, height: int, limits: Limits) -> None:
    if not width or not height:
        raise Refused("damaged", "图片没有大小", _REMEDY)
    if width * height > limits.pixels or max(width, height) > _LONGEST_SIDE:
        raise Refused("pixels", f"图片太大（{width}×{height}）", "请缩小到 5000 万像素以内")


def _check_foreign(data: bytes) -> None:
    folded = data.lower()
    if any(mark.lower() in folded for mark in _FOREIGN):
        raise Refused("polyglot", "图片里夹带了其他内容", _REMEDY)
