"""Annual leave: days by total service, proration on joining and leaving, pay for days not taken.

Days beyond the statutory ones follow the agreement and stay apart; leave taken in advance is never clawed back.
"""

from __future__ import annotations

from hrss.rules.engine import half_up_product, rule
from hrss.rules.engine.units import HUNDREDTHS, ONE, Days, Fen, Flag, Months, Rate, Wage, Years
from hrss.rules.labour.units import PayDays

PAYER = "用人单位"
RULES = "企业职工带薪年休假实施办法"


@rule(
    name="labour.annual_leave_days",
    title="年休假天数",
    article="职工带薪年休假条例第三条",
)
def annual_leave_days(service_years: Years) -> Days:
    """累计工作满一年不满十年五天，满十年不满二十年十天，满二十年十五天；按累计工作时间，不是本单位工龄。

    service_years: 累计工作满年数
    """
    if service_years >= 20:
        return 15
    if service_years >= 10:
        return 10
    return 5 if service_years >= 1 else 0


@rule(
    name="labour.annual_leave_is_due",
    title="当年是否享受年休假",
    article="职工带薪年休假条例第二条、第四条",
)
def annual_leave_is_due(
    continuous_months: Months, service_years: Years, long_vacation: Flag, paid_personal_days: Days, sick_months: Months
) -> Flag:
    """连续工作满十二个月（含在其他单位、含试用期）的享受；寒暑假更长、带薪事假满二十天、病假达到规定月数的除外。

    continuous_months: 连续工作月数
    service_years: 累计工作满年数
    long_vacation: 寒暑假多于年休假
    paid_personal_days: 不扣工资的事假天数
    sick_months: 病假累计月数
    sick_limit: 病假界线
    """
    if continuous_months < 12 or long_vacation or paid_personal_days >= 20:
        return False
    sick_limit: Months = 4 if service_years >= 20 else (3 if service_years >= 10 else 2)
    return sick_months < sick_limit


@rule(
    name="labour.annual_leave_prorated",
    title="折算的年休假天数",
    article=RULES + "第五条、第十二条",
    rounding="舍去不足一天的部分",
)
def annual_leave_prorated(entitlement: Days, calendar_days: Days) -> Days:
    """新进人员按当年剩余日历天数、离职人员按当年已过日历天数除以三百六十五折算，不足一整天的部分不计。

    entitlement: 全年应休天数
    calendar_days: 日历天数
    """
    return min(entitlement * calendar_days // 365, entitlement)


@rule(
    name="labour.annual_leave_unused",
    title="应休未休天数",
    article=RULES + "第十二条",
)
def annual_leave_unused(due: Days, taken: Days) -> Days:
    """应休天数减去已休天数，多休的不再扣回。

    due: 应休天数
    taken: 已休天数
    """
    return max(due - taken, 0)


@rule(
    name="labour.annual_leave_pay",
    title="未休年休假工资差额",
    article=RULES + "第十条、第十一条",
    payer=PAYER,
    parameters={"extra": "labour.annual_leave.extra_multiple", "pay_days": "labour.working_time.pay_days"},
)
def annual_leave_pay(wage: Wage, unused: Days, waived_in_writing: Flag, extra: Rate, pay_days: PayDays) -> Fen:
    """日工资的百分之三百中已含正常工资，差额为百分之二百；职工本人书面提出不休的没有差额。月工资剔除加班工资。

    wage: 前十二个月剔除加班工资的月平均工资
    unused: 应休未休天数
    waived_in_writing: 职工书面提出不休
    extra: 差额倍数
    pay_days: 月计薪天数
    """
    if waived_in_writing:
        return 0
    return half_up_product(wage * unused, extra, pay_days * (ONE // HUNDREDTHS))


@rule(
    name="labour.annual_leave_pay_by_day",
    title="未休年休假工资差额（按日工资）",
    article=RULES + "第十条、第十二条",
    payer=PAYER,
    parameters={"extra": "labour.annual_leave.extra_multiple"},
)
def annual_leave_pay_by_day(daily: Wage, unused: Days, waived_in_writing: Flag, extra: Rate) -> Fen:
    """已知日工资收入时，日工资乘以未休天数和差额倍数；职工本人书面提出不休的没有差额。

    daily: 日工资收入
    unused: 应休未休天数
    waived_in_writing: 职工书面提出不休
    extra: 差额倍数
    """
    if waived_in_writing:
        return 0
    return half_up_product(daily * unused, extra, ONE)
