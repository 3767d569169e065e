"""Work injury insurance: one-off and monthly benefits, care, who pays, termination grants, death.

Months and percentages by grade are parameters; local termination grants are Chongqing's. Grades outside a table are
refused. Where an employer did not insure, the employer pays everything: see ``injury_payer``.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import between, exact, half_up, rule, share_of
from hrss.rules.engine.units import (
    COUNT,
    MONTHS,
    ONE,
    RATE,
    Choice,
    Count,
    Fen,
    Flag,
    MonthsTable,
    Rate,
    RateTable,
    Wage,
)

LAW = "工伤保险条例"
FUND = "工伤保险基金"
Grade = Annotated[int, COUNT.within(1, 10)]
GrantMonths = Annotated[int, MONTHS.within(0, 240)]
Share = Annotated[int, RATE.within(0, ONE)]


class Care(Choice):
    """How much care a person needs."""

    NONE = 0, "不需要护理"
    FULL = 1, "生活完全不能自理"
    MOSTLY = 2, "生活大部分不能自理"
    PARTLY = 3, "生活部分不能自理"


class Item(Choice):
    """Items of injury costs."""

    MEDICAL_COST = 1, "医疗费、康复费、辅助器具"
    ONE_OFF = 2, "一次性伤残补助金"
    ALLOWANCE_1_4 = 3, "一至四级伤残津贴"
    ALLOWANCE_5_6 = 4, "五至六级伤残津贴"
    CARE = 5, "生活护理费"
    WAGE = 6, "停工留薪期工资"
    MEDICAL_GRANT = 7, "一次性工伤医疗补助金"
    EMPLOYMENT_GRANT = 8, "一次性伤残就业补助金"
    DEATH = 9, "丧葬补助、供养亲属抚恤、一次性工亡补助"


class Payer(Choice):
    """Who pays an item."""

    FUND = 1, "工伤保险基金"
    EMPLOYER = 2, "用人单位"


@rule(name="insurance.injury_payer", title="工伤待遇由谁支付", article="工伤保险条例第三十条至第三十九条、第六十二条")
def injury_payer(item: Item, insured: Flag) -> Payer:
    """停工留薪期工资、五至六级伤残津贴、一次性伤残就业补助金由单位支付，其余由基金支付；未参保的全部由单位支付。

    item: 待遇项目
    insured: 单位是否已为其参保
    """
    if not insured:
        return Payer.EMPLOYER
    if item == Item.WAGE or item == Item.ALLOWANCE_5_6 or item == Item.EMPLOYMENT_GRANT:
        return Payer.EMPLOYER
    return Payer.FUND


@rule(name="insurance.injury_own_wage", title="工伤本人工资", article="工伤保险条例第六十四条")
def injury_own_wage(mean_wage: Wage, area_wage: Wage) -> Wage:
    """受伤前十二个月平均月缴费工资，不低于统筹地区平均工资的百分之六十，不高于百分之三百。

    mean_wage: 前十二个月平均月缴费工资
    area_wage: 统筹地区职工平均工资
    lower: 下限
    """
    lower: Wage = half_up(area_wage * 60, 100)
    return between(mean_wage, lower, area_wage * 3)


@rule(
    name="insurance.injury_one_off_months",
    title="一次性伤残补助月数",
    article="工伤保险条例第三十五条至第三十七条",
    payer=FUND,
    parameters={"months": "insurance.injury.one_off_months"},
)
def injury_one_off_months(grade: Grade, months: MonthsTable) -> GrantMonths:
    """一至十级伤残的补助月数。

    grade: 伤残等级
    months: 等级与月数
    found: 月数
    """
    found: GrantMonths = exact(months, grade)
    return found


@rule(
    name="insurance.injury_one_off",
    title="一次性伤残补助金",
    article="工伤保险条例第三十五条至第三十七条",
    payer=FUND,
    parameters={"months": "insurance.injury.one_off_months"},
)
def injury_one_off(grade: Grade, own_wage: Wage, months: MonthsTable) -> Fen:
    """按伤残等级的月数乘以本人工资。

    grade: 伤残等级
    own_wage: 本人工资
    months: 等级与月数
    found: 月数
    """
    found: GrantMonths = exact(months, grade)
    return found * own_wage


@rule(
    name="insurance.injury_allowance",
    title="伤残津贴（月）",
    article="工伤保险条例第三十五条、第三十六条",
    payer="一至四级为工伤保险基金，五至六级为用人单位",
    parameters={"shares": "insurance.injury.allowance_shares"},
)
def injury_allowance(grade: Grade, own_wage: Wage, minimum_wage: Wage, shares: RateTable) -> Fen:
    """一至六级按本人工资的比例；低于当地最低工资的补足差额。七至十级没有伤残津贴。

    grade: 伤残等级
    own_wage: 本人工资
    minimum_wage: 当地最低工资
    shares: 等级与比例
    share: 比例
    """
    if grade > 6:
        return 0
    share: Rate = exact(shares, grade)
    return max(share_of(own_wage, share), minimum_wage)


@rule(
    name="insurance.injury_care",
    title="生活护理费（月）",
    article="工伤保险条例第三十四条",
    payer=FUND,
    parameters={"shares": "insurance.injury.care_shares"},
)
def injury_care(care: Care, area_wage: Wage, shares: RateTable) -> Fen:
    """完全、大部分、部分不能自理分别为统筹地区月平均工资的百分之五十、四十、三十。

    care: 护理依赖程度
    area_wage: 统筹地区月平均工资
    shares: 程度与比例
    share: 比例
    """
    if care == Care.NONE:
        return 0
    share: Rate = exact(shares, care)
    return share_of(area_wage, share)


@rule(name="insurance.injury_leave_wage", title="停工留薪期工资", article="工伤保险条例第三十三条", payer="用人单位")
def injury_leave_wage(monthly_wage: Wage, months: GrantMonths, extended: Flag) -> Fen:
    """停工留薪期内原工资福利不变，一般不超过十二个月，伤情严重经确认可延长，合计不超过二十四个月。

    monthly_wage: 原月工资福利
    months: 停工留薪月数
    extended: 是否经确认延长
    most: 最多月数
    """
    most: GrantMonths = 24 if extended else 12
    return monthly_wage * min(months, most)


@rule(
    name="insurance.injury_medical_grant_months",
    title="一次性工伤医疗补助月数",
    article="工伤保险条例第三十六条、第三十七条；渝府发〔2012〕22号",
    payer=FUND,
    parameters={"months": "insurance.injury.medical_grant_months"},
)
def injury_medical_grant_months(grade: Grade, months: MonthsTable) -> GrantMonths:
    """五至十级解除或终止劳动关系时的工伤医疗补助月数（重庆）。

    grade: 伤残等级
    months: 等级与月数
    found: 月数
    """
    found: GrantMonths = exact(months, grade)
    return found


@rule(
    name="insurance.injury_employment_grant_months",
    title="一次性伤残就业补助月数",
    article="工伤保险条例第三十六条、第三十七条；渝府发〔2012〕22号",
    payer="用人单位",
    parameters={
        "months": "insurance.injury.employment_grant_months",
        "months_5_6": "insurance.injury.employment_grant_months_5_6",
    },
)
def injury_employment_grant_months(grade: Grade, months: MonthsTable, months_5_6: MonthsTable) -> GrantMonths:
    """五至十级解除或终止劳动关系时的就业补助月数（重庆）；五、六级的数字有争议。

    grade: 伤残等级
    months: 七至十级月数
    months_5_6: 五至六级月数
    found: 月数
    """
    found: GrantMonths = exact(months, grade) if grade > 6 else exact(months_5_6, grade)
    return found


@rule(
    name="insurance.injury_taper",
    title="接近退休的递减比例",
    article="渝府发〔2012〕22号",
    parameters={"per_year": "insurance.injury.taper_per_year", "least": "insurance.injury.taper_least"},
)
def injury_taper(months_to_retirement: Annotated[int, MONTHS.within(0, 1200)], per_year: Share, least: Share) -> Share:
    """距退休十年以上全额；每少一年递减百分之十，不足一年的发百分之十；已到退休年龄的不发。

    months_to_retirement: 距法定退休的月数
    per_year: 每少一年递减
    least: 不足一年的比例
    short: 不足十年的年数
    """
    if months_to_retirement < 1:
        return 0
    if months_to_retirement < 12:
        return least
    short: Count = max(10 - months_to_retirement // 12, 0)
    return max(ONE - short * per_year, least)


@rule(name="insurance.injury_termination_grant", title="终止劳动关系一次性补助", article="渝府发〔2012〕22号")
def injury_termination_grant(area_wage: Wage, months: GrantMonths, factor: Share) -> Fen:
    """月数乘以上年度月平均工资，再乘以递减比例。

    area_wage: 上年度月平均工资
    months: 补助月数
    factor: 递减比例
    """
    return share_of(area_wage * months, factor)


@rule(name="insurance.injury_one_off_set", title="终止劳动关系的三项一次性待遇", article="工伤保险条例第三十七条")
def injury_one_off_set(
    own_wage: Wage,
    area_wage: Wage,
    one_off_months: GrantMonths,
    medical_months: GrantMonths,
    employment_months: GrantMonths,
) -> Fen:
    """一次性伤残补助金、工伤医疗补助金、伤残就业补助金之和。

    own_wage: 本人工资
    area_wage: 上年度月平均工资
    one_off_months: 伤残补助月数
    medical_months: 医疗补助月数
    employment_months: 就业补助月数
    disability: 一次性伤残补助金
    medical: 一次性工伤医疗补助金
    employment: 一次性伤残就业补助金
    """
    disability: Fen = own_wage * one_off_months
    medical: Fen = area_wage * medical_months
    employment: Fen = area_wage * employment_months
    return disability + medical + employment


@rule(
    name="insurance.injury_death_grant",
    title="一次性工亡补助金",
    article="工伤保险条例第三十九条",
    payer=FUND,
    parameters={"income": "insurance.death.national_urban_income"},
)
def injury_death_grant(income: Fen) -> Fen:
    """上年度全国城镇居民人均可支配收入的二十倍；一至四级停工留薪期满后死亡的不享受。

    income: 上年度全国城镇居民人均可支配收入
    """
    return 20 * income


@rule(name="insurance.injury_funeral", title="工亡丧葬补助金", article="工伤保险条例第三十九条", payer=FUND)
def injury_funeral(area_wage: Wage) -> Fen:
    """六个月的统筹地区上年度职工月平均工资。

    area_wage: 统筹地区月平均工资
    """
    return 6 * area_wage


@rule(
    name="insurance.injury_dependants",
    title="供养亲属抚恤金（月）",
    article="工伤保险条例第三十九条",
    payer=FUND,
)
def injury_dependants(own_wage: Wage, spouse: Flag, others: Annotated[int, COUNT.within(0, 20)], lone: Count) -> Fen:
    """配偶百分之四十，其他亲属每人百分之三十，孤寡老人或孤儿每人再加百分之十；合计不高于本人生前工资。

    own_wage: 本人生前工资
    spouse: 有无供养的配偶
    others: 其他供养亲属人数
    lone: 其中孤寡老人或孤儿人数
    percent: 合计百分比
    """
    percent: Count = (40 if spouse else 0) + 30 * others + 10 * min(lone, 21)
    return half_up(own_wage * min(percent, 100), 100)
