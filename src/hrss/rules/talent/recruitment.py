"""Recruitment of public institutions and continuing education: opening ratio, scores, hours.

A post that too few apply for is reduced or cancelled; an urgent exception needs filing and is not decided here.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine import half_up, refuse, rule
from hrss.rules.engine.units import COUNT, HUNDREDTHS, SCORE, Count, Flag, Hours, Score, Unit

ExamScore: TypeAlias = Annotated[int, SCORE.within(0, 500 * HUNDREDTHS)]
WEIGHT = Unit("weight", "", HUNDREDTHS, 0, HUNDREDTHS)
Weight: TypeAlias = Annotated[int, WEIGHT]
Portion: TypeAlias = Annotated[int, COUNT.within(1, 100)]
ARTICLE = "重庆市事业单位公开招聘工作规定（渝人发〔2006〕44号、渝人社发〔2011〕326号）"


@rule(
    name="talent.post_may_open",
    title="招聘岗位是否达到开考比例",
    article=ARTICLE,
    parameters={"lowest": "talent.recruitment.lowest_ratio"},
)
def post_may_open(applicants: Count, posts: Count, lowest: Count) -> Flag:
    """开考比例一般三比一，最低可以放宽到二比一；达不到的递减或取消岗位。

    applicants: 报名人数
    posts: 招聘名额
    lowest: 最低比例
    """
    return posts > 0 and applicants >= posts * lowest


@rule(
    name="talent.posts_after_reduction",
    title="递减后的招聘名额",
    article=ARTICLE,
    parameters={"lowest": "talent.recruitment.lowest_ratio"},
    rounding="舍去不足一个的部分",
)
def posts_after_reduction(applicants: Count, posts: Count, lowest: Count) -> Count:
    """递减到报名人数能够满足最低开考比例为止；为零的取消招聘。

    applicants: 报名人数
    posts: 招聘名额
    lowest: 最低比例
    """
    if lowest < 1:
        refuse("最低比例应大于零")
    return min(posts, applicants // lowest)


@rule(
    name="talent.interview_places",
    title="进入面试人数",
    article=ARTICLE,
    parameters={"ratio": "talent.recruitment.interview_ratio"},
)
def interview_places(posts: Count, ratio: Count) -> Count:
    """按名额三比一确定，末位同分的一并进入。

    posts: 招聘名额
    ratio: 面试比例
    """
    return posts * ratio


@rule(
    name="talent.scaled_score",
    title="折合百分制得分",
    article=ARTICLE,
)
def scaled_score(score: ExamScore, full: ExamScore) -> Score:
    """得分除以满分再乘以一百。

    score: 得分
    full: 满分
    """
    if full < 1 or score > full:
        refuse("得分不能高于满分")
    return half_up(score * 100 * HUNDREDTHS, full)


@rule(
    name="talent.recruitment_score",
    title="招聘总成绩",
    article=ARTICLE,
    rounding="四舍五入到百分之一分",
)
def recruitment_score(
    public: ExamScore,
    public_full: ExamScore,
    professional: ExamScore,
    professional_full: ExamScore,
    interview: ExamScore,
    public_weight: Weight,
    professional_weight: Weight,
    interview_weight: Weight,
) -> Score:
    """公共科目、专业科目折合百分制后与面试成绩加权相加，权重之和为一；公告未写明折合办法的以公告为准。

    public: 公共科目得分
    public_full: 公共科目满分
    professional: 专业科目得分
    professional_full: 专业科目满分
    interview: 面试得分
    public_weight: 公共科目权重
    professional_weight: 专业科目权重
    interview_weight: 面试权重
    over: 通分后的分母
    written: 通分后的笔试加权和
    """
    if public_weight + professional_weight + interview_weight != HUNDREDTHS:
        refuse("权重之和应为一")
    if public_full < 1 or professional_full < 1 or public > public_full or professional > professional_full:
        refuse("得分不能高于满分")
    written: Count = public * professional_full * public_weight + professional * public_full * professional_weight
    over: Count = public_full * professional_full
    return half_up(written * 100 * HUNDREDTHS + interview * over * interview_weight, over * HUNDREDTHS)


@rule(
    name="talent.education_is_complete",
    title="继续教育学时是否达标",
    article="专业技术人员继续教育规定（人社部令第25号）第八条",
    parameters={
        "total_from": "talent.education.total_hours",
        "numerator": "talent.education.professional_numerator",
        "denominator": "talent.education.professional_denominator",
    },
)
def education_is_complete(
    total: Hours, professional: Hours, total_from: Hours, numerator: Portion, denominator: Portion
) -> Flag:
    """每年累计不少于九十学时，其中专业科目一般不少于总学时的三分之二。

    total: 总学时
    professional: 专业科目学时
    total_from: 最少总学时
    numerator: 专业科目比例的分子
    denominator: 专业科目比例的分母
    """
    if professional > total:
        refuse("专业科目学时多于总学时")
    return total >= total_from and professional * denominator >= total * numerator
