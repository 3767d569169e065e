"""Working time and overtime: daily and hourly wage, multiples, limits, special hours, average days.

21.75 pay days a month have not moved with the number of holidays; working days have. Hours are hundredths, money is
rounded once at the end.
"""

from __future__ import annotations

from hrss.rules.engine import half_up, half_up_product, rule
from hrss.rules.engine.units import HUNDREDTHS, ONE, Count, Days, Fen, Flag, Hours, Months, Rate, Score, Wage
from hrss.rules.labour.units import MonthHours, PayDays

PAYER = "用人单位"
OVERTIME = "劳动法第四十四条"


@rule(
    name="labour.daily_wage",
    title="日工资",
    article="劳社部发〔2008〕3号；人社部发〔2025〕2号",
    parameters={"pay_days": "labour.working_time.pay_days"},
)
def daily_wage(wage: Wage, pay_days: PayDays) -> Fen:
    """月工资除以月计薪天数。

    wage: 月工资
    pay_days: 月计薪天数
    """
    return half_up(wage * HUNDREDTHS, pay_days)


@rule(
    name="labour.hourly_wage",
    title="小时工资",
    article="劳社部发〔2008〕3号；人社部发〔2025〕2号",
    parameters={"pay_days": "labour.working_time.pay_days"},
)
def hourly_wage(wage: Wage, pay_days: PayDays) -> Fen:
    """月工资除以月计薪天数再除以八小时。

    wage: 月工资
    pay_days: 月计薪天数
    """
    return half_up(wage * HUNDREDTHS, pay_days * 8)


@rule(
    name="labour.overtime_pay",
    title="加班工资",
    article=OVERTIME,
    payer=PAYER,
    parameters={"pay_days": "labour.working_time.pay_days"},
)
def overtime_pay(wage: Wage, hours: MonthHours, multiple: Rate, pay_days: PayDays) -> Fen:
    """小时工资乘以加班小时数和倍数，最后一步四舍五入到分。

    wage: 加班工资计算基数（月）
    hours: 加班小时
    multiple: 倍数
    pay_days: 月计薪天数
    """
    return half_up_product(wage * hours, multiple, 8 * pay_days * ONE)


@rule(
    name="labour.overtime_multiples",
    title="加班日工资倍数合计",
    article=OVERTIME,
    payer=PAYER,
    parameters={"rest_day": "labour.overtime.rest_day", "holiday": "labour.overtime.holiday"},
    rounding="不取整",
)
def overtime_multiples(
    holiday_days: Days, rest_days: Days, time_off_given: Flag, rest_day: Rate, holiday: Rate
) -> Rate:
    """法定休假日每天三倍，不能以补休代替；休息日每天两倍，已安排补休的不再支付。

    holiday_days: 法定休假日加班天数
    rest_days: 休息日加班天数
    time_off_given: 休息日已安排补休
    rest_day: 休息日倍数
    holiday: 法定休假日倍数
    for_rest_days: 休息日部分
    """
    for_rest_days: Rate = 0 if time_off_given else rest_days * rest_day
    return holiday_days * holiday + for_rest_days


@rule(
    name="labour.working_days_in_year",
    title="年工作日",
    article="人社部发〔2025〕2号",
    parameters={"holidays": "labour.working_time.statutory_holidays"},
)
def working_days_in_year(holidays: Days) -> Days:
    """三百六十五天减去一百零四天休息日和法定节假日。

    holidays: 法定节假日天数
    """
    return 365 - 104 - holidays


@rule(
    name="labour.working_days_per_month",
    title="月工作日",
    article="人社部发〔2025〕2号",
    parameters={"holidays": "labour.working_time.statutory_holidays"},
    rounding="四舍五入到百分之一天",
)
def working_days_per_month(holidays: Days) -> Score:
    """年工作日除以十二个月。

    holidays: 法定节假日天数
    """
    return half_up((365 - 104 - holidays) * HUNDREDTHS, 12)


@rule(
    name="labour.working_days_per_quarter",
    title="季工作日",
    article="人社部发〔2025〕2号",
    parameters={"holidays": "labour.working_time.statutory_holidays"},
    rounding="四舍五入到百分之一天",
)
def working_days_per_quarter(holidays: Days) -> Score:
    """年工作日除以四个季度。

    holidays: 法定节假日天数
    """
    return half_up((365 - 104 - holidays) * HUNDREDTHS, 4)


@rule(
    name="labour.cycle_hours",
    title="综合计算工时周期内标准工时",
    article="劳部发〔1994〕503号；人社部发〔2025〕2号",
    parameters={"holidays": "labour.working_time.statutory_holidays"},
    rounding="四舍五入到百分之一小时",
)
def cycle_hours(cycle_months: Count, holidays: Days) -> Hours:
    """周期内工作日乘以八小时：年工作日乘以周期月数再除以十二。

    cycle_months: 周期月数
    holidays: 法定节假日天数
    """
    return half_up((365 - 104 - holidays) * cycle_months * 8 * HUNDREDTHS, 12)


