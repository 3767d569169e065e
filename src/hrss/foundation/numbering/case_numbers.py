"""Case numbers as text: built and read. Pure.

The check digit is ISO 7064 MOD 11,10: it finds every single wrong digit and nearly all swaps of neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hrss.kernel.problem import Problem

LENGTH = 22
HIGHEST = 999_999
CHANNELS = {"portal": "1", "counter": "2", "village": "3", "api": "4", "workbench": "5", "bulk": "6", "job": "9"}
_SHAPE = re.compile(r"(\d{6})(\d)(\d{4})(\d\d)(\d\d)(\d{6})(\d)")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number taken apart."""

    region: str
    channel: str
    day: date
    sequence: int

    def __str__(self) -> str:
        if not 1 <= self.sequence <= HIGHEST:
            raise ValueError(f"running number {self.sequence} does not fit six digits")
        body = f"{self.region}{self.channel}{self.day:%Y%m%d}{self.sequence:06d}"
        return body + check_digit(body)


def channel_digit(channel: str) -> str:
    """Give the digit of a channel's name (``portal``); a digit stands for itself."""
    if len(channel) == 1 and channel.isdecimal() and channel.isascii():
        return channel
    if channel not in CHANNELS:
        raise ValueError(f"channel {channel!r} has no digit in case numbers; known: {', '.join(CHANNELS)}")
    return CHANNELS[channel]


def check_digit(body: str) -> str:
    """Give the ISO 7064 MOD 11,10 digit of a string of digits."""
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def parse_case_number(text: str) -> CaseNumber:
    """Read a number as people type it (spaces, dashes and full-width digits allowed).

    Raises Problem ``numbering.length`` or ``numbering.check`` (a digit was mistyped).
    """
    digits = re.sub(r"[\s\-—－]", "", text).translate({0xFF10 + n: str(n) for n in range(10)})
    match = _SHAPE.fullmatch(digits)
    if match is None or not digits.isascii():
        raise Problem(
            "numbering.length",
            f"受理编号是 {LENGTH} 位数字",
            remedy="请对照受理回执重新输入",
            field="number",
            status=422,
        )
    if check_digit(digits[:-1]) != digits[-1]:
        raise Problem("numbering.check", "受理编号有一位输错了", remedy="请对照受理回执逐位核对", field="number")
    region, channel, year, month, day, sequence, _ = match.groups()
    try:
        return CaseNumber(region, channel, date(int(year), int(month), int(day)), int(sequence))
    except ValueError:
        raise Problem(
            "numbering.check", "受理编号里的日期不存在", remedy="请对照受理回执逐位核对", field="number"
        ) from None
