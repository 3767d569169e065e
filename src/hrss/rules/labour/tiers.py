"""Which tier of minimum wage a district or county of Chongqing belongs to.

The lists are parameters by date; a place on neither list is a gap, not a guess.
"""

from __future__ import annotations

import re
from datetime import date

from hrss.kernel.problem import Problem
from hrss.rules.engine import default_parameters
from hrss.rules.labour.wages import Tier

CHONGQING = "50"


def tier_of(area: str, *, on: date, field: str = "area") -> Tier:
    """Give the tier of a place by name (``奉节县`` or ``奉节``); Problem ``labour.unknown_area``."""
    wanted = re.sub("土家族|苗族|自治", "", area.strip().removeprefix("重庆市"))
    for name, tier in (("second_tier", Tier.SECOND), ("first_tier", Tier.FIRST)):
        value = default_parameters().parameter(f"labour.minimum_wage.{name}", on=on, region=CHONGQING).value
        if any(_same(wanted, place) for place in str(value).split()):
            return tier
    raise Problem(
        "labour.unknown_area",
        f"没有查到“{area}”的最低工资档次",
        rule="重庆市最低工资标准适用区域",
        remedy="请填写重庆市区县名称",
        field=field,
    )


def _same(wanted: str, place: str) -> bool:
    return wanted == place or (len(wanted) >= 2 and (place[:-1] == wanted or wanted.startswith(place)))
