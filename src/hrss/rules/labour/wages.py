"""Minimum wages and what depends on them: the line below which no full-time or hourly pay may fall.

Chongqing has two tiers since 2014; a place outside the lists is a gap, not a guess.
"""

from __future__ import annotations

from hrss.rules.engine import rule
from hrss.rules.engine.units import Choice, Fen, Flag, Wage


class Tier(Choice):
    """Tiers of Chongqing's minimum wage."""

    FIRST = 1, "一类"
    SECOND = 2, "二类"


@rule(
    name="labour.minimum_wage",
    title="月最低工资标准",
    article="最低工资规定；渝人社发〔2024〕22号",
    parameters={"first_tier": "labour.minimum_wage.month_first", "second_tier": "labour.minimum_wage.month_second"},
)
def minimum_wage(tier: Tier, first_tier: Fen, second_tier: Fen) -> Fen:
    """按所在区县的档次查当日执行的月最低工资。

    tier: 档次
    first_tier: 一类标准
    second_tier: 二类标准
    """
    return first_tier if tier == Tier.FIRST else second_tier


@rule(
    name="labour.minimum_hourly_wage",
    title="非全日制小时最低工资标准",
    article="最低工资规定；渝人社发〔2024〕22号",
    parameters={"first_tier": "labour.minimum_wage.hour_first", "second_tier": "labour.minimum_wage.hour_second"},
)
def minimum_hourly_wage(tier: Tier, first_tier: Fen, second_tier: Fen) -> Fen:
    """按所在区县的档次查当日执行的小时最低工资。

    tier: 档次
    first_tier: 一类标准
    second_tier: 二类标准
    """
    return first_tier if tier == Tier.FIRST else second_tier


@rule(
    name="labour.pays_minimum_wage",
    title="工资是否达到最低工资",
    article="最低工资规定第十二条",
)
def pays_minimum_wage(pay: Wage, overtime: Wage, allowances: Wage, minimum: Wage) -> Flag:
    """应得工资剔除加班工资、中夜班高温等津贴和福利后，不得低于当地最低工资。

    pay: 应得工资
    overtime: 其中加班工资
    allowances: 其中津贴、非货币和福利
    minimum: 当地月最低工资
    """
    return pay - overtime - allowances >= minimum


@rule(
    name="labour.minimum_wage_gap",
    title="低于最低工资的差额",
    article="劳动合同法第八十五条",
    payer="用人单位",
)
def minimum_wage_gap(pay: Wage, minimum: Wage) -> Fen:
    """实付工资低于最低工资的，补足差额。

    pay: 剔除加班工资和津贴后的工资
    minimum: 当地月最低工资
    """
    return max(minimum - pay, 0)
