"""Credit of employers: law-abiding grade, blacklist of wage defaulters, harmonious enterprises, warning colours.

A level is the worst of the rules that fire; a score sorts, it never decides. Each listing has its own procedure and
expiry, kept with the case.
"""

from __future__ import annotations

from hrss.rules.engine import refuse, rule
from hrss.rules.engine.units import ONE, Choice, Count, Fen, Flag, Rate, Score, Wage, Years
from hrss.rules.labour.units import ArrearsMonths


class CreditGrade(Choice):
    """Grades of 人社部规〔2016〕1号."""

    A = 1, "A"
    B = 2, "B"
    C = 3, "C"


class HarmonyGrade(Choice):
    """Grades of harmonious enterprises in Chongqing."""

    NONE = 0, "无"
    A = 1, "A"
    AA = 2, "AA"
    AAA = 3, "AAA"


class Colour(Choice):
    """Warning colours from calm to worst."""

    GREEN = 0, "green"
    YELLOW = 1, "yellow"
    ORANGE = 2, "orange"
    RED = 3, "red"


@rule(
    name="labour.credit_grade",
    title="企业劳动保障守法诚信等级",
    article="人社部规〔2016〕1号",
    parameters={"most": "labour.credit.investigations_for_c"},
)
def credit_grade(investigations: Count, serious: Flag, most: Count) -> CreditGrade:
    """上年度未因违法被查处的评 A；被查处三次以上的评 C；
    有群体性事件、使用童工、强迫劳动、拒不整改、无理抗拒、涉嫌犯罪的评 C；其余评 B。

    investigations: 被查处次数
    serious: 有应评 C 的情形
    most: 评 C 的查处次数
    """
    if serious or investigations >= most:
        return CreditGrade.C
    return CreditGrade.A if investigations == 0 else CreditGrade.B


@rule(
    name="labour.belongs_on_blacklist",
    title="是否列入拖欠农民工工资失信名单",
    article="人社部令第45号第五条",
)
def belongs_on_blacklist(reaches_crime_line: Flag, grave_incident: Flag, ordered: Flag, paid_in_time: Flag) -> Flag:
    """经责令限期支付逾期未支付，且数额达到认定拒不支付劳动报酬罪标准，或者引发群体性、极端事件的，列入名单。

    reaches_crime_line: 数额达到入罪标准
    grave_incident: 引发群体性或极端事件
    ordered: 已责令限期支付
    paid_in_time: 期限内已支付
    """
    return ordered and not paid_in_time and (reaches_crime_line or grave_incident)


@rule(
    name="labour.blacklist_years",
    title="失信名单期限",
    article="人社部令第45号",
    parameters={"years": "labour.blacklist.years"},
)
def blacklist_years(listed_now: Flag, years: Years) -> Years:
    """列入之日起三年。

    listed_now: 列入名单
    years: 年限
    """
    return years if listed_now else 0


@rule(
    name="labour.may_leave_blacklist_early",
    title="可否提前移出失信名单",
    article="人社部令第45号",
    parameters={"months_from": "labour.blacklist.months_after_correction"},
)
def may_leave_blacklist_early(corrected: Flag, months_since: Count, commitment: Flag, months_from: Count) -> Flag:
    """已改正违法行为满六个月并作出守法承诺的，可以申请提前移出。

    corrected: 已改正
    months_since: 改正后满月数
    commitment: 已作出承诺
    months_from: 最短月数
    """
    return corrected and commitment and months_since >= months_from


