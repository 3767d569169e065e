"""Work injury: whole settlements at the end of a contract, after retirement and after death, from the single benefits.

Each amount keeps its payer: medical grant, difference and death benefits come from the fund, the employment grant from
the employer. Local months and the taper are parameters; a grade outside their tables is refused.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import exact, rule
from hrss.rules.engine.units import COUNT, FEN, MONTHS, Fen, FenTable, Flag, MonthsTable, Wage
from hrss.rules.insurance.injury import (
    FUND,
    Grade,
    GrantMonths,
    Share,
    injury_death_grant,
    injury_employment_grant_months,
    injury_funeral,
    injury_medical_grant_months,
    injury_taper,
    injury_termination_grant,
)

Income = Annotated[int, FEN.within(0, 10**9)]
Monthly = Annotated[int, FEN.within(0, 10**9)]


@rule(
    name="insurance.injury_termination_settlement",
    title="终止劳动关系的医疗补助金与就业补助金",
    article="工伤保险条例第三十六条、第三十七条；渝府发〔2012〕22号",
    payer="医疗补助金为工伤保险基金，就业补助金为用人单位",
    parameters={
        "medical_table": "insurance.injury.medical_grant_months",
        "employment_table": "insurance.injury.employment_grant_months",
        "employment_table_5_6": "insurance.injury.employment_grant_months_5_6",
        "per_year": "insurance.injury.taper_per_year",
        "least": "insurance.injury.taper_least",
    },
)
def injury_termination_settlement(
    grade: Grade,
    area_wage: Wage,
    months_to_retirement: Annotated[int, MONTHS.within(0, 1200)],
    medical_table: MonthsTable,
    employment_table: MonthsTable,
    employment_table_5_6: MonthsTable,
    per_year: Share,
    least: Share,
) -> Fen:
    """五至十级按等级月数乘以上年度月平均工资，接近退休的递减，两项分别取整后相加。

    grade: 伤残等级
    area_wage: 上年度月平均工资
    months_to_retirement: 距法定退休的月数
    medical_table: 医疗补助月数表
    employment_table: 就业补助月数表（七至十级）
    employment_table_5_6: 就业补助月数表（五至六级）
    per_year: 每少一年递减
    least: 不足一年的比例
    factor: 递减后的比例
    medical_months: 医疗补助月数
    employment_months: 就业补助月数
    medical: 一次性工伤医疗补助金
    employment: 一次性伤残就业补助金
    """
    factor: Share = injury_taper(months_to_retirement, per_year, least)
    medical_months: GrantMonths = injury_medical_grant_months(grade, medical_table)
    employment_months: GrantMonths = injury_employment_grant_months(grade, employment_table, employment_table_5_6)
    medical: Fen = injury_termination_grant(area_wage, medical_months, factor)
    employment: Fen = injury_termination_grant(area_wage, employment_months, factor)
    return medical + employment


@rule(
    name="insurance.injury_allowance_adjusted",
    title="调整后的伤残津贴（月）",
    article="重庆市调整工伤保险定期待遇的通知",
    payer=FUND,
    parameters={"additions": "insurance.injury.allowance_adjustment_2025"},
)
def injury_allowance_adjusted(
    grade: Annotated[int, COUNT.within(1, 4)], allowance: Monthly, additions: FenTable
) -> Fen:
    """一至四级伤残津贴按年度调整通知的等级定额增加。

    grade: 伤残等级
    allowance: 调整前的伤残津贴
    additions: 等级与调整额
    addition: 调整额
    """
    addition: Fen = exact(additions, grade)
    return allowance + addition


@rule(
    name="insurance.injury_allowance_difference",
    title="退休后伤残津贴差额（月）",
    article="工伤保险条例第三十五条",
    payer=FUND,
)
def injury_allowance_difference(allowance: Monthly, pension: Monthly) -> Fen:
    """一至四级达到退休年龄后改领基本养老金，低于伤残津贴的由工伤保险基金补足差额。

    allowance: 伤残津贴
    pension: 基本养老金
    """
    return max(allowance - pension, 0)


@rule(
    name="insurance.injury_death_benefits",
    title="因工死亡的一次性待遇",
    article="工伤保险条例第三十九条",
    payer=FUND,
    parameters={"income": "insurance.death.national_urban_income"},
)
def injury_death_benefits(area_wage: Wage, after_leave_grade_1_4: Flag, income: Income) -> Fen:
    """丧葬补助金与一次性工亡补助金之和；一至四级停工留薪期满后死亡的只有丧葬补助金和抚恤金。

    area_wage: 统筹地区月平均工资
    after_leave_grade_1_4: 是否一至四级停工留薪期满后死亡
    income: 上年度全国城镇居民人均可支配收入
    funeral: 丧葬补助金
    grant: 一次性工亡补助金
    """
    funeral: Fen = injury_funeral(area_wage)
    grant: Fen = 0 if after_leave_grade_1_4 else injury_death_grant(income)
    return funeral + grant
