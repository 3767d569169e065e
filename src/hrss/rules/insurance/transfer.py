"""Moving a pension relation between provinces: what moves, and where the pension is claimed.

Inside Chongqing nothing moves. Months before 1998 and the account part of each year come from the ledger; here is the
formula of the pooled part and the order of places.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import rule, share_of
from hrss.rules.engine.units import FEN, Choice, Fen, Flag, Months, Rate, Years

ARTICLE = "国办发〔2009〕66号"
YearBase = Annotated[int, FEN.within(0, 10**10)]


class ClaimPlace(Choice):
    """Where a pension is claimed."""

    HOUSEHOLD = 1, "户籍所在地"
    CURRENT = 2, "当前参保地"
    LAST_TEN_YEARS = 3, "上一个缴费满十年的参保地"


class Sex(Choice):
    """Sex as in the register."""

    MALE = 1, "男"
    FEMALE = 2, "女"


@rule(
    name="insurance.transfer_pooled",
    title="跨省转移的统筹基金",
    article=ARTICLE,
    payer="转出地基本养老保险基金",
    parameters={"rate": "insurance.transfer.pooled_rate"},
)
def transfer_pooled(bases: YearBase, rate: Rate) -> Fen:
    """一九九八年起各年实际缴费工资合计的百分之十二，不足一年按实际月数。

    bases: 实际缴费工资合计
    rate: 转移比例
    """
    return share_of(bases, rate)


@rule(
    name="insurance.transfer_account",
    title="跨省转移的个人账户（本金）",
    article=ARTICLE,
    payer="转出地基本养老保险基金（个人账户）",
    parameters={"rate": "insurance.transfer.account_share"},
)
def transfer_account(bases: YearBase, rate: Rate) -> Fen:
    """一九九八至二〇〇五年按百分之十一、二〇〇六年起按百分之八，一九九八年前只转个人缴费本息；利息由台账计算，全部转移。

    bases: 实际缴费工资合计
    rate: 记账比例
    """
    return share_of(bases, rate)


@rule(name="insurance.claim_place", title="待遇领取地", article="国办发〔2009〕66号第六条")
def claim_place(relation_in_household: Flag, current_ten_years: Flag, earlier_ten_years: Flag) -> ClaimPlace:
    """关系在户籍地的在户籍地；否则当前参保地满十年的在当前参保地；否则在上一个满十年的参保地；都不满十年的归户籍地。

    relation_in_household: 养老保险关系是否在户籍地
    current_ten_years: 当前参保地缴费是否满十年
    earlier_ten_years: 是否有满十年的原参保地
    """
    if relation_in_household:
        return ClaimPlace.HOUSEHOLD
    if current_ten_years:
        return ClaimPlace.CURRENT
    return ClaimPlace.LAST_TEN_YEARS if earlier_ten_years else ClaimPlace.HOUSEHOLD


@rule(name="insurance.temporary_account", title="是否建立临时缴费账户", article="国办发〔2009〕66号第五条")
def temporary_account(sex: Sex, age: Years, moves_to_household: Flag) -> Flag:
    """男满五十周岁、女满四十周岁首次到非户籍地参保的，建立临时账户，不转移关系。

    sex: 性别
    age: 周岁
    moves_to_household: 是否转往户籍地
    """
    if moves_to_household:
        return False
    return age >= (50 if sex == Sex.MALE else 40)


@rule(name="insurance.transfer_total", title="跨省转移总额", article=ARTICLE, payer="转出地基本养老保险基金")
def transfer_total(account: Fen, pooled: Fen, months: Months) -> Fen:
    """个人账户储存额加统筹基金；没有缴费月份的为零。

    account: 个人账户储存额
    pooled: 统筹基金
    months: 缴费月数
    """
    return account + pooled if months > 0 else 0
