"""Unemployment warning: three levels by thresholds the county sets from its own history.

No official thresholds are published, so none is shipped: the caller brings them and a missing one is a refusal. The
worst of several signals decides.
"""

from __future__ import annotations

from hrss.rules.engine import refuse, rule
from hrss.rules.engine.units import Choice, Fen, Months, Rate

ARTICLE = "失业预警制度（县级方案）"


class WarningLevel(Choice):
    """Levels from calm to worst."""

    NONE = 0, "正常"
    YELLOW = 1, "三级（黄色）"
    ORANGE = 2, "二级（橙色）"
    RED = 3, "一级（红色）"


@rule(
    name="employment.warning_level",
    title="失业预警等级（单项指标）",
    article=ARTICLE,
)
def warning_level(value: Rate, yellow: Rate, orange: Rate, red: Rate) -> WarningLevel:
    """指标达到黄色、橙色、红色阈值的，发出相应等级；阈值由县里按本县历史分位确定，须依次升高。

    value: 指标值
    yellow: 黄色阈值
    orange: 橙色阈值
    red: 红色阈值
    """
    if not (yellow <= orange and orange <= red):
        refuse("阈值应依次升高")
    if value >= red:
        return WarningLevel.RED
    if value >= orange:
        return WarningLevel.ORANGE
    return WarningLevel.YELLOW if value >= yellow else WarningLevel.NONE


@rule(
    name="employment.fund_months",
    title="失业保险基金可支付月数",
    article="失业保险基金预警规定",
    rounding="舍去不足一个月的部分",
)
def fund_months(balance: Fen, monthly_expense: Fen) -> Months:
    """基金累计结余除以近期月均支出。

    balance: 累计结余
    monthly_expense: 月均支出
    """
    if monthly_expense < 1:
        refuse("月均支出应大于零")
    return balance // monthly_expense
