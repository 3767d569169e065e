"""Time limits as the law writes them: a number, a unit, perhaps an extension.

``10W`` is ten working days, ``60D`` calendar days, ``3M`` months, ``2Y`` years, ``1Q`` by quarter, ``0`` on the spot,
``-`` none; ``60D+30D`` may be extended by thirty days. The unit belongs to the limit, never to the domain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from hrss.kernel.problem import Problem

_ONE = re.compile(r"([1-9][0-9]{0,3})([WDMYQ])")


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAY = "W"
    DAY = "D"
    MONTH = "M"
    YEAR = "Y"
    QUARTER = "Q"
    ON_THE_SPOT = "0"
    NONE = "-"


_WORDS = {
    LimitUnit.WORKING_DAY: "个工作日",
    LimitUnit.DAY: "日",
    LimitUnit.MONTH: "个月",
    LimitUnit.YEAR: "年",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit; ``extension`` is what an approver may add once."""

    number: int
    unit: LimitUnit
    extension: Limit | None = None

    @classmethod
    def parse(cls, text: str, *, field: str = "limit") -> Limit:
        """Read the short form; Problem ``limit.format`` for anything else."""
        base, *extensions = re.sub(r"\s", "", text).upper().split("+")
        limit = _parse_one(base, text=text, field=field)
        if not extensions:
            return limit
        if len(extensions) > 1 or not limit.is_counted:
            raise _problem(text, field=field)
        extension = _parse_one(extensions[0], text=text, field=field)
        if not extension.is_counted:
            raise _problem(text, field=field)
        return replace(limit, extension=extension)

    @property
    def is_counted(self) -> bool:
        """Tell whether there is anything to count (neither on the spot nor without limit)."""
        return self.unit not in (LimitUnit.ON_THE_SPOT, LimitUnit.NONE)

    @property
    def base(self) -> Limit:
        """The limit without its extension."""
        return replace(self, extension=None)

    @property
    def words(self) -> str:
        """The limit in words for people: ``20个工作日，可延长10个工作日``."""
        own = self._own_words()
        return f"{own}，可延长{self.extension.words}" if self.extension else own

    def _own_words(self) -> str:
        if self.unit is LimitUnit.ON_THE_SPOT:
            return "即时办结"
        if self.unit is LimitUnit.NONE:
            return "未规定时限"
        if self.unit is LimitUnit.QUARTER:
            return "按季度办结" if self.number == 1 else f"{self.number}个季度内办结"
        return f"{self.number}{_WORDS[self.unit]}"

    def __str__(self) -> str:
        own = str(self.unit) if not self.is_counted else f"{self.number}{self.unit}"
        return f"{own}+{self.extension}" if self.extension else own


def _parse_one(part: str, *, text: str, field: str) -> Limit:
    if part in (LimitUnit.ON_THE_SPOT, LimitUnit.NONE):
        return Limit(0, LimitUnit(part))
    match = _ONE.fullmatch(part)
    if match is None:
        raise _problem(text, field=field)
    return Limit(int(match[1]), LimitUnit(match[2]))


def _problem(text: str, *, field: str) -> Problem:
    return Problem(
        "limit.format",
        f"“{text}”不是时限",
        rule="时限写作数字加单位：W 工作日、D 日、M 月、Y 年、Q 季度，0 为即办，- 为未规定",
        remedy="例如 10W、60D+30D",
        field=field,
    )
