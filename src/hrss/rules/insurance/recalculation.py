"""After the event: provisional payment and back pay, overpayment, instalments, offset from later benefits.

Paying on a provisional base and settling when the base is out is a normal batch; what is owed either way is here.
Fraud is fined by people within the range of the law, not by a formula.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import rule, share_of, up
from hrss.rules.engine.units import COUNT, FEN, ONE, RATE, Fen, Months, SignedFen

Monthly = Annotated[int, FEN.within(0, 10**9)]
Share = Annotated[int, RATE.within(0, ONE)]
Instalments = Annotated[int, COUNT.within(1, 1200)]


@rule(name="insurance.back_pay", title="重算补差", article="计发基数公布后重新核定", payer="原支付基金")
def back_pay(paid_monthly: Monthly, final_monthly: Monthly, months: Months) -> SignedFen:
    """重新核定后的月待遇减去已发月待遇，乘以已发月数；正数补发，负数为多发。

    paid_monthly: 已发月待遇
    final_monthly: 重新核定的月待遇
    months: 已发月数
    """
    return (final_monthly - paid_monthly) * months


@rule(
    name="insurance.overpayment",
    title="多领待遇",
    article="社会保险经办条例第四十六条、第五十五条",
    payer="本人或其亲属退回",
)
def overpayment(monthly: Monthly, months: Months, already_returned: Fen) -> Fen:
    """应停未停期间每月待遇之和，减去已退回的金额，不低于零。

    monthly: 月待遇
    months: 多领月数
    already_returned: 已退回金额
    """
    return max(monthly * months - already_returned, 0)


@rule(name="insurance.instalment", title="分期退回每期金额", article="社会保险经办条例第四十六条")
def instalment(debt: Fen, periods: Instalments) -> Fen:
    """应退金额除以期数，向上取整到分；最后一期为余额。

    debt: 应退金额
    periods: 期数
    """
    return up(debt, periods)


@rule(name="insurance.last_instalment", title="分期退回最后一期", article="社会保险经办条例第四十六条")
def last_instalment(debt: Fen, periods: Instalments) -> Fen:
    """应退金额减去前面各期。

    debt: 应退金额
    periods: 期数
    each: 每期金额
    """
    each: Fen = up(debt, periods)
    return max(debt - each * (periods - 1), 0)


@rule(
    name="insurance.offset",
    title="从后续待遇中抵扣",
    article="社会保险经办条例第四十六条；人社部发〔2024〕74号",
    parameters={"share": "insurance.recovery.offset_share"},
)
def offset(benefit: Monthly, debt: Fen, share: Share) -> Fen:
    """每月抵扣不超过当月待遇的规定比例，也不超过尚欠金额。

    benefit: 当月待遇
    debt: 尚欠金额
    share: 抵扣比例上限
    """
    return min(share_of(benefit, share), debt)


@rule(
    name="insurance.fraud_fine_most",
    title="骗取待遇罚款上限",
    article="社会保险法第八十八条；社会保险经办条例第五十五条",
)
def fraud_fine_most(obtained: Fen) -> Fen:
    """处骗取金额二倍以上五倍以下罚款；本规则给出上限。

    obtained: 骗取金额
    """
    return obtained * 5
