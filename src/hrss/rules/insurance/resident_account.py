"""The personal account of the residents' pension: what a payment credits, and the balance in the middle of a year.

It keeps the same annual ledger as the employees’ account (credit and interest product of a year) at its own rate.
Missing years may be made up once, without subsidy.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import half_up, rule
from hrss.rules.engine.units import FEN, ONE, RATE, Count, Fen, Years

ARTICLE = "国发〔2014〕8号；重庆市城乡居民基本养老保险办法"
FUND = "城乡居民基本养老保险基金（个人账户）"
Small = Annotated[int, FEN.within(0, 10**9)]
Product = Annotated[int, FEN.within(0, 12 * 10**9)]
MonthOfYear = Annotated[int, FEN.within(1, 12)]
Interest = Annotated[int, RATE.within(0, ONE // 2)]


@rule(name="insurance.resident_credit", title="居民个人账户记账额", article=ARTICLE, payer=FUND)
def resident_credit(payment: Small, subsidy: Small) -> Fen:
    """个人缴费和政府补贴全部记入个人账户。

    payment: 个人缴费
    subsidy: 政府补贴
    """
    return payment + subsidy


@rule(name="insurance.resident_product", title="居民当年记息积数", article=ARTICLE)
def resident_product(credit: Small, month: MonthOfYear) -> Fen:
    """记账额乘以到年末的计息月数（十三减缴费月份）。

    credit: 记账额
    month: 缴费月份
    """
    return credit * (13 - month)


@rule(name="insurance.resident_balance", title="居民个人账户年中储存额", article=ARTICLE, payer=FUND)
def resident_balance(balance: Fen, credit: Small, product: Product, months: MonthOfYear, rate: Interest) -> Fen:
    """年中申领待遇时：上年末余额按当年已过月数计息，当年记账额只计缴费后的月数，合并一次取整到分。

    balance: 上年末余额
    credit: 当年记账额
    product: 当年记息积数（算到年末）
    months: 当年已过月数
    rate: 记账利率
    elapsed: 当年记息积数（算到申领月）
    interest: 当年利息
    """
    elapsed: Fen = max(product - credit * (12 - months), 0)
    interest: Fen = half_up((balance * months + elapsed) * rate, 12 * ONE)
    return balance + credit + interest


@rule(
    name="insurance.resident_missing_years",
    title="居民养老保险还差的缴费年限",
    article=ARTICLE,
    parameters={"required": "insurance.resident.required_years"},
)
def resident_missing_years(years: Count, required: Years) -> Years:
    """年满六十周岁时缴费不足最低年限的，可以一次补足；补缴部分没有政府补贴。

    years: 已缴年数
    required: 最低缴费年限
    """
    return max(required - years, 0)


@rule(name="insurance.resident_remaining", title="居民个人账户余额", article="社会保险法第十四条", payer=FUND)
def resident_remaining(account: Fen, monthly: Small, months: Count) -> Fen:
    """领取待遇后，个人账户余额为领取时的储存额减去已支付的个人账户养老金，不低于零。

    account: 领取时的储存额
    monthly: 每月个人账户养老金
    months: 已领取月数
    """
    return max(account - monthly * months, 0)
