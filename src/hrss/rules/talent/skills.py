"""Skill grades: the eight grades and who may apply for the five that are examined.

The standard of each occupation goes first; these are the general conditions of the wording since 2023, and a faster
way in one of them suffices.
"""

from __future__ import annotations

from hrss.rules.engine import rule
from hrss.rules.engine.units import Choice, Flag, Months

ARTICLE = "国家职业标准申报条件（2023 年后通用写法）"
GRADES = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")


class Level(Choice):
    """Certificate levels, five the lowest; NONE for nobody's certificate."""

    NONE = 6, "无"
    LEVEL_5 = 5, "五级"
    LEVEL_4 = 4, "四级"
    LEVEL_3 = 3, "三级"
    LEVEL_2 = 2, "二级"
    LEVEL_1 = 1, "一级"


class Schooling(Choice):
    """Schooling that shortens the way, in the same or a related trade."""

    NONE = 0, "无"
    APPRENTICE = 1, "学徒期满"
    TECHNICAL = 2, "技工学校本专业毕业"
    COLLEGE = 3, "大专以上本专业毕业"
    SENIOR_TECHNICAL = 4, "高级技工学校本专业毕业"
    RESERVE_TECHNICIAN = 5, "取得预备技师证书"


@rule(
    name="talent.may_apply_level_5",
    title="可否申报五级",
    article=ARTICLE,
    parameters={"months_from": "talent.skill.months_for_5"},
)
def may_apply_level_5(months: Months, schooling: Schooling, months_from: Months) -> Flag:
    """从事本职业满一年，或者学徒期满。

    months: 从事本职业月数
    schooling: 学历条件
    months_from: 最短月数
    """
    return months >= months_from or schooling != Schooling.NONE


@rule(
    name="talent.may_apply_level_4",
    title="可否申报四级",
    article=ARTICLE,
    parameters={"months_from": "talent.skill.months_5_to_4"},
)
def may_apply_level_4(held: Level, months: Months, schooling: Schooling, months_from: Months) -> Flag:
    """取得五级后从事本职业满二年，或者技工学校以上本专业毕业。

    held: 已有等级
    months: 取得后从事本职业月数
    schooling: 学历条件
    months_from: 最短月数
    """
    return schooling >= Schooling.TECHNICAL or (held == Level.LEVEL_5 and months >= months_from)


@rule(
    name="talent.may_apply_level_3",
    title="可否申报三级",
    article=ARTICLE,
    parameters={"months_from": "talent.skill.months_4_to_3", "college_from": "talent.skill.months_4_to_3_college"},
)
def may_apply_level_3(
    held: Level, months: Months, schooling: Schooling, months_from: Months, college_from: Months
) -> Flag:
    """取得四级后从事本职业满四年；大专以上本专业毕业并取得四级的满二年。

    held: 已有等级
    months: 取得后从事本职业月数
    schooling: 学历条件
    months_from: 最短月数
    college_from: 大专毕业的最短月数
    needed: 适用月数
    """
    needed: Months = college_from if schooling >= Schooling.COLLEGE else months_from
    return held == Level.LEVEL_4 and months >= needed


@rule(
    name="talent.may_apply_level_2",
    title="可否申报二级",
    article=ARTICLE,
    parameters={
        "months_from": "talent.skill.months_3_to_2",
        "senior_from": "talent.skill.months_3_to_2_senior_school",
        "reserve_from": "talent.skill.months_3_to_2_reserve",
    },
)
def may_apply_level_2(
    held: Level, months: Months, schooling: Schooling, months_from: Months, senior_from: Months, reserve_from: Months
) -> Flag:
    """取得三级后从事本职业满四年；高级技工学校毕业的满三年；取得预备技师证书的满二年。

    held: 已有等级
    months: 取得后从事本职业月数
    schooling: 学历条件
    months_from: 最短月数
    senior_from: 高级技工学校毕业的最短月数
    reserve_from: 预备技师的最短月数
    after_school: 高级技工学校毕业的适用月数
    needed: 适用月数
    """
    after_school: Months = senior_from if schooling == Schooling.SENIOR_TECHNICAL else months_from
    needed: Months = reserve_from if schooling == Schooling.RESERVE_TECHNICIAN else after_school
    return held == Level.LEVEL_3 and months >= needed


@rule(
    name="talent.may_apply_level_1",
    title="可否申报一级",
    article=ARTICLE,
    parameters={"months_from": "talent.skill.months_2_to_1"},
)
def may_apply_level_1(held: Level, months: Months, months_from: Months) -> Flag:
    """取得二级后从事本职业满四年。

    held: 已有等级
    months: 取得后从事本职业月数
    months_from: 最短月数
    """
    return held == Level.LEVEL_2 and months >= months_from
