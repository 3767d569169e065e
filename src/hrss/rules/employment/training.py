"""Training subsidies: standards by level and by day, how often, and never twice for one trade and level.

The 2019–2021 schedule is kept for cases of its time; the later lists are set each year and come as parameters.
"""

from __future__ import annotations

from hrss.rules.engine import exact, rule
from hrss.rules.engine.units import Choice, Count, Days, Fen, FenTable, Flag, Grade

FUND = "就业补助资金、失业保险基金或职业技能提升行动专账资金"


class SkillLevel(Choice):
    """The five levels of a certificate, numbered as on it: five is the lowest."""

    LEVEL_5 = 5, "初级工"
    LEVEL_4 = 4, "中级工"
    LEVEL_3 = 3, "高级工"
    LEVEL_2 = 2, "技师"
    LEVEL_1 = 1, "高级技师"


class TrainingKind(Choice):
    """Kinds of training paid by the day."""

    NEW_OR_KEY = 1, "新职业/重点产业"
    SPECIAL = 2, "特色职业"


@rule(
    name="employment.training_by_level",
    title="职业技能培训补贴（按等级）",
    article="渝人社发〔2019〕124号",
    payer=FUND,
    parameters={"standards": "employment.training.by_level"},
)
def training_by_level(level: SkillLevel, standards: FenTable) -> Fen:
    """未列入目录的职业工种，按取得证书的等级定额补贴。

    level: 技能等级
    standards: 各等级标准
    standard: 本等级标准
    """
    standard: Fen = exact(standards, level)
    return standard


@rule(
    name="employment.training_by_day",
    title="职业技能培训补贴（按天）",
    article="渝人社发〔2019〕124号",
    payer=FUND,
    parameters={
        "new_daily": "employment.training.new_daily",
        "new_most": "employment.training.new_most",
        "special_daily": "employment.training.special_daily",
        "special_most": "employment.training.special_most",
    },
)
def training_by_day(
    kind: TrainingKind, days: Days, new_daily: Fen, new_most: Fen, special_daily: Fen, special_most: Fen
) -> Fen:
    """新职业和重点产业、特色职业的培训按天补贴，各有最高限额。

    kind: 培训类别
    days: 培训天数
    new_daily: 新职业、重点产业每天标准
    new_most: 新职业、重点产业最高额
    special_daily: 特色职业每天标准
    special_most: 特色职业最高额
    """
    if kind == TrainingKind.NEW_OR_KEY:
        return min(days * new_daily, new_most)
    return min(days * special_daily, special_most)


@rule(
    name="employment.ability_training",
    title="专项职业能力培训补贴",
    article="渝人社发〔2019〕124号",
    payer=FUND,
    parameters={"most": "employment.training.ability_most"},
)
def ability_training(cost: Fen, most: Fen) -> Fen:
    """专项职业能力培训据实补贴，每人不超过规定限额。

    cost: 实际培训费用
    most: 每人最高额
    """
    return min(cost, most)


@rule(
    name="employment.may_train_again",
    title="年内是否还可享受培训补贴",
    article="重庆市职业培训补贴规定",
    parameters={"most": "employment.training.most_times"},
)
def may_train_again(times_this_year: Count, requested: Count, most: Count) -> Flag:
    """每人每年享受补贴的培训不超过三次。

    times_this_year: 本年已享受次数
    requested: 本次申请次数
    most: 每年最多次数
    """
    return times_this_year + requested <= most


@rule(
    name="employment.level_is_new",
    title="该等级是否可以补贴",
    article="重庆市职业培训补贴规定",
)
def level_is_new(same_trade: Flag, held: Grade, requested: Grade) -> Flag:
    """同一职业（工种）同一等级只补一次，取得较高等级后不再补较低等级；等级数字越小越高，没有证书记作六。

    same_trade: 与已有证书同一职业
    held: 已有等级
    requested: 申请等级
    """
    return not same_trade or requested < held
