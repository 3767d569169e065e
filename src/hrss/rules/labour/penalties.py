"""Penalties of labour inspection: between which sums a fine lies, by kind of breach.

The table is a parameter; the officer decides within it and gives the reason. Fines of a fixed range, per worker and as
a multiple of what was hidden are three different rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from hrss.rules.engine import exact, half_up_product, rule, share_of
from hrss.rules.engine.units import COUNT, ONE, RATE, WAGE, Choice, Fen, FenTable, Rate, RateTable, TableUnit

Workers: TypeAlias = Annotated[int, COUNT.within(0, 100_000)]
PerWorker: TypeAlias = Annotated[int, WAGE]
PerWorkerTable: TypeAlias = Annotated[Sequence[int], TableUnit(WAGE)]
LateDays: TypeAlias = Annotated[int, COUNT.within(0, 36_500)]
Multiple: TypeAlias = Annotated[int, RATE.within(0, 10 * ONE)]


class FixedBreach(Choice):
    """Breaches fined with a sum between two bounds."""

    OBSTRUCTION = 1, "无理抗拒、阻挠检查，不报送材料，拒不改正"
    ROSTER = 2, "逾期未建立职工名册"
    AGENCY = 3, "职业中介、培训机构违规"
    PAY_IN_KIND = 4, "以实物代付工资、未建台账工资条、扣押工资卡"
    PAY_PERSON = 5, "同上行为的直接责任人员"
    NO_ACCOUNT = 6, "未开立专户、未存保证金、未实行实名制"
    NO_STATEMENT = 7, "分包未按月考核工作量、总包未监督、未设维权公示牌"
    OWNER = 8, "建设单位未提供支付担保、未拨付人工费用、拒不提供资料"
    ACCOUNT_QUERY = 9, "拒不协助查询农民工工资账户"


class WorkerBreach(Choice):
    """Breaches fined for each worker concerned."""

    WOMEN_OR_JUVENILES = 1, "违反女职工、未成年工保护"
    OVERTIME = 2, "违法延长工作时间"
    DISPATCH = 3, "劳务派遣逾期不改正"


class HiddenAmount(Choice):
    """Breaches fined as a multiple of what was hidden or gained."""

    HIDDEN_PAYROLL = 1, "向社会保险经办机构瞒报工资总额或者职工人数"
    FRAUD = 2, "骗取社会保险待遇或者基金"
    UNLICENSED_DISPATCH = 3, "未经许可经营劳务派遣"


FIXED = "劳动保障监察条例第二十八条、第三十条；保障农民工工资支付条例第五十四条至第五十八条"
BY_WORKER = "劳动保障监察条例第二十三条、第二十五条；劳动合同法第九十二条"
BY_MULTIPLE = "劳动保障监察条例第二十七条；劳动合同法第九十二条"


@rule(
    name="labour.fine_fixed_least",
    title="罚款下限（定额）",
    article=FIXED,
    parameters={"table": "labour.penalty.fixed_least"},
)
def fine_fixed_least(kind: FixedBreach, table: FenTable) -> Fen:
    """按违法行为查罚款下限。

    kind: 违法行为
    table: 下限表
    fine: 下限
    """
    fine: Fen = exact(table, kind)
    return fine


@rule(
    name="labour.fine_by_worker_least",
    title="罚款下限（按受侵害人数）",
    article=BY_WORKER,
    parameters={"table": "labour.penalty.per_worker_least"},
)
def fine_by_worker_least(kind: WorkerBreach, workers: Workers, table: PerWorkerTable) -> Fen:
    """按违法行为查每名受侵害劳动者的罚款下限，再乘以人数。

    kind: 违法行为
    workers: 受侵害人数
    table: 每人下限表
    per_worker: 每人下限
    """
    per_worker: PerWorker = exact(table, kind)
    return workers * per_worker


@rule(
    name="labour.fine_by_multiple_least",
    title="罚款下限（按倍数）",
    article=BY_MULTIPLE,
    parameters={"table": "labour.penalty.multiple_least"},
)
def fine_by_multiple_least(kind: HiddenAmount, hidden: Fen, table: RateTable) -> Fen:
    """瞒报、骗取或违法所得数额乘以倍数下限。

    kind: 违法行为
    hidden: 瞒报、骗取或违法所得数额
    table: 倍数下限表
    multiple: 倍数下限
    """
    multiple: Multiple = exact(table, kind)
    return share_of(hidden, multiple)


@rule(
    name="labour.fine_fixed_most",
    title="罚款上限（定额）",
    article=FIXED,
    parameters={"table": "labour.penalty.fixed_most"},
)
def fine_fixed_most(kind: FixedBreach, table: FenTable) -> Fen:
    """按违法行为查罚款上限。

    kind: 违法行为
    table: 上限表
    fine: 上限
    """
    fine: Fen = exact(table, kind)
    return fine


@rule(
    name="labour.fine_by_worker_most",
    title="罚款上限（按受侵害人数）",
    article=BY_WORKER,
    parameters={"table": "labour.penalty.per_worker_most"},
)
def fine_by_worker_most(kind: WorkerBreach, workers: Workers, table: PerWorkerTable) -> Fen:
    """按违法行为查每名受侵害劳动者的罚款上限，再乘以人数。

    kind: 违法行为
    workers: 受侵害人数
    table: 每人上限表
    per_worker: 每人上限
    """
    per_worker: PerWorker = exact(table, kind)
    return workers * per_worker


@rule(
    name="labour.fine_by_multiple_most",
    title="罚款上限（按倍数）",
    article=BY_MULTIPLE,
    parameters={"table": "labour.penalty.multiple_most"},
)
def fine_by_multiple_most(kind: HiddenAmount, hidden: Fen, table: RateTable) -> Fen:
    """瞒报、骗取或违法所得数额乘以倍数上限。

    kind: 违法行为
    hidden: 瞒报、骗取或违法所得数额
    table: 倍数上限表
    multiple: 倍数上限
    """
    multiple: Multiple = exact(table, kind)
    return share_of(hidden, multiple)


@rule(
    name="labour.late_fine",
    title="逾期不缴罚款的加处罚款",
    article="行政处罚法第七十二条",
    payer="被处罚单位",
    parameters={"daily": "labour.penalty.late_daily"},
)
def late_fine(fine: Fen, days: LateDays, daily: Rate) -> Fen:
    """到期不缴纳罚款的，每日按罚款数额的百分之三加处，加处数额不超过罚款本数。

    fine: 罚款数额
    days: 逾期天数
    daily: 每日比例
    raised: 按天数计算的加处数额
    """
    raised: Fen = half_up_product(fine, daily * days, ONE)
    return min(raised, fine)