@rule(
    name="labour.cycle_overtime_most",
    title="周期内最多加班小时",
    article="劳动法第四十一条",
    parameters={"monthly": "labour.overtime.most_hours_month"},
)
def cycle_overtime_most(cycle_months: Count, monthly: Hours) -> Hours:
    """每月加班不超过三十六小时，按周期月数合计。

    cycle_months: 周期月数
    monthly: 每月最多小时
    """
    return cycle_months * monthly


@rule(
    name="labour.overtime_hours",
    title="超出标准工时的小时数",
    article="劳动法第四十一条",
)
def overtime_hours(worked: Hours, standard: Hours) -> Hours:
    """实际工时减去标准工时，不低于零。

    worked: 实际工时
    standard: 标准工时
    """
    return max(worked - standard, 0)


@rule(
    name="labour.overtime_exceeds_limit",
    title="加班是否超过法定上限",
    article="劳动法第四十一条",
    parameters={"most": "labour.overtime.most_hours_month"},
)
def overtime_exceeds_limit(worked: Hours, standard: Hours, most: Hours) -> Flag:
    """超出标准工时的小时数每月多于三十六小时的违法，付了加班费也不例外。

    worked: 实际工时
    standard: 标准工时
    most: 每月最多小时
    extra: 加班小时
    """
    extra: Hours = overtime_hours(worked, standard)
    return extra > most


@rule(
    name="labour.package_wage_shortfall",
    title="包薪制下的加班费差额",
    article="最低工资规定第十二条；人社部、最高法第二批典型案例",
    payer=PAYER,
    parameters={
        "weekday": "labour.overtime.weekday",
        "rest_day": "labour.overtime.rest_day",
        "pay_days": "labour.working_time.pay_days",
    },
)
def package_wage_shortfall(
    agreed: Wage,
    minimum_wage: Wage,
    weekday_hours: MonthHours,
    rest_day_hours: MonthHours,
    months: Months,
    weekday: Rate,
    rest_day: Rate,
    pay_days: PayDays,
) -> Fen:
    """约定工资含加班费的，以最低工资作正常工时工资折算每月应得，超过约定工资的部分按月补足。

    agreed: 约定工资（含加班费）
    minimum_wage: 当地月最低工资
    weekday_hours: 每月工作日加班小时
    rest_day_hours: 每月休息日加班小时
    months: 月数
    weekday: 工作日倍数
    rest_day: 休息日倍数
    pay_days: 月计薪天数
    extra: 每月应付加班工资
    """
    extra: Fen = half_up_product(minimum_wage, weekday_hours * weekday + rest_day_hours * rest_day, 8 * pay_days * ONE)
    return max(minimum_wage + extra - agreed, 0) * months


@rule(
    name="labour.overtime_despite_waiver",
    title="放弃加班费协议下的加班费",
    article="劳动合同法第二十六条；人社部、最高法第二批典型案例",
    payer=PAYER,
)
def overtime_despite_waiver(proven: Fen) -> Fen:
    """约定放弃加班费的协议无效，有证据的加班费照付。

    proven: 有证据的加班费
    """
    return proven


@rule(
    name="labour.overtime_exceeds_daily_limit",
    title="当日加班是否超过上限",
    article="劳动法第四十一条",
    parameters={"most": "labour.overtime.most_hours_day"},
)
def overtime_exceeds_daily_limit(extra: Hours, most: Hours) -> Flag:
    """因特殊原因延长工作时间，每日不得超过三小时；付了加班费也不例外。

    extra: 当日加班小时
    most: 每日最多小时
    """
    return extra > most


@rule(
    name="labour.comprehensive_overtime_pay",
    title="综合计算工时制的加班工资",
    article="劳部发〔1994〕503号；劳部发〔1995〕309号第六十七条",
    payer=PAYER,
    parameters={
        "weekday": "labour.overtime.weekday",
        "holiday": "labour.overtime.holiday",
        "pay_days": "labour.working_time.pay_days",
    },
)
def comprehensive_overtime_pay(
    wage: Wage, beyond_hours: MonthHours, holiday_hours: MonthHours, weekday: Rate, holiday: Rate, pay_days: PayDays
) -> Fen:
    """周期内超过标准工时的部分按一点五倍，法定休假日工作的按三倍，没有休息日两倍；不定时工作制没有加班工资。

    wage: 加班工资计算基数（月）
    beyond_hours: 周期内超过标准工时的小时（不含法定休假日）
    holiday_hours: 法定休假日工作小时
    weekday: 延长工时倍数
    holiday: 法定休假日倍数
    pay_days: 月计薪天数
    """
    return half_up_product(wage, beyond_hours * weekday + holiday_hours * holiday, 8 * pay_days * ONE)
