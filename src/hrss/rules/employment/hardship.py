"""Hardship groups and zero-employment families, as Chongqing's list has them.

Recognition needs unemployment registration first. The age lines are parameters; a group the city adds later is a new
member of the list, not a flag somebody may set freely.
"""

from __future__ import annotations

from hrss.rules.engine import refuse, rule
from hrss.rules.engine.units import Choice, Count, Flag, Years

ARTICLE = "就业促进法第五十二条；重庆市就业困难人员认定范围"


class Sex(Choice):
    """Sex of the person."""

    MALE = 1, "男"
    FEMALE = 2, "女"


class HardshipGroup(Choice):
    """Groups of the list; NONE means the person belongs to none."""

    NONE = 0, "不属于就业困难人员"
    OLDER = 1, "大龄登记失业人员"
    LOW_INCOME = 2, "低保家庭成员"
    ZERO_EMPLOYMENT = 3, "零就业家庭成员"
    GRADUATE = 4, "离校两年内未就业高校毕业生"
    FORMERLY_POOR = 5, "脱贫人口"
    DISABLED = 6, "残疾人"
    VETERAN = 7, "退役军人"
    RELEASED = 8, "刑满释放或戒毒康复人员"
    OVERCAPACITY = 9, "化解过剩产能职工"
    OTHER = 10, "市里确定的其他人员"


@rule(
    name="employment.is_older_unemployed",
    title="是否大龄登记失业人员",
    article=ARTICLE,
    parameters={"men_from": "employment.hardship.men_from", "women_from": "employment.hardship.women_from"},
)
def is_older_unemployed(sex: Sex, age: Years, men_from: Years, women_from: Years) -> Flag:
    """登记失业的男性满五十周岁、女性满四十周岁，为大龄失业人员。

    sex: 性别
    age: 周岁
    men_from: 男性起始年龄
    women_from: 女性起始年龄
    limit: 适用的起始年龄
    """
    limit: Years = men_from if sex == Sex.MALE else women_from
    return age >= limit


@rule(
    name="employment.hardship_group",
    title="就业困难人员类别",
    article=ARTICLE,
    parameters={"men_from": "employment.hardship.men_from", "women_from": "employment.hardship.women_from"},
)
def hardship_group(
    registered: Flag, sex: Sex, age: Years, claimed: HardshipGroup, men_from: Years, women_from: Years
) -> HardshipGroup:
    """已办理失业登记的人员，达到大龄年龄的按大龄认定，否则按有佐证的类别认定；未办失业登记的不认定。

    registered: 已办理失业登记
    sex: 性别
    age: 周岁
    claimed: 有佐证的类别
    men_from: 男性起始年龄
    women_from: 女性起始年龄
    older: 达到大龄年龄
    """
    if not registered:
        return HardshipGroup.NONE
    older: Flag = is_older_unemployed(sex, age, men_from, women_from)
    if older:
        return HardshipGroup.OLDER
    return HardshipGroup.NONE if claimed == HardshipGroup.OLDER else claimed


@rule(
    name="employment.is_zero_employment_family",
    title="是否零就业家庭",
    article="就业促进法第五十六条",
)
def is_zero_employment_family(working_age: Count, unemployed: Count) -> Flag:
    """法定劳动年龄内有劳动能力且不在学的家庭成员全部失业的，为零就业家庭；没有这样的成员的不是。

    working_age: 应就业的家庭成员人数
    unemployed: 其中失业人数
    """
    if unemployed > working_age:
        refuse("失业人数多于应就业人数")
    return working_age > 0 and unemployed == working_age


@rule(
    name="employment.counts_for_zero_employment",
    title="是否计入零就业家庭的应就业成员",
    article="就业促进法第五十六条",
    parameters={"from_age": "employment.working_age.from", "to_age": "employment.working_age.to"},
)
def counts_for_zero_employment(age: Years, excused: Flag, from_age: Years, to_age: Years) -> Flag:
    """年满十六周岁、未到退休年龄，且不是在校学生、丧失劳动能力、服役或服刑的成员，才计入。

    age: 周岁
    excused: 在校、丧失劳动能力、服役或服刑
    from_age: 劳动年龄下限
    to_age: 劳动年龄上限
    """
    return from_age <= age and age <= to_age and not excused


@rule(
    name="employment.registration_ends",
    title="失业登记是否应当注销",
    article="就业服务与就业管理规定第六十六条",
    parameters={"most_silent": "employment.registration.most_months_without_contact"},
)
def registration_ends(
    employed: Flag, draws_pension: Flag, unable_or_away: Flag, refused: Flag, months_silent: Count, most_silent: Count
) -> Flag:
    """已就业或创业、享受养老待遇、丧失劳动能力或参军升学出境服刑、放弃或拒绝服务、连续六个月未与机构联系的，注销失业登记。

    employed: 已被录用、创业或有不低于最低工资的稳定收入
    draws_pension: 已享受基本养老保险待遇
    unable_or_away: 完全丧失劳动能力，或入学、服役、移居境外、被判刑
    refused: 终止就业要求或拒绝接受公共就业服务
    months_silent: 连续未联系的月数
    most_silent: 未联系的最长月数
    gone: 已有注销情形
    """
    gone: Flag = employed or draws_pension or unable_or_away or refused
    return gone or months_silent >= most_silent


@rule(
    name="employment.zero_employment_is_cleared",
    title="零就业家庭是否动态清零",
    article="就业促进法第五十六条",
)
def zero_employment_is_cleared(recognised: Count, helped: Count) -> Flag:
    """月末每户认定的零就业家庭都至少有一人就业，为动态清零。

    recognised: 认定户数
    helped: 至少一人就业的户数
    """
    if helped > recognised:
        refuse("已就业户数多于认定户数")
    return helped == recognised
