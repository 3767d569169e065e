"""Wage deposits of construction projects (工资保证金) by province.

Rates, caps and discounts differ by province and are parameters. Chongqing's own figures were not found: its rule
refuses until the county enters them.
"""

from __future__ import annotations

from hrss.rules.engine import bracket, refuse, rule, share_of
from hrss.rules.engine.units import Choice, Count, Fen, FenTable, Flag, Months, Rate, RateTable, Years

DEPOSIT = "人社部发〔2021〕65号"


class ProjectHistory(Choice):
    """The contractor's record that changes the deposit."""

    ORDINARY = 0, "一般"
    ARREARS = 1, "两年内有拖欠"
    BLACKLISTED = 2, "在失信名单"


@rule(
    name="labour.deposit_fujian",
    title="工资保证金（福建）",
    article="闽人社发〔2024〕4号",
    payer="施工总承包单位",
    parameters={
        "base": "labour.deposit.fujian.base",
        "later": "labour.deposit.fujian.later_project",
        "clean_two": "labour.deposit.fujian.clean_two_years",
        "most": "labour.deposit.fujian.most",
        "small": "labour.deposit.fujian.small_contract",
        "short": "labour.deposit.fujian.short_months",
        "arrears_factor": "labour.deposit.fujian.arrears_factor",
        "blacklist_factor": "labour.deposit.fujian.blacklist_factor",
    },
)
def deposit_fujian(
    contract: Fen,
    months: Months,
    project_number: Count,
    clean_years: Years,
    systems_kept: Flag,
    history: ProjectHistory,
    base: Rate,
    later: Rate,
    clean_two: Rate,
    most: Fen,
    small: Fen,
    short: Months,
    arrears_factor: Rate,
    blacklist_factor: Rate,
) -> Fen:
    """一般百分之一点五，同地第二个起百分之一；连续两年无拖欠百分之零点五，三年无拖欠且制度落实的免存；有拖欠的一点五倍，失信的两倍，上浮的不受限额。

    contract: 合同价
    months: 工期月数
    project_number: 在本地区的第几个项目
    clean_years: 连续无拖欠年数
    systems_kept: 实名制和专户等制度落实
    history: 拖欠记录
    base: 一般比例
    later: 第二个起比例
    clean_two: 两年无拖欠比例
    most: 限额
    small: 免存合同价界线
    short: 免存工期界线
    arrears_factor: 有拖欠的倍数
    blacklist_factor: 失信的倍数
    factor: 适用倍数
    rate: 适用比例
    """
    if history != ProjectHistory.ORDINARY:
        factor: Rate = blacklist_factor if history == ProjectHistory.BLACKLISTED else arrears_factor
        return share_of(share_of(contract, base), factor)
    if clean_years >= 3 and systems_kept:
        return 0
    if clean_years >= 1 and (contract < small or months < short):
        return 0
    rate: Rate = clean_two if clean_years >= 2 else (later if project_number > 1 else base)
    return min(share_of(contract, rate), most)


@rule(
    name="labour.deposit_anhui",
    title="工资保证金（安徽）",
    article="安徽省工程建设领域农民工工资保证金规定（2022）",
    payer="施工总承包单位",
    parameters={
        "large_from": "labour.deposit.anhui.large_from",
        "large_rate": "labour.deposit.anhui.large_rate",
        "large_most": "labour.deposit.anhui.large_most",
        "other_rate": "labour.deposit.anhui.other_rate",
        "other_most": "labour.deposit.anhui.other_most",
        "blacklist_factor": "labour.deposit.anhui.blacklist_factor",
    },
)
def deposit_anhui(
    contract: Fen,
    history: ProjectHistory,
    large_from: Fen,
    large_rate: Rate,
    large_most: Fen,
    other_rate: Rate,
    other_most: Fen,
    blacklist_factor: Rate,
) -> Fen:
    """合同价三亿元以上百分之一、最高五百万元，三亿元以下百分之二、最高三百万元；失信的加倍。

    contract: 合同价
    history: 拖欠记录
    large_from: 大额合同界线
    large_rate: 大额比例
    large_most: 大额限额
    other_rate: 一般比例
    other_most: 一般限额
    blacklist_factor: 失信的倍数
    large: 大额合同
    plain: 一般应存
    """
    large: Flag = contract >= large_from
    plain: Fen = min(share_of(contract, large_rate if large else other_rate), large_most if large else other_most)
    return share_of(plain, blacklist_factor) if history == ProjectHistory.BLACKLISTED else plain


