"""Employment figures: rates, labour-force status, monitored firms, vacancies.

Every figure says what it divides by what; the registered rate and the survey rate are two figures, never one. Heads
are counted by distinct person.
"""

from __future__ import annotations

from hrss.rules.engine import half_up, refuse, rule
from hrss.rules.engine.units import ONE, Choice, Count, Flag, Hours, Months, Rate, Years
from hrss.rules.general.signed import SignedCount, SignedRate

MONITORING = "失业动态监测工作规定"


class LabourForceStatus(Choice):
    """Status in the labour-force survey."""

    OUT_OF_SCOPE = 0, "不在统计范围"
    EMPLOYED = 1, "就业"
    UNEMPLOYED = 2, "失业"
    INACTIVE = 3, "非劳动力"


@rule(
    name="employment.new_urban_employment",
    title="城镇新增就业",
    article="就业统计调查制度",
)
def new_urban_employment(newly_employed: Count, natural_attrition: Count) -> SignedCount:
    """报告期城镇新就业人数减去自然减员人数；与期末减期初的净增就业不是同一指标。

    newly_employed: 新就业人数
    natural_attrition: 自然减员人数
    """
    return newly_employed - natural_attrition


@rule(
    name="employment.net_urban_employment",
    title="城镇净增就业",
    article="就业统计调查制度",
)
def net_urban_employment(at_end: Count, at_start: Count) -> SignedCount:
    """期末就业人数减去期初就业人数。

    at_end: 期末就业人数
    at_start: 期初就业人数
    """
    return at_end - at_start


@rule(
    name="employment.unemployment_rate",
    title="失业率",
    article="就业统计调查制度；国家统计局劳动力调查制度",
    rounding="四舍五入到百万分之一",
)
def unemployment_rate(unemployed: Count, employed: Count) -> Rate:
    """失业人数除以就业人数与失业人数之和；登记口径用登记失业人数，调查口径用调查失业人数。

    unemployed: 失业人数
    employed: 就业人数
    labour_force: 劳动力
    """
    labour_force: Count = unemployed + employed
    if labour_force < 1:
        refuse("就业人数与失业人数之和应大于零")
    return half_up(unemployed * ONE, labour_force)


@rule(
    name="employment.registered_unemployment_rate",
    title="城镇登记失业率",
    article="就业统计调查制度（登记口径，未核实）",
    rounding="四舍五入到百万分之一",
)
def registered_unemployment_rate(registered_unemployed: Count, employed: Count) -> Rate:
    """期末登记失业人数除以期末从业人数与登记失业人数之和；只数在公共就业服务机构登记的失业人员。

    registered_unemployed: 期末登记失业人数
    employed: 期末从业人数
    """
    return unemployment_rate(registered_unemployed, employed)


@rule(
    name="employment.surveyed_unemployment_rate",
    title="城镇调查失业率",
    article="国家统计局劳动力调查制度",
    rounding="四舍五入到百万分之一",
)
def surveyed_unemployment_rate(surveyed_unemployed: Count, surveyed_employed: Count) -> Rate:
    """调查失业人数除以调查就业人数与调查失业人数之和；身份按调查周判断，与是否登记无关，和登记失业率不能互换。

    surveyed_unemployed: 调查失业人数
    surveyed_employed: 调查就业人数
    """
    return unemployment_rate(surveyed_unemployed, surveyed_employed)


@rule(
    name="employment.labour_force_status",
    title="劳动力调查身份",
    article="国家统计局劳动力调查制度",
    parameters={"from_age": "employment.working_age.from"},
)
def labour_force_status(
    age: Years, hours: Hours, on_leave: Flag, seeking: Flag, available: Flag, from_age: Years
) -> LabourForceStatus:
    """十六周岁及以上，调查周工作满一小时或在职休假的为就业；没有工作、三个月内找过工作、两周内能上班的为失业；其余为非劳动力，没有年龄上限。

    age: 周岁
    hours: 调查周工作小时
    on_leave: 在职休假
    seeking: 近三个月找过工作
    available: 两周内能开始工作
    from_age: 年龄下限
    """
    if age < from_age:
        return LabourForceStatus.OUT_OF_SCOPE
    if hours >= 100 or on_leave:
        return LabourForceStatus.EMPLOYED
    return LabourForceStatus.UNEMPLOYED if seeking and available else LabourForceStatus.INACTIVE


@rule(
    name="employment.monitored_jobs",
    title="监测企业期末岗位数",
    article=MONITORING,
)
def monitored_jobs(last_month_end: Count, added: Count, reduced: Count) -> Count:
    """上月末岗位数加本月增加、减本月减少。

    last_month_end: 上月末岗位数
    added: 本月增加
    reduced: 本月减少
    """
    if reduced > last_month_end + added:
        refuse("减少数多于现有岗位数")
    return last_month_end + added - reduced


@rule(
    name="employment.job_change_rate",
    title="岗位变化率",
    article=MONITORING,
    rounding="四舍五入到百万分之一",
)
def job_change_rate(last_month_end: Count, added: Count, reduced: Count) -> SignedRate:
    """本月净变化除以上月末岗位数。

    last_month_end: 上月末岗位数
    added: 本月增加
    reduced: 本月减少
    """
    if last_month_end < 1:
        refuse("上月末岗位数应大于零")
    return half_up((added - reduced) * ONE, last_month_end)


@rule(
    name="employment.job_loss_rate",
    title="岗位流失率",
    article=MONITORING,
    rounding="四舍五入到百万分之一",
)
def job_loss_rate(last_month_end: Count, reduced: Count) -> Rate:
    """本月减少岗位数除以上月末岗位数，是监测的核心指标。

    last_month_end: 上月末岗位数
    reduced: 本月减少
    """
    if last_month_end < 1:
        refuse("上月末岗位数应大于零")
    return half_up(reduced * ONE, last_month_end)


@rule(
    name="employment.vacancy_ratio",
    title="求人倍率",
    article="人力资源市场供求分析办法",
    rounding="四舍五入到百万分之一",
)
def vacancy_ratio(vacancies: Count, seekers: Count) -> Rate:
    """需求人数除以求职人数。

    vacancies: 需求人数
    seekers: 求职人数
    """
    if seekers < 1:
        refuse("求职人数应大于零")
    return half_up(vacancies * ONE, seekers)


@rule(
    name="employment.counts_as_transferred",
    title="是否计入农村劳动力转移就业",
    article="农村劳动力转移就业统计口径（未核实）",
    parameters={"months_from": "employment.transfer.months_from"},
)
def counts_as_transferred(rural: Flag, outside_farming_or_township: Flag, months: Months, months_from: Months) -> Flag:
    """农村户籍劳动力在本乡镇以外或从事非农产业连续六个月以上的，计入转移就业。

    rural: 农村户籍劳动力
    outside_farming_or_township: 在乡镇外或从事非农产业
    months: 连续月数
    months_from: 最短月数
    """
    return rural and outside_farming_or_township and months >= months_from
