"""Posts of public institutions: free posts, ratios of grades, pay steps on moving, places for disabled persons.

Ratios are split by the largest remainder. Pay tables of 2021 and county-level promotion years were not found: the
rules that need them read empty parameters and refuse.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.kernel.problem import Problem
from hrss.rules.engine import exact, refuse, rule, share_of
from hrss.rules.engine.units import (
    COUNT,
    GRADE,
    HUNDREDTHS,
    ONE,
    Choice,
    Count,
    Fen,
    FenTable,
    Flag,
    Grade,
    Rate,
    Table,
    Unit,
    Years,
)
from hrss.rules.general.signed import SignedCount

PERSONS = Unit("persons", "人", HUNDREDTHS, 0, 10**11)
Persons: TypeAlias = Annotated[int, PERSONS]
Places: TypeAlias = Annotated[int, COUNT.within(0, 10**7)]
Portion: TypeAlias = Annotated[int, COUNT.within(1, 1000)]
ARTICLE = "事业单位岗位设置管理试行办法（国人部发〔2006〕70号、87号）"


class Move(Choice):
    """How a person changes post."""

    UP = 1, "晋升"
    DOWN = 2, "降低"
    ACROSS = 3, "转任"


@rule(
    name="talent.free_posts",
    title="空缺岗位数",
    article=ARTICLE,
)
def free_posts(approved: Count, actual: Count, pending: Count) -> SignedCount:
    """核准数减去在岗数和已批未到岗数；小于零为超岗。

    approved: 核准岗位数
    actual: 在岗数
    pending: 已批未到岗数
    """
    return approved - actual - pending


@rule(
    name="talent.may_fill_posts",
    title="岗位申请是否在额度内",
    article=ARTICLE,
)
def may_fill_posts(approved: Count, actual: Count, pending: Count, requested: Count) -> Flag:
    """空缺岗位数不少于申请数的，可以申请。

    approved: 核准岗位数
    actual: 在岗数
    pending: 已批未到岗数
    requested: 申请数
    free: 空缺岗位数
    """
    free: SignedCount = free_posts(approved, actual, pending)
    return free >= requested


def split_posts(posts: int, ratio: tuple[int, ...]) -> tuple[int, ...]:
    """Split posts by a ratio (高:中:初 1:3:6 …) with the largest remainder; ties go to the first named.

    Problem ``talent.ratio`` for an empty or negative ratio or a negative number of posts.
    """
    whole = sum(ratio)
    if posts < 0 or whole <= 0 or min(ratio) < 0:
        raise Problem(
            "talent.ratio",
            "岗位数和比例须为不小于零的数，比例之和须大于零",
            rule=ARTICLE,
            remedy="请核对比例",
            field="ratio",
        )
    shares = [posts * part // whole for part in ratio]
    by_remainder = sorted(range(len(ratio)), key=lambda at: -(posts * ratio[at] % whole))
    for at in by_remainder[: posts - sum(shares)]:
        shares[at] += 1
    return tuple(shares)


class Rank(Choice):
    """The three ranks a ratio of posts is written for."""

    HIGH = 1, "高级"
    MIDDLE = 2, "中级"
    JUNIOR = 3, "初级"


@rule(
    name="talent.rests_before",
    title="余数排在前面的等级数",
    article=ARTICLE,
)
def rests_before(rank: Rank, high_rest: Count, middle_rest: Count, junior_rest: Count) -> Count:
    """余数更大的排在前面；余数相同的，较高等级排在前面。

    rank: 等级
    high_rest: 高级余数
    middle_rest: 中级余数
    junior_rest: 初级余数
    """
    if rank == Rank.HIGH:
        return (1 if middle_rest > high_rest else 0) + (1 if junior_rest > high_rest else 0)
    if rank == Rank.MIDDLE:
        return (1 if high_rest >= middle_rest else 0) + (1 if junior_rest > middle_rest else 0)
    return (1 if high_rest >= junior_rest else 0) + (1 if middle_rest >= junior_rest else 0)


@rule(
    name="talent.posts_by_ratio",
    title="按结构比例核定的岗位数",
    article=ARTICLE,
    rounding="最大余数法，余数相同的先给较高等级",
)
def posts_by_ratio(posts: Places, high: Portion, middle: Portion, junior: Portion, rank: Rank) -> Places:
    """岗位总数按高、中、初级比例分配，先取整数部分，剩下的一个、两个依次给余数较大的等级。

    posts: 岗位总数
    high: 高级比例
    middle: 中级比例
    junior: 初级比例
    rank: 等级
    whole: 比例之和
    high_rest: 高级余数
    middle_rest: 中级余数
    junior_rest: 初级余数
    left: 取整后剩余的岗位数
    own: 本级比例
    own_rest: 本级余数
    before: 余数排在本级之前的等级数
    """
    whole: Count = high + middle + junior
    high_rest: Count = posts * high % whole
    middle_rest: Count = posts * middle % whole
    junior_rest: Count = posts * junior % whole
    left: Count = (high_rest + middle_rest + junior_rest) // whole
    own: Portion = high if rank == Rank.HIGH else middle if rank == Rank.MIDDLE else junior
    own_rest: Count = posts * own % whole
    before: Count = rests_before(rank, high_rest, middle_rest, junior_rest)
    return (posts * own - own_rest) // whole + (1 if before < left else 0)


@rule(
    name="talent.step_after_move",
    title="变动岗位后的薪级",
    article="事业单位工作人员收入分配制度改革实施办法",
)
def step_after_move(move: Move, current: Grade, new_minimum: Grade) -> Grade:
    """现薪级低于新岗位起点薪级的，执行起点薪级；其余薪级不变；聘用到较低岗位的薪级不变。

    move: 变动方式
    current: 现薪级
    new_minimum: 新岗位起点薪级
    """
    return current if move == Move.DOWN else max(current, new_minimum)


@rule(
    name="talent.step_counts_anew",
    title="薪级是否从次年重新起算",
    article="事业单位工作人员收入分配制度改革实施办法",
)
def step_counts_anew(move: Move, current: Grade, new_minimum: Grade) -> Flag:
    """因执行新岗位起点薪级而提高薪级的，从次年起重新计算增加薪级。

    move: 变动方式
    current: 现薪级
    new_minimum: 新岗位起点薪级
    """
    return move != Move.DOWN and current < new_minimum


@rule(
    name="talent.disabled_places",
    title="应安排残疾人就业人数",
    article="残疾人就业条例第八条",
    parameters={"share": "talent.disabled.share"},
    rounding="不取整，保留到百分之一人",
)
def disabled_places(staff: Count, share: Rate) -> Persons:
    """安排残疾人就业的比例不低于在职职工总数的百分之一点五。

    staff: 在职职工总数
    share: 比例
    """
    return share_of(staff * HUNDREDTHS, share)


@rule(
    name="talent.post_salary",
    title="岗位工资",
    article="事业单位岗位工资标准（2021 年 10 月标准未查到）",
    parameters={"table": "talent.salary.post"},
)
def post_salary(grade: Grade, table: FenTable) -> Fen:
    """按岗位等级查岗位工资标准；标准未导入前不计算。

    grade: 岗位等级
    table: 岗位工资标准
    salary: 岗位工资
    """
    salary: Fen = exact(table, grade)
    return salary


@rule(
    name="talent.step_salary",
    title="薪级工资",
    article="事业单位薪级工资标准（2021 年 10 月标准未查到）",
    parameters={"table": "talent.salary.step"},
)
def step_salary(step: Grade, table: FenTable) -> Fen:
    """按薪级查薪级工资标准；标准未导入前不计算。

    step: 薪级
    table: 薪级工资标准
    salary: 薪级工资
    """
    salary: Fen = exact(table, step)
    return salary


@rule(
    name="talent.may_be_promoted",
    title="职员等级晋升年限是否达到",
    article="事业单位管理岗位职员等级晋升制度（县级年限未查到）",
    parameters={"years_needed": "talent.promotion.years"},
)
def may_be_promoted(years_in_grade: Years, years_needed: Years, excellent: Count) -> Flag:
    """任现等级达到规定年限的可以晋升；年限由县里按现行规定录入，未录入前不判断。年度考核优秀次数由经办核对。

    years_in_grade: 任现等级年数
    years_needed: 规定年限
    excellent: 优秀次数
    """
    if excellent > years_in_grade + 1:
        refuse("优秀次数多于任职年数")
    return years_in_grade >= years_needed


@rule(
    name="talent.professional_share_is_enough",
    title="专业技术岗位比例是否达标",
    article=ARTICLE,
    parameters={"share": "talent.posts.professional_share"},
)
def professional_share_is_enough(professional: Count, total: Count, share: Rate) -> Flag:
    """主要以专业技术提供社会公益服务的单位，专业技术岗位一般不低于岗位总量的百分之七十。

    professional: 专业技术岗位数
    total: 岗位总量
    share: 比例
    """
    return total > 0 and professional * ONE >= total * share


@rule(
    name="talent.management_post_is_open",
    title="可否聘用到较高管理岗位",
    article="事业单位岗位设置管理试行办法（国人部发〔2006〕70号）",
    parameters={"years_needed": "talent.management_post.years"},
)
def management_post_is_open(
    wanted: Annotated[int, GRADE.within(3, 8)], years_below: Years, years_needed: Table
) -> Flag:
    """聘用到三至八级管理岗位，须在下一等级管理岗位工作满规定年限。

    wanted: 拟聘管理岗位等级
    years_below: 在下一等级岗位的年数
    years_needed: 各等级所需年数
    needed: 所需年数
    """
    needed: Count = exact(years_needed, wanted)
    return years_below >= needed


@rule(
    name="talent.worker_share_is_within",
    title="工勤技能岗位结构是否合规",
    article=ARTICLE,
    parameters={"top_most": "talent.posts.worker_top_share", "upper_most": "talent.posts.worker_upper_share"},
)
def worker_share_is_within(total: Count, top: Count, third: Count, top_most: Rate, upper_most: Rate) -> Flag:
    """一、二级岗位不超过工勤技能岗位总量的百分之五，一、二、三级合计不超过百分之二十五。

    total: 工勤技能岗位总量
    top: 一、二级岗位数
    third: 三级岗位数
    top_most: 一、二级比例上限
    upper_most: 一、二、三级比例上限
    """
    return top * ONE <= total * top_most and (top + third) * ONE <= total * upper_most


@rule(
    name="talent.step_of_next_year",
    title="次年薪级",
    article="事业单位工作人员收入分配制度改革实施办法",
    parameters={"highest": "talent.salary.highest_step"},
)
def step_of_next_year(current: Grade, qualified: Flag, highest: Grade) -> Grade:
    """年度考核合格以上的，次年一月一日起增加一级薪级，到最高薪级为止；不合格的不增加。

    current: 现薪级
    qualified: 年度考核合格以上
    highest: 最高薪级
    """
    return min(current + 1, max(highest, current)) if qualified else current
