"""Landless farmers: who enters the scheme, the subsidy, and the one-off payment of the land-return scheme of 2010.

Years and amounts by age of the present scheme (渝府办发〔2021〕96号) are not known: the number of years is an
input, never a guess.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import between, half_up, rule
from hrss.rules.engine.units import COUNT, FEN, RATE, Choice, Count, Fen, Flag, Wage, Years

Small = Annotated[int, FEN.within(0, 10**9)]
Share = Annotated[int, RATE.within(0, 1_000_000)]


class Sex(Choice):
    """Sex as in the register."""

    MALE = 1, "男"
    FEMALE = 2, "女"


@rule(name="insurance.landless_entitled", title="被征地农民社会保障对象", article="渝府办发〔2021〕96号")
def landless_entitled(on_list: Flag, age: Years) -> Flag:
    """列入人员安置名单且征地公告当月年满十六周岁的人员。

    on_list: 是否在人员安置名单
    age: 征地公告当月周岁
    """
    return on_list and age >= 16


@rule(
    name="insurance.landless_one_off",
    title="退地农转城一次性缴费（高龄组）",
    article="重庆市退地农转城养老保险办法（2010）",
    payer="个人",
    parameters={
        "oldest": "insurance.landless.oldest_payment",
        "step": "insurance.landless.payment_step",
        "most": "insurance.landless.payment_most",
    },
)
def landless_one_off(age: Years, oldest: Small, step: Small, most: Small) -> Fen:
    """年满七十五周岁一万五千元，每年轻一岁增加一千三百元，到四万一千元为止。

    age: 周岁
    oldest: 七十五周岁及以上的金额
    step: 每年轻一岁增加
    most: 最高金额
    """
    return between(oldest + max(75 - age, 0) * step, oldest, most)


@rule(
    name="insurance.landless_years",
    title="退地农转城补缴年数（年轻组）",
    article="重庆市退地农转城养老保险办法（2010）",
)
def landless_years(sex: Sex, age: Years) -> Years:
    """十六至十九周岁一至四年；男二十至四十、女二十至三十周岁五年；男四十至五十、女三十至四十周岁十年。

    sex: 性别
    age: 周岁
    turn: 由五年转为十年的年龄
    """
    if age < 16:
        return 0
    if age < 20:
        return age - 15
    turn: Years = 40 if sex == Sex.MALE else 30
    if age < turn:
        return 5
    return 10 if age < turn + 10 else 0


@rule(
    name="insurance.landless_payment",
    title="退地农转城补缴金额（年轻组）",
    article="重庆市退地农转城养老保险办法（2010）",
)
def landless_payment(average: Wage, years: Annotated[int, COUNT.within(0, 30)], rate: Share, share: Share) -> Fen:
    """月平均工资的百分之六十乘以百分之二十，按补缴年数计算。

    average: 月平均工资
    years: 补缴年数
    rate: 缴费比例
    share: 基数占平均工资的比例
    base: 缴费基数
    """
    base: Fen = half_up(average * share, 1_000_000)
    return half_up(base * rate, 1_000_000) * years * 12


@rule(
    name="insurance.landless_subsidy",
    title="被征地农民缴费补贴",
    article="渝府办发〔2021〕96号",
    payer="征地单位（社会保障费用）",
)
def landless_subsidy(paid: Small, paid_years: Count, subsidised_years: Count) -> Fen:
    """先缴后补：按已缴费用等额补贴，补贴年数以按年龄核定的年数为限；核定年数由名单确定。

    paid: 年缴费额
    paid_years: 已缴年数
    subsidised_years: 核定补贴年数
    """
    return paid * min(paid_years, min(subsidised_years, 30))
