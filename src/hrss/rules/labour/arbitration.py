"""Arbitration: final awards item by item, simplified and collective procedure, how long files are kept.

A limitation period is a defence: it is shown to the panel and never rejects a case by itself.
"""

from __future__ import annotations

from hrss.rules.engine import rule
from hrss.rules.engine.units import Choice, Count, Fen, Flag, Wage, Years

FINAL = "劳动争议调解仲裁法第四十七条；劳动人事争议仲裁办案规则第五十条"


class ClaimKind(Choice):
    """Kinds of claim, as far as finality needs them apart."""

    MONEY = 1, "劳动报酬、工伤医疗费、经济补偿或者赔偿金"
    STATE_STANDARD = 2, "因执行国家劳动标准在工作时间、休息休假、社会保险等方面发生的争议"
    OTHER = 3, "其他请求"


class Closing(Choice):
    """How a case was closed."""

    AWARD = 1, "裁决"
    OTHER = 2, "调解、撤回、撤销等其他方式"


@rule(
    name="labour.final_award_limit",
    title="终局裁决金额上限（每项）",
    article=FINAL,
)
def final_award_limit(minimum_wage: Wage) -> Fen:
    """当地月最低工资标准十二个月的金额。

    minimum_wage: 当地月最低工资
    """
    return minimum_wage * 12


@rule(
    name="labour.is_final_item",
    title="该项裁决是否终局",
    article=FINAL,
)
def is_final_item(kind: ClaimKind, amount: Fen, minimum_wage: Wage) -> Flag:
    """金额类请求逐项不超过十二个月最低工资的为终局，不看各项之和；执行国家劳动标准的争议为终局；其他不是。

    kind: 请求种类
    amount: 裁决金额
    minimum_wage: 当地月最低工资
    limit: 金额上限
    """
    if kind == ClaimKind.STATE_STANDARD:
        return True
    limit: Fen = final_award_limit(minimum_wage)
    return kind == ClaimKind.MONEY and amount <= limit


@rule(
    name="labour.award_documents",
    title="应制作的裁决书份数",
    article="劳动人事争议仲裁办案规则第五十条末款",
)
def award_documents(final_items: Count, other_items: Count) -> Count:
    """既有终局又有非终局的，分别制作裁决书。

    final_items: 终局项数
    other_items: 非终局项数
    """
    return (1 if final_items > 0 else 0) + (1 if other_items > 0 else 0)


@rule(
    name="labour.may_use_simplified",
    title="可否适用简易处理",
    article="劳动人事争议仲裁办案规则第五十六条、第五十七条",
)
def may_use_simplified(clear_and_small: Flag, amount: Fen, yearly_mean: Fen, both_agree: Flag, excluded: Flag) -> Flag:
    """事实清楚争议不大、标的不超过本省上年度职工年平均工资，或双方同意，三者有一即可；涉及国家或公共利益、重大社会影响、被申请人下落不明等的不可。

    clear_and_small: 事实清楚、争议不大
    amount: 标的额
    yearly_mean: 本省上年度职工年平均工资
    both_agree: 双方同意
    excluded: 有不得适用的情形
    """
    return not excluded and (clear_and_small or amount <= yearly_mean or both_agree)


@rule(
    name="labour.is_collective",
    title="是否集体劳动人事争议",
    article="劳动人事争议仲裁办案规则第五条、第六十二条",
    parameters={"workers_from": "labour.collective.workers_from"},
)
def is_collective(workers: Count, common_claim: Flag, collective_contract: Flag, workers_from: Count) -> Flag:
    """十人以上有共同请求的，或者因履行集体合同发生的，按集体争议处理，优先立案、优先审理。

    workers: 劳动者人数
    common_claim: 有共同请求
    collective_contract: 因履行集体合同
    workers_from: 人数线
    """
    return collective_contract or (common_claim and workers >= workers_from)


@rule(
    name="labour.file_years",
    title="仲裁案卷最短保存年限",
    article="劳动人事争议仲裁办案规则第二十四条",
    parameters={"after_award": "labour.file.years_after_award", "otherwise": "labour.file.years_otherwise"},
)
def file_years(closing: Closing, after_award: Years, otherwise: Years) -> Years:
    """以裁决结案的不少于十年，以调解、撤回等其他方式结案的不少于五年。

    closing: 结案方式
    after_award: 裁决结案年限
    otherwise: 其他方式结案年限
    """
    return after_award if closing == Closing.AWARD else otherwise
