"""The premium of work injury insurance: base rate by class of industry, floated by how much a firm used the fund.

Rates are parameters; a class outside the table is refused.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import exact, half_up, rule
from hrss.rules.engine.units import COUNT, ONE, Count, Flag, Rate, RateTable


@rule(
    name="insurance.injury_premium_rate",
    title="工伤保险行业基准费率",
    article="人社部发〔2015〕71号",
    payer="用人单位",
    parameters={"rates": "insurance.injury.base_rates"},
)
def injury_premium_rate(industry_class: Annotated[int, COUNT.within(1, 8)], rates: RateTable) -> Rate:
    """一至八类行业的基准费率。

    industry_class: 行业类别
    rates: 类别与费率
    rate: 费率
    """
    rate: Rate = exact(rates, industry_class)
    return rate


@rule(
    name="insurance.injury_premium_floating", title="工伤保险浮动费率", article="人社部发〔2015〕71号", payer="用人单位"
)
def injury_premium_floating(base_rate: Rate, use_ratio: Rate, first_class: Flag) -> Rate:
    """支缴率达百分之一百五十上浮到百分之一百五十，达一百二十上浮到一百二十；低于八十下浮到八十，低于五十下浮到五十。
    一类行业只上浮，不下浮。

    base_rate: 基准费率
    use_ratio: 支缴率
    first_class: 是否一类行业
    high: 上浮后的倍数（百分之）
    low: 下浮后的倍数（百分之）
    """
    high: Count = 150 if use_ratio >= 3 * ONE // 2 else 120 if use_ratio >= 6 * ONE // 5 else 100
    low: Count = 50 if use_ratio < ONE // 2 else 80 if use_ratio < 4 * ONE // 5 else 100
    if first_class or high > 100:
        return half_up(base_rate * high, 100)
    return half_up(base_rate * low, 100)
