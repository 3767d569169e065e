"""Codes of government service items (GB/T 39554): implementation code 31 characters, handling item 33.

Department's credit code (18) + level of exercise (1) + basic code (12) + handling item (2). The department's code is
checked; a code of another length is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrss.kernel.credit_codes import CreditCode, check_credit_code
from hrss.kernel.problem import Problem
from hrss.kernel.typed_codes import normalise_code

_RULE = "《政务服务事项基本目录及实施清单》（GB/T 39554—2020）"
_LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡级", "6": "村级"}


@dataclass(frozen=True, slots=True)
class ServiceCode:
    """A code in its parts; ``handling_item`` is empty for an implementation code of 31 characters."""

    text: str
    department: CreditCode
    level: str
    base_code: str
    handling_item: str

    @property
    def implementation_code(self) -> str:
        """The first 31 characters, the same for all handling items of one implementation."""
        return self.text[:31]

    @property
    def level_name(self) -> str:
        """The level in words, empty where the standard names none."""
        return _LEVELS.get(self.level, "")


def parse_service_code(text: str, *, field: str = "service_code") -> ServiceCode:
    """Split a code of 31 or 33 characters; Problems ``service_code.length|format`` or ``credit_code.…``."""
    code = normalise_code(text)
    if len(code) not in (31, 33):
        raise _problem(
            "length", f"事项编码应为 31 位（实施编码）或 33 位（办理项编码），收到 {len(code)} 位", field=field
        )
    if not re.fullmatch(r"[0-9]", code[18]) or not code[19:].isalnum():
        raise _problem("format", "事项编码第 19 位应为行使层级数字，其后为基本编码和办理项编码", field=field)
    return ServiceCode(code, check_credit_code(code[:18], field=field), code[18], code[19:31], code[31:])


def _problem(kind: str, message: str, *, field: str) -> Problem:
    return Problem(f"service_code.{kind}", message, rule=_RULE, remedy="请从事项库复制完整编码", field=field)