@rule(
    name="labour.harmony_grade",
    title="可申报的和谐劳动关系企业等级",
    article="重庆市和谐劳动关系企业评价（长寿区 2025 年通知）",
    parameters={
        "a": "labour.harmony.score_a",
        "aa": "labour.harmony.score_aa",
        "aaa": "labour.harmony.score_aaa",
        "years_from": "labour.harmony.years_between",
    },
)
def harmony_grade(
    score: Score, held: HarmonyGrade, years_held: Years, a: Score, aa: Score, aaa: Score, years_from: Years
) -> HarmonyGrade:
    """八十分以上可报 A；获 A 满一年且八十五分以上可报 AA；获 AA 满一年且九十分以上可报 AAA；不得越级。

    score: 得分
    held: 现有等级
    years_held: 持有年数
    a: A 级分数
    aa: AA 级分数
    aaa: AAA 级分数
    years_from: 晋级间隔年数
    """
    if held == HarmonyGrade.NONE:
        return HarmonyGrade.A if score >= a else HarmonyGrade.NONE
    if years_held < years_from:
        return HarmonyGrade.NONE
    if held == HarmonyGrade.A:
        return HarmonyGrade.AA if score >= aa else HarmonyGrade.NONE
    return HarmonyGrade.AAA if held == HarmonyGrade.AA and score >= aaa else HarmonyGrade.NONE


@rule(
    name="labour.arrears_colour",
    title="欠薪预警颜色（按拖欠月数）",
    article="宝应县欠薪预警做法（参考）",
)
def arrears_colour(months: ArrearsMonths) -> Colour:
    """拖欠一个月以内黄色，一个月以上两个月以内橙色，两个月以上红色，没有拖欠为绿色。

    months: 拖欠月数
    """
    if months <= 0:
        return Colour.GREEN
    if months > 200:
        return Colour.RED
    return Colour.ORANGE if months > 100 else Colour.YELLOW


@rule(
    name="labour.payment_colour",
    title="项目预警（按发放进度）",
    article="工资支付监控预警平台规则（参考）",
)
def payment_colour(months_overdue: Count, paid_in_time: Flag) -> Colour:
    """某月工资到次月末仍未通过专户发放的为红色。

    months_overdue: 考勤月到检查月的月数
    paid_in_time: 次月末前已发放
    """
    return Colour.RED if months_overdue > 1 and not paid_in_time else Colour.GREEN


@rule(
    name="labour.coverage_colour",
    title="项目预警（按发放人数）",
    article="工资支付监控预警平台规则（参考）",
    parameters={"red_share": "labour.warning.unpaid_share_red"},
)
def coverage_colour(attending: Count, paid: Count, red_share: Rate) -> Colour:
    """实发人数少于考勤人数为黄色，未发人数达到百分之十的为红色。

    attending: 考勤人数
    paid: 实发人数
    red_share: 红色比例线
    """
    if attending < 1 or paid >= attending:
        return Colour.GREEN
    return Colour.RED if (attending - paid) * ONE >= attending * red_share else Colour.YELLOW


@rule(
    name="labour.single_pay_colour",
    title="项目预警（单人发放异常）",
    article="工资支付监控预警平台规则（参考）",
    parameters={"month_most": "labour.warning.single_month_most", "year_most": "labour.warning.single_year_most"},
)
def single_pay_colour(in_month: Fen, in_year: Fen, month_most: Fen, year_most: Fen) -> Colour:
    """单人一个月超过五万元或者一年超过三十万元的为红色，疑似套取。

    in_month: 单人当月发放
    in_year: 单人当年发放
    month_most: 当月上限
    year_most: 当年上限
    """
    return Colour.RED if in_month > month_most or in_year > year_most else Colour.GREEN


@rule(
    name="labour.mean_pay_colour",
    title="项目预警（人均工资过低）",
    article="工资支付监控预警平台规则（参考）",
)
def mean_pay_colour(mean_pay: Wage, minimum_wage: Wage) -> Colour:
    """人均工资低于当地最低工资的为红色。

    mean_pay: 人均工资
    minimum_wage: 当地月最低工资
    """
    return Colour.RED if mean_pay < minimum_wage else Colour.GREEN


@rule(
    name="labour.leaver_colour",
    title="项目预警（离场未结清）",
    article="工资支付监控预警平台规则（参考）",
)
def leaver_colour(unsettled: Count, being_handled: Count) -> Colour:
    """有离场未结清人员的为红色，全部在处理中的为黄色。

    unsettled: 离场未结清人数
    being_handled: 其中正在处理
    """
    if being_handled > unsettled:
        refuse("处理中人数多于未结清人数")
    if unsettled == 0:
        return Colour.GREEN
    return Colour.YELLOW if being_handled == unsettled else Colour.RED
