"""Unified social credit codes (GB 32100): 18 characters in five parts, the last a check character.

Length, character set and check character are hard. The check character of the organisation code inside (GB 11714)
and the region are hints: old registrations kept codes that break them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrss.kernel.problem import Problem
from hrss.kernel.typed_codes import normalise_code

_RULE = "《法人和其他组织统一社会信用代码编码规则》（GB 32100—2015）"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0123456789X"
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A checked code and its parts: registering department, category, region, organisation code, check character."""

    text: str
    department: str
    category: str
    region: str
    organisation_code: str
    check_character: str

    @property
    def organisation_code_is_consistent(self) -> bool:
        """Tell whether the organisation code's own check character (GB 11714) agrees; a hint only."""
        return self.organisation_code[8] == organisation_check_character(self.organisation_code[:8])

    def __str__(self) -> str:
        return self.text


def check_credit_code(text: str, *, field: str = "credit_code") -> CreditCode:
    """Read a code; a Problem ``credit_code.length|format|checksum`` says what is wrong.

    The first two characters may be letters (农村集体经济组织 ``N``, 其他 ``Y``).
    """
    code = normalise_code(text)
    if len(code) != 18:
        raise _problem("length", f"统一社会信用代码应为 18 位，收到 {len(code)} 位", field=field)
    if not _SHAPE.fullmatch(code):
        raise _problem(
            "format", "统一社会信用代码只用数字和除 I、O、Z、S、V 以外的字母，第 3 至 8 位为数字", field=field
        )
    if code[17] != credit_check_character(code[:17]):
        raise _problem("checksum", "统一社会信用代码校验码不对，可能有一位录错", field=field)
    return CreditCode(code, code[0], code[1], code[2:8], code[8:17], code[17])


def compose_credit_code(*, department: str, category: str, region: str, serial: str) -> CreditCode:
    """Make a code from its parts; ``serial`` is the first eight characters of the organisation code."""
    first17 = f"{department}{category}{region}{serial}{organisation_check_character(serial)}"
    return check_credit_code(first17 + credit_check_character(first17))


def credit_check_character(first17: str) -> str:
    """Give the 18th character for the first seventeen."""
    if len(first17) != 17 or not set(first17) <= set(_ALPHABET):
        raise ValueError("the check character is computed from exactly seventeen characters of the code's alphabet")
    total = sum(_VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """Give the ninth character of an organisation code (GB 11714; letters count from A = 10)."""
    if len(first8) != 8:
        raise ValueError("the check character of an organisation code is computed from eight characters")
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return _ORGANISATION_CHECKS[-total % 11]


def _problem(kind: str, message: str, *, field: str) -> Problem:
    return Problem(
        f"credit_code.{kind}", message, rule=_RULE, remedy="请对照营业执照或登记证书逐位核对后重新填写", field=field
    )
