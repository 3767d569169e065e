"""Refusal to pay wages: the amount that makes it a crime, and when the file goes to the police.

Every province sets its own lines within the band of the Supreme Court; where a province's are not known nothing is
computed.
"""

from __future__ import annotations

from hrss.rules.engine import rule
from hrss.rules.engine.units import Count, Fen, Flag, Months

CRIME = "法释〔2013〕3号第三条"


@rule(
    name="labour.reaches_crime_line",
    title="拒付报酬是否达到数额标准",
    article=CRIME,
    parameters={
        "single_months": "labour.crime.single_months",
        "single_amount": "labour.crime.single_amount",
        "group_workers": "labour.crime.group_workers",
        "group_amount": "labour.crime.group_amount",
    },
)
def reaches_crime_line(
    workers: Count,
    months_owed: Months,
    largest_single: Fen,
    total: Fen,
    single_months: Months,
    single_amount: Fen,
    group_workers: Count,
    group_amount: Fen,
) -> Flag:
    """拒付一名劳动者三个月以上报酬且达到单人数额，或者拒付十名以上劳动者报酬且累计达到群体数额。

    workers: 被拖欠人数
    months_owed: 拖欠月数
    largest_single: 其中一人最高数额
    total: 累计数额
    single_months: 单人月数线
    single_amount: 单人数额线
    group_workers: 群体人数线
    group_amount: 群体数额线
    by_single: 单人达到
    by_group: 群体达到
    """
    by_single: Flag = workers >= 1 and months_owed >= single_months and largest_single >= single_amount
    by_group: Flag = workers >= group_workers and total >= group_amount
    return by_single or by_group


@rule(
    name="labour.must_transfer",
    title="是否移送公安机关",
    article="法释〔2013〕3号第四条、第六条",
)
def must_transfer(amount_reached: Flag, order_served: Flag, paid_before_deadline: Flag) -> Flag:
    """数额达到标准、责令支付文书已送达、期限届满仍未支付的移送；期限内已支付的不移送。

    amount_reached: 数额达到标准
    order_served: 责令支付文书已送达
    paid_before_deadline: 期限内已支付
    """
    return amount_reached and order_served and not paid_before_deadline
