"""Region codes as prefixes: province 2 digits, prefecture 4, county 6, township 9, village 12.

A code lies within another when it begins with it. The codes' own history and names live in ``foundation.regions``.
"""

from __future__ import annotations

import re
from enum import StrEnum

from hrss.kernel.problem import Problem


class RegionLevel(StrEnum):
    """Levels of the administrative division."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


_LENGTHS = {
    2: RegionLevel.PROVINCE,
    4: RegionLevel.PREFECTURE,
    6: RegionLevel.COUNTY,
    9: RegionLevel.TOWNSHIP,
    12: RegionLevel.VILLAGE,
}
_DIGITS = {level: length for length, level in _LENGTHS.items()}


def check_region_code(code: str, *, field: str = "region_code") -> str:
    """Give the code back when it is a whole one; Problem ``region.format`` otherwise."""
    if not re.fullmatch(r"[0-9]+", code) or len(code) not in _LENGTHS:
        raise Problem(
            "region.format",
            f"“{code}”不是行政区划代码",
            rule="区划代码：县 6 位、乡镇 9 位、村（社区）12 位",
            remedy="请从区划列表中选择",
            field=field,
        )
    return code


def level_of(code: str) -> RegionLevel:
    """Give the level of a code by its length; Problem ``region.format`` for anything else."""
    return _LENGTHS[len(check_region_code(code))]


def is_within(code: str, prefix: str) -> bool:
    """Tell whether a region lies in another (itself included); an empty prefix means everywhere."""
    return code.startswith(prefix) and (not prefix or len(prefix) in _LENGTHS)


def parent_of(code: str) -> str | None:
    """Give the code one level up, None for a province."""
    shorter = [length for length in _LENGTHS if length < len(check_region_code(code))]
    return code[: max(shorter)] if shorter else None


def up_to(code: str, level: RegionLevel) -> str:
    """Cut a code to a level: the county of a village; Problem ``region.level`` where the code is higher already."""
    length = _DIGITS[level]
    if len(check_region_code(code)) < length:
        raise Problem(
            "region.level", f"区划代码 {code} 没有到所需层级", remedy="请选择更低一级的区划", field="region_code"
        )
    return code[:length]


def shorten(code: str) -> str:
    """Turn a statistical code padded with zeros (``500236000000``) into the prefix form (``500236``)."""
    check_region_code(code)
    for length in (12, 9, 6, 4):
        step = length - max(known for known in _LENGTHS if known < length)
        if len(code) == length and code.endswith("0" * step):
            code = code[:-step]
    return code
