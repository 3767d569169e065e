"""Unemployment insurance: who may draw, for how many months, how much, and what else the fund pays.

Chongqing's table of months and the share of the highest minimum wage are parameters; the national ceilings bound them.
It refuses to guess a month standard where no minimum wage is known.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import bracket, rule, share_of
from hrss.rules.engine.units import FEN, Choice, Fen, Flag, Months, MonthsTable, Rate, Wage, Years

FUND = "失业保险基金"
CHONGQING = "重庆市失业保险条例第二十四条；社会保险法第四十六条"
Small = Annotated[int, FEN.within(0, 10**8)]


class StopEvent(Choice):
    """Why unemployment benefit stops (社会保险法第五十一条)."""

    NONE = 0, "无"
    REEMPLOYED = 1, "重新就业"
    ARMY = 2, "应征服兵役"
    EMIGRATED = 3, "移居境外"
    PENSION = 4, "享受基本养老保险待遇"
    PRISON = 5, "被判刑收监执行"
    REFUSED_WORK = 6, "无正当理由拒不接受适当工作或培训"


@rule(
    name="insurance.unemployment_eligible",
    title="能否领取失业保险金",
    article="社会保险法第四十五条；失业保险条例第十四条",
)
def unemployment_eligible(paid_months: Months, own_will: Flag, registered: Flag, stop: StopEvent) -> Flag:
    """缴费满一年、非因本人意愿中断就业、已办失业登记并有求职要求，且没有停止领取的情形。

    paid_months: 累计缴费月数
    own_will: 是否因本人意愿中断就业
    registered: 是否已办失业登记并有求职要求
    stop: 停止领取的情形
    """
    if paid_months < 12 or own_will:
        return False
    return registered and stop == StopEvent.NONE


@rule(
    name="insurance.unemployment_standard",
    title="失业保险金月标准",
    article="重庆市失业保险条例第二十三条；社会保险法第四十七条",
    payer=FUND,
    parameters={
        "top_minimum_wage": "insurance.unemployment.top_minimum_wage",
        "share": "insurance.unemployment.share",
    },
)
def unemployment_standard(top_minimum_wage: Wage, share: Rate) -> Fen:
    """失业保险金月标准按全市最高一档最低工资的比例确定，本县最低工资较低的也按最高一档计算。

    top_minimum_wage: 全市最高一档月最低工资
    share: 发放比例
    """
    return share_of(top_minimum_wage, share)


@rule(
    name="insurance.unemployment_months",
    title="领取失业保险金月数",
    article=CHONGQING,
    payer=FUND,
    parameters={
        "months_by_years": "insurance.unemployment.months_by_years",
        "most": "insurance.unemployment.most_months",
    },
)
def unemployment_months(paid_years: Years, unused: Months, months_by_years: MonthsTable, most: Months) -> Months:
    """按累计缴费满年数查表，与前次未领完的月数合并，最长二十四个月；缴费不满一年的不能领取。

    paid_years: 累计缴费满年数
    unused: 前次未领完的月数
    months_by_years: 缴费年数与领取月数对照表
    most: 最长月数
    own: 本次月数
    """
    if paid_years < 1:
        return 0
    own: Months = bracket(months_by_years, paid_years)
    return min(own + unused, most)


@rule(
    name="insurance.unemployment_ceiling",
    title="失业保险金最长领取月数（全国上限）",
    article="社会保险法第四十六条",
    payer=FUND,
    parameters={"ceilings": "insurance.unemployment.national_ceilings"},
)
def unemployment_ceiling(paid_years: Years, ceilings: MonthsTable) -> Months:
    """缴费满一年不足五年最长十二个月，满五年不足十年最长十八个月，十年以上最长二十四个月。

    paid_years: 累计缴费满年数
    ceilings: 缴费年数与最长月数
    most: 最长月数
    """
    if paid_years < 1:
        return 0
    most: Months = bracket(ceilings, paid_years)
    return most


@rule(
    name="insurance.unemployment_total", title="失业保险金合计", article="社会保险法第四十六条、第四十七条", payer=FUND
)
def unemployment_total(months: Months, first: Small, later: Small) -> Fen:
    """前十二个月与第十三个月起分别按各自的月标准；只有一个标准的两者相同。

    months: 领取月数
    first: 前十二个月的月标准
    later: 第十三个月起的月标准
    """
    return min(months, 12) * first + max(months - 12, 0) * later


@rule(
    name="insurance.unemployment_medical",
    title="领取期间的职工医保费",
    article="社会保险法第四十八条；社会保险经办条例第二十四条",
    payer=FUND,
)
def unemployment_medical(base: Wage, rate: Rate) -> Fen:
    """领取失业保险金期间参加职工医保，应缴费用由失业保险基金支付，个人不缴。

    base: 医保缴费基数
    rate: 医保费率
    """
    return share_of(base, rate)


@rule(
    name="insurance.unemployment_death",
    title="领取期间死亡的丧葬补助与抚恤",
    article="重庆市失业保险条例第二十七条；社会保险法第四十九条",
    payer=FUND,
    parameters={
        "funeral_months": "insurance.unemployment.funeral_months",
        "relief_months": "insurance.unemployment.relief_months",
    },
)
def unemployment_death(standard: Small, funeral_months: Months, relief_months: Months) -> Fen:
    """按死亡时的月标准：六个月丧葬补助金，十个月抚恤金。

    standard: 失业保险金月标准
    funeral_months: 丧葬补助月数
    relief_months: 抚恤金月数
    funeral: 丧葬补助金
    relief: 抚恤金
    """
    funeral: Fen = standard * funeral_months
    relief: Fen = standard * relief_months
    return funeral + relief