@rule(
    name="labour.deposit_sanming",
    title="工资保证金（三明）",
    article="三明市工资保证金规定（2022）",
    payer="施工总承包单位",
    parameters={
        "rates": "labour.deposit.sanming.rates",
        "most_by_size": "labour.deposit.sanming.most",
    },
)
def deposit_sanming(contract: Fen, rates: RateTable, most_by_size: FenTable) -> Fen:
    """一亿元以上百分之一点五、最高五百万元；五千万元以上百分之二、最高一百五十万元；其他百分之三、最高一百万元。

    contract: 合同价
    rates: 各档比例（按合同价万元）
    most_by_size: 各档限额（按合同价万元）
    size: 合同价（万元）
    rate: 适用比例
    most: 适用限额
    """
    size: Count = contract // 1_000_000
    rate: Rate = bracket(rates, size)
    most: Fen = bracket(most_by_size, size)
    return min(share_of(contract, rate), most)


@rule(
    name="labour.deposit_hunan",
    title="工资保证金（湖南）",
    article="湖南省工资保证金规定",
    payer="施工总承包单位",
    parameters={
        "base": "labour.deposit.hunan.base",
        "transport_most": "labour.deposit.hunan.transport_most",
        "other_most": "labour.deposit.hunan.other_most",
    },
)
def deposit_hunan(contract: Fen, key_transport: Flag, base: Rate, transport_most: Fen, other_most: Fen) -> Fen:
    """合同价的百分之一点五，重点交通项目最高二百五十万元，其他最高一百万元。

    contract: 合同价
    key_transport: 重点交通项目
    base: 比例
    transport_most: 重点交通项目限额
    other_most: 其他项目限额
    """
    return min(share_of(contract, base), transport_most if key_transport else other_most)


@rule(
    name="labour.deposit",
    title="工资保证金（本地区）",
    article=DEPOSIT,
    payer="施工总承包单位",
    parameters={"base": "labour.deposit.base", "most": "labour.deposit.most"},
)
def deposit(contract: Fen, base: Rate, most: Fen) -> Fen:
    """按本地区公布的比例和限额计算；重庆的比例未查到，县里补录参数前不计算。

    contract: 合同价
    base: 比例
    most: 限额
    """
    return min(share_of(contract, base), most)


@rule(
    name="labour.deposit_rate_is_lawful",
    title="保证金比例是否在国家规定范围",
    article=DEPOSIT,
    parameters={
        "low": "labour.deposit.national_low",
        "high": "labour.deposit.national_high",
        "several_floor": "labour.deposit.national_several_floor",
    },
)
def deposit_rate_is_lawful(rate: Rate, several_projects: Flag, low: Rate, high: Rate, several_floor: Rate) -> Flag:
    """一般在百分之一至百分之三之间，同地有两个以上项目的可以降低，但不低于百分之零点五。

    rate: 地方比例
    several_projects: 同地两个以上项目
    low: 下限
    high: 上限
    several_floor: 多个项目的下限
    floor: 适用下限
    """
    if low > high:
        refuse("国家规定的下限高于上限")
    floor: Rate = several_floor if several_projects else low
    return floor <= rate and rate <= high


@rule(
    name="labour.deposit_is_exempt",
    title="工资保证金可否免存",
    article=DEPOSIT,
    parameters={"below": "labour.deposit.national_exempt_below"},
)
def deposit_is_exempt(contract: Fen, clean_years: Years, below: Fen) -> Flag:
    """合同价低于规定数额、且在本地区一年内没有发生拖欠的，可以免存；各地可以在规定数额以内确定。

    contract: 合同价
    clean_years: 连续无拖欠年数
    below: 免存界线
    """
    return contract < below and clean_years >= 1
