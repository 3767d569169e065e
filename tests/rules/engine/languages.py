"""Small rules for the engine's own tests, kept in a file because rules are read from their source."""

from __future__ import annotations

from hrss.rules.engine import bracket, exact, fold, half_up, half_up_product, refuse, rule, share_of, yearly
from hrss.rules.engine.units import (
    ONE,
    AverageWage,
    Choice,
    Count,
    Fen,
    FenTable,
    Flag,
    Months,
    MonthsByYear,
    Rate,
    RateByYear,
    SignedFen,
    Wage,
    WageByMonth,
    WageByYear,
)


class Side(Choice):
    """A closed list."""

    LEFT = 1, "左"
    RIGHT = 2, "右"


@rule(name="test.share", title="份额", article="测试第一条", payer="测试基金")
def share(amount: Fen, rate: Rate) -> Fen:
    """金额乘以比例。

    amount: 金额
    rate: 比例
    """
    return share_of(amount, rate)


@rule(name="test.sided", title="选边", article="测试第二条")
def sided(side: Side, amount: SignedFen, months: Months) -> SignedFen:
    """左边除以月数，右边取反；月数为零的不予计算。

    side: 边
    amount: 金额
    months: 月数
    part: 份额
    """
    if months < 1:
        refuse("月数为零")
    part: SignedFen = half_up(amount, months)
    return part if side == Side.LEFT else -part


@rule(name="test.table", title="查表", article="测试第三条")
def table_of(key: Count, strict: Flag, table: FenTable) -> Fen:
    """按键查表，严格时须正好有这一档。

    key: 键
    strict: 是否严格
    table: 表
    found: 查得
    """
    found: Fen = exact(table, key) if strict else bracket(table, key)
    return found + 1


@rule(name="test.month", title="一个月", article="测试第四条")
def month_value(month: Count, wage: Wage, upper: Wage) -> Wage:
    """封顶。

    month: 月份
    wage: 工资
    upper: 上限
    """
    return min(wage, upper) if wage > 0 else 0


@rule(name="test.year", title="一年", article="测试第五条")
def year_value(balance: Fen, months: Months, credit: Fen, rate: Rate) -> tuple[Fen, Months]:
    """一年结转。

    balance: 余额
    months: 年数
    credit: 记账
    rate: 利率
    """
    return half_up(balance * (ONE + rate), ONE) + credit, months + 1


@rule(name="test.life", title="一生", article="测试第六条")
def life(opening: Fen, wages: WageByMonth, uppers: WageByYear, rates: RateByYear) -> Fen:
    """逐年结转；期初为零且没有年份的为零。

    opening: 期初
    wages: 工资
    uppers: 上限
    rates: 利率
    sums: 年合计
    balance: 余额
    years: 年数
    """
    if opening > 1_000_000_000:
        return 0
    sums: WageByYear = yearly(month_value, wages, uppers)
    balance, years = fold(year_value, (opening, 0), sums, rates)
    return balance + years


@rule(name="test.big", title="大数", article="测试第七条")
def big(left: Fen, right: Fen, below: AverageWage) -> Fen:
    """乘积超过六十四位。

    left: 左
    right: 右
    below: 除数
    """
    return half_up_product(left, right, below * 100_000_000)


@rule(name="test.unproven", title="证不了", article="测试第八条")
def unproven(left: Fen, right: Fen) -> Fen:
    """乘积可能超过六十四位，不编译。

    left: 左
    right: 右
    """
    return half_up(left * right, 100)


@rule(name="test.add", title="累加", article="测试第九条")
def add(total: Months, months: Months) -> Months:
    """累加。

    total: 合计
    months: 月数
    """
    return total + months


@rule(name="test.counted", title="月数合计", article="测试第九条")
def counted(start: Months, months: MonthsByYear) -> Months:
    """累加月数。

    start: 期初
    months: 各年月数
    total: 合计
    """
    total: Months = fold(add, start, months)
    return total


@rule(name="test.paid_year", title="一年的月数", article="测试")
def paid_year(months: Months, paid: Months) -> Months:
    """月数累加。

    months: 月数
    paid: 当年月数
    """
    return months + paid


@rule(name="test.ending_part", title="按档分", article="测试")
def ending_part(side: Side, months: Months, table: FenTable) -> Fen:
    """按月数查档，左边整除，右边取余。

    side: 边
    months: 月数
    table: 档次表
    found: 这一档的金额
    """
    found: Fen = bracket(table, months)
    if (side == Side.LEFT and found > 6) or months > 30:
        return found // 3
    return months % (found + 1)


@rule(name="test.ending", title="没有分支的结尾", article="测试")
def ending(kind: Side, base: Wage, wage: Wage, extra: Months, table: FenTable, paid: MonthsByYear) -> SignedFen:
    """累计之后有查表、选择、取整和提前返回。

    kind: 边
    base: 基数
    wage: 工资
    extra: 另加的月数
    table: 档次表
    paid: 各年月数
    months: 月数
    part: 份额
    loss: 差额
    """
    months = fold(paid_year, 0, paid)
    if months < 1:
        return 0
    if kind != Side.LEFT and (half_up(wage, months) > 900_000 or extra < 9):
        return 0
    part: Fen = ending_part(kind, months, table)
    if extra > 600:
        loss: SignedFen = half_up(part - base, months)
    else:
        loss = 0
    return half_up_product(base * 100, extra, 77) + loss if wage > base else part + loss
