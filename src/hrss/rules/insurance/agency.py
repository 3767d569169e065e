"""Time limits of the agency in working days (社会保险经办条例); the clock itself belongs to the calendar."""

from __future__ import annotations

from hrss.rules.engine import exact, rule
from hrss.rules.engine.units import Choice, Count, Days, Table

ARTICLE = "社会保险经办条例"


class Matter(Choice):
    """Matters with a time limit."""

    REGISTRATION = 1, "个人社会保险登记"
    CHANGE = 2, "变更、注销登记"
    PENSION_CLAIM = 3, "基本养老金申领"
    UNEMPLOYMENT_BENEFIT = 4, "失业保险金申领"
    SKILL_SUBSIDY = 5, "技能提升补贴申领"
    MEDICAL_BY_HAND = 6, "医疗费用手工报销"
    MATERNITY_ALLOWANCE = 7, "生育津贴申领"
    INJURY_BY_HAND = 8, "工伤费用手工报销"
    DUTY_TO_REPORT_STOP_EVENT = 9, "停止待遇情形的报告义务"


@rule(
    name="insurance.agency_limit",
    title="经办时限（工作日）",
    article=ARTICLE,
    parameters={"limits": "insurance.agency.working_days"},
)
def agency_limit(matter: Matter, limits: Table) -> Days:
    """按经办事项查时限。

    matter: 事项
    limits: 事项与工作日
    days: 工作日
    """
    days: Days = exact(limits, matter)
    return days


@rule(
    name="insurance.agency_article",
    title="经办时限的条文",
    article=ARTICLE,
    parameters={"articles": "insurance.agency.articles"},
)
def agency_article(matter: Matter, articles: Table) -> Count:
    """规定时限的条文序号。

    matter: 事项
    articles: 事项与条文
    number: 条
    """
    number: Count = exact(articles, matter)
    return number
