"""Citizen identity numbers (GB 11643): format, date of birth and check character are hard, the region is a hint.

A number whose region code was not in force in the year of birth is accepted: people are registered late and Fengjie
alone has used 512226, 511225 and 500236. There is no clock here: pass ``on`` to refuse a birth date after that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from hrss.kernel.problem import Problem
from hrss.kernel.typed_codes import normalise_code

SYNTHETIC_REGION_PREFIX = "999236"
_RULE = "《公民身份号码》（GB 11643—1999）"
_CHECK_CHARACTERS = "10X98765432"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_SEVENTEEN = re.compile(r"[0-9]{17}")


class Sex(IntEnum):
    """Sex as GB/T 2261.1 codes it."""

    MALE = 1
    FEMALE = 2

    @property
    def label(self) -> str:
        """Give the word used on forms."""
        return "男" if self is Sex.MALE else "女"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked number. ``region`` is where it was first issued, not where the person lives."""

    text: str
    birth_date: date
    sex: Sex
    region: str

    @property
    def tail(self) -> str:
        """Last four characters, the part that may be shown."""
        return self.text[-4:]

    @property
    def masked(self) -> str:
        """The number with the middle hidden: ``500236********0031``."""
        return f"{self.text[:6]}********{self.text[-4:]}"

    @property
    def is_synthetic(self) -> bool:
        """Tell whether it belongs to the synthetic county (region code no authority has issued)."""
        return self.region == SYNTHETIC_REGION_PREFIX

    def __str__(self) -> str:
        return self.text


def check_id_number(text: str, *, on: date | None = None, field: str = "id_number") -> IdNumber:
    """Read an 18-character number; a Problem ``id_number.length|format|date|checksum`` says what is wrong.

    Spaces, hyphens, full-width digits and a small ``x`` are put right. The old 15-digit form is refused: use
    ``upgrade_id_number``.
    """
    number = normalise_code(text)
    if len(number) != 18:
        raise _problem("length", f"身份号码应为 18 位，收到 {len(number)} 位", field=field)
    if not _EIGHTEEN.fullmatch(number):
        raise _problem("format", "身份号码前 17 位应为数字，末位为数字或 X", field=field)
    birth_date = _birth_date(number[6:14], field=field)
    if on is not None and birth_date > on:
        raise _problem("date", f"身份号码中的出生日期 {birth_date} 晚于 {on}", field=field)
    if number[17] != id_check_character(number[:17]):
        raise _problem("checksum", "身份号码校验码不对，可能有一位录错", field=field)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(number, birth_date, sex, number[:6])


def upgrade_id_number(text: str, *, field: str = "id_number") -> IdNumber:
    """Turn the 15-digit form into 18 characters (century 19, check character); 18 characters are only checked."""
    number = normalise_code(text)
    if len(number) == 18:
        return check_id_number(number, field=field)
    if len(number) != 15:
        raise _problem("length", f"身份号码应为 15 位或 18 位，收到 {len(number)} 位", field=field)
    if not _FIFTEEN.fullmatch(number):
        raise _problem("format", "15 位身份号码应全为数字", field=field)
    first17 = f"{number[:6]}19{number[6:]}"
    return check_id_number(first17 + id_check_character(first17), field=field)


def compose_id_number(*, region: str, birth_date: date, sequence: int) -> IdNumber:
    """Make a number from its parts; ``sequence`` 0 to 999, odd for men (used for the synthetic county and tests)."""
    if not 0 <= sequence <= 999:
        raise ValueError(f"sequence must be 0 to 999, got {sequence}")
    first17 = f"{region}{birth_date:%Y%m%d}{sequence:03d}"
    return check_id_number(first17 + id_check_character(first17))


def id_check_character(first17: str) -> str:
    """Give the 18th character for seventeen digits (ISO 7064 MOD 11-2)."""
    if not _SEVENTEEN.fullmatch(first17):
        raise ValueError("the check character is computed from exactly seventeen digits")
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def _birth_date(digits: str, *, field: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _problem("date", f"身份号码中的出生日期 {digits} 不是实有的日期", field=field) from None


def _problem(kind: str, message: str, *, field: str) -> Problem:
    return Problem(f"id_number.{kind}", message, rule=_RULE, remedy="请对照身份证原件逐位核对后重新填写", field=field)
