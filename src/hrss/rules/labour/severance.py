"""Severance (经济补偿) and compensation for unlawful dismissal (赔偿金): months, base, cap, deductions.

The cap is a cliff: above three times the local mean both the wage and the years are limited. Notice pay never joins
compensation for unlawful dismissal. Years before 2008 follow older texts and are not computed here.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine import half_up, refuse, rule
from hrss.rules.engine.units import COUNT, FEN, TENTHS, Days, Fen, Flag, Months, TenthMonths, Wage, Years

YearlyMean: TypeAlias = Annotated[int, FEN.within(0, 10**9)]
Multiple: TypeAlias = Annotated[int, COUNT.within(1, 10)]

PAYER = "用人单位"
ARTICLE = "劳动合同法第四十七条"


@rule(
    name="labour.severance_months",
    title="经济补偿月数",
    article=ARTICLE,
    payer=PAYER,
)
def severance_months(service_months: Months, further_days: Days) -> TenthMonths:
    """每满一年一个月；六个月以上不满一年按一年，不满六个月按半个月。

    service_months: 工作满月数
    further_days: 满月之外的天数
    whole_years: 满年数
    rest: 不满一年的月数
    """
    whole_years: Years = service_months // 12
    rest: Months = service_months % 12
    if rest >= 6:
        return (whole_years + 1) * TENTHS
    return whole_years * TENTHS + (5 if rest + further_days > 0 else 0)


@rule(
    name="labour.average_wage",
    title="解除前十二个月平均工资",
    article="劳动合同法第四十七条第三款；劳动合同法实施条例第二十七条",
    payer=PAYER,
)
def average_wage(regular: Wage, months: Months, yearly_bonus: Fen, bonus_months: Months, other_pay: Fen) -> Fen:
    """按应得工资计算，年终奖按十二个月分摊，加班工资等其他应得工资计入；工作不满十二个月的按实际月数平均。

    regular: 每月固定工资
    months: 平均的月数
    yearly_bonus: 年终奖
    bonus_months: 年终奖落在期内的月数
    other_pay: 期内加班工资等
    """
    if months < 1 or bonus_months > months:
        refuse("平均的月数应大于零且不少于年终奖月数")
    return half_up(12 * regular * months + yearly_bonus * bonus_months + 12 * other_pay, 12 * months)


@rule(
    name="labour.severance_cap",
    title="经济补偿月工资封顶数",
    article="劳动合同法第四十七条第二款",
    payer=PAYER,
    parameters={"annual_mean": "labour.mean_wage.non_private", "multiple": "labour.severance.cap_multiple"},
)
def severance_cap(annual_mean: Fen, multiple: Multiple) -> Fen:
    """本地区上年度职工月平均工资的三倍。采用哪一种平均工资，各地裁审口径不一。

    annual_mean: 本地区上年度职工年平均工资
    multiple: 倍数
    """
    return half_up(annual_mean * multiple, 12)


@rule(
    name="labour.severance_tax_free",
    title="一次性补偿收入免税额",
    article="财税〔2018〕164号第五条",
    parameters={"annual_mean": "labour.mean_wage.non_private", "multiple": "labour.severance.cap_multiple"},
)
def severance_tax_free(annual_mean: Fen, multiple: Multiple) -> Fen:
    """当地上年职工平均工资三倍数额以内的部分免征个人所得税。

    annual_mean: 当地上年职工年平均工资
    multiple: 倍数
    """
    return annual_mean * multiple


@rule(
    name="labour.severance_base",
    title="经济补偿计算基数",
    article="劳动合同法第四十七条；劳动合同法实施条例第二十七条",
    payer=PAYER,
)
def severance_base(wage: Wage, minimum_wage: Wage, cap: Wage) -> Wage:
    """平均工资低于当地最低工资的按最低工资，高于三倍封顶数的按封顶数。

    wage: 解除前十二个月平均工资
    minimum_wage: 当地月最低工资
    cap: 封顶数
    """
    return min(max(wage, minimum_wage), cap)


@rule(
    name="labour.severance_paid_months",
    title="可支付经济补偿的月数",
    article="劳动合同法第四十七条第二款",
    payer=PAYER,
    parameters={"most": "labour.severance.most_months"},
)
def severance_paid_months(wage: Wage, cap: Wage, months: TenthMonths, most: TenthMonths) -> TenthMonths:
    """月工资高于三倍封顶数的，补偿年限最高十二年；恰好等于的不受限。

    wage: 解除前十二个月平均工资
    cap: 封顶数
    months: 按年限计算的月数
    most: 最高月数
    """
    return min(months, most) if wage > cap else months


@rule(
    name="labour.severance",
    title="经济补偿",
    article="劳动合同法第四十六条、第四十七条",
    payer=PAYER,
    parameters={"most": "labour.severance.most_months"},
)
def severance(wage: Wage, minimum_wage: Wage, cap: Wage, months: TenthMonths, most: TenthMonths) -> Fen:
    """计算基数乘以可支付月数，最后一步四舍五入到分。

    wage: 解除前十二个月平均工资
    minimum_wage: 当地月最低工资
    cap: 封顶数
    months: 按年限计算的月数
    most: 最高月数
    base: 计算基数
    paid: 可支付月数
    """
    base: Wage = severance_base(wage, minimum_wage, cap)
    paid: TenthMonths = severance_paid_months(wage, cap, months, most)
    return half_up(base * paid, TENTHS)


@rule(
    name="labour.unlawful_dismissal",
    title="违法解除赔偿金",
    article="劳动合同法第八十七条",
    payer=PAYER,
    parameters={"most": "labour.severance.most_months"},
)
def unlawful_dismissal(wage: Wage, minimum_wage: Wage, cap: Wage, months: TenthMonths, most: TenthMonths) -> Fen:
    """经济补偿标准的二倍，年限自用工之日起计算。

    wage: 解除前十二个月平均工资
    minimum_wage: 当地月最低工资
    cap: 封顶数
    months: 按年限计算的月数
    most: 最高月数
    base: 计算基数
    paid: 可支付月数
    """
    base: Wage = severance_base(wage, minimum_wage, cap)
    paid: TenthMonths = severance_paid_months(wage, cap, months, most)
    return half_up(2 * base * paid, TENTHS)


@rule(
    name="labour.still_due",
    title="扣除已付后的应付差额",
    article="劳动合同法第八十七条；劳动合同法实施条例第二十五条",
    payer=PAYER,
)
def still_due(due: Fen, paid_severance: Fen, paid_notice: Fen) -> Fen:
    """支付赔偿金的不再支付经济补偿和代通知金，已付的经济补偿与代通知金予以扣除，扣完为止。

    due: 应付总额
    paid_severance: 已付经济补偿
    paid_notice: 已付代通知金
    """
    return max(due - paid_severance - paid_notice, 0)


@rule(
    name="labour.notice_pay",
    title="代通知金",
    article="劳动合同法第四十条",
    payer=PAYER,
)
def notice_pay(last_month_wage: Wage, article_40: Flag, notice_given: Flag, unlawful: Flag) -> Fen:
    """只有依第四十条解除且未提前三十日书面通知的，支付上一个月工资；主张违法解除赔偿金的不再支付。

    last_month_wage: 上一个月工资
    article_40: 依第四十条解除
    notice_given: 已提前三十日书面通知
    unlawful: 主张违法解除赔偿金
    """
    return last_month_wage if article_40 and not notice_given and not unlawful else 0


@rule(
    name="labour.severance_with_notice",
    title="经济补偿加代通知金（N+1）",
    article="劳动合同法第四十条、第四十六条、第四十七条",
    payer=PAYER,
    parameters={"most": "labour.severance.most_months"},
)
def severance_with_notice(
    wage: Wage,
    minimum_wage: Wage,
    cap: Wage,
    months: TenthMonths,
    last_month_wage: Wage,
    notice_given: Flag,
    most: TenthMonths,
) -> Fen:
    """依第四十条解除的，经济补偿之外，未提前三十日书面通知的另付上一个月工资；代通知金不受三倍封顶限制。

    wage: 解除前十二个月平均工资
    minimum_wage: 当地月最低工资
    cap: 封顶数
    months: 按年限计算的月数
    last_month_wage: 上一个月工资
    notice_given: 已提前三十日书面通知
    most: 最高月数
    compensation: 经济补偿
    notice: 代通知金
    """
    compensation: Fen = severance(wage, minimum_wage, cap, months, most)
    notice: Fen = notice_pay(last_month_wage, True, notice_given, False)
    return compensation + notice


@rule(
    name="labour.severance_from_service",
    title="离职经济补偿测算",
    article="劳动合同法第四十六条、第四十七条",
    payer=PAYER,
    parameters={
        "minimum_wage": "labour.minimum_wage.month_second",
        "annual_mean": "labour.mean_wage.non_private",
        "multiple": "labour.severance.cap_multiple",
        "most": "labour.severance.most_months",
    },
)
def severance_from_service(
    service_months: Months,
    further_days: Days,
    wage: Wage,
    minimum_wage: Wage,
    annual_mean: YearlyMean,
    multiple: Multiple,
    most: TenthMonths,
) -> Fen:
    """由在本单位的工作时间和离职前十二个月平均工资测算；不低于二类区最低工资，高于上年度职工月平均工资三倍的封顶，年限最高十二年。

    service_months: 工作满月数
    further_days: 满月之外的天数
    wage: 解除前十二个月平均工资
    minimum_wage: 二类区月最低工资
    annual_mean: 本地区上年度职工年平均工资
    multiple: 封顶倍数
    most: 最高月数
    months: 按年限计算的月数
    cap: 封顶数
    """
    months: TenthMonths = severance_months(service_months, further_days)
    cap: Fen = severance_cap(annual_mean, multiple)
    return severance(wage, minimum_wage, cap, months, most)
