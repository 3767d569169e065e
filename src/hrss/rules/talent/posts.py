"""Posts of public institutions: free posts, ratios of grades, pay steps on moving, places for disabled persons.

Ratios are split by the largest remainder. Pay tables of 2021 and county-level promotion years were not found: the
rules that need them read empty parameters and refuse.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.kernel.problem import Problem
from hrss.rules.engine import exact, refuse, rule, share_of
from hrss.rules.engine.units import HUNDREDTHS, ONE, Choice, Count, Fen, FenTable, Flag, Grade, Rate, Unit, Years
from hrss.rules.general.signed import SignedCount

PERSONS = Unit("persons", "人", HUNDREDTHS, 0, 10**11)
Persons: TypeAlias = Annotated[int, PERSONS]
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
