"""Figures of the boards: what each says in words, which cells make it, and which rows lie behind it.

The number comes from a cube, the rows from the measure over the dataset; a test takes both for every figure and finds
them equal. A figure without rows behind it does not exist. It refuses months that have not begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hrss.foundation.datasets import Aggregate, Condition, Measure, Moment, Operator, Time
from hrss.kernel.problem import Problem


class How(StrEnum):
    """How cells become a number."""

    FLOW = "flow"  # 时期数：当月（或今年以来）发生
    STOCK = "stock"  # 时点数：月末在册
    PEOPLE = "people"  # 去重人数
    NOW = "now"  # 只有现在的数，没有历史
    MONTH = "month"  # 只看当月：月份之间不能相加
    TODAY = "today"  # 今天的数，直接从业务行取


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``plus`` and ``minus`` are parts of the cube that add and take away; ``kinds`` none means all.

    A figure of today has no cube: it is asked of the rows. ``better`` says which way is good news: ``up``, ``down`` or
    nothing. ``adds_up`` figures are the sum of the cells (money, people reported), not how many rows there are.
    """

    code: str
    title: str
    unit: str
    meaning: str
    cube: str
    measure: Measure
    how: How = How.FLOW
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    better: str = ""
    adds_up: bool = False

    @property
    def is_money(self) -> bool:
        """Tell whether the number is an amount in fen."""
        return self.unit == "元"


def _is(column: str, value: str | bool) -> Condition:
    return Condition(column, Operator.IS, value)


def _in(column: str, *values: str) -> Condition:
    return Condition(column, Operator.IN, values)


URBAN = ("employer", "self", "flexible")
FOUND_WORK = ("hired", "self_employed", "flexible")
DECIDED = ("granted", "refused", "late")
_START, _END = ("start",), ("end",)
_HIRES = Measure("employment.hires", (_is("is_urban", True),))
_CASES = Measure("casework.cases")
_UP_TO_NOW = Condition("happened_on", Operator.AT_MOST, Moment.END)


def _money(dataset: str, column: str, *where: Condition, time: Time = Time.FLOW) -> Measure:
    return Measure(dataset, where, Aggregate.SUM, column, time)


_ALIVE = Condition("death_date", Operator.EMPTY, True)

FIGURES: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure(
            "new_urban", "城镇新增就业", "人",
            "城镇新就业的人次，减去自然减员（退休、死亡）；不含外出务工和家庭农业",
            "employment.new_urban", Measure("employment.new_urban", aggregate=Aggregate.SUM, column="change"),
            better="up",
        ),
        Figure(
            "hires", "城镇新就业", "人次", "当期开始的城镇就业，一个人几次就业记几次",
            "employment.spells", _HIRES, plus=_START, kinds=URBAN, better="up",
        ),
        Figure(
            "jobs", "城镇在职", "人次", "期末仍在职的城镇就业记录",
            "employment.spells", Measure("employment.hires", (_is("is_urban", True),), time=Time.STOCK),
            How.STOCK, _START, _END, URBAN, "up",
        ),
        Figure(
            "people_hired", "找到工作的人", "人", "当期有过就业（单位招用、自主创业、灵活就业）的人，同一人只计一次",
            "employment.found_work",
            Measure("employment.events", (_in("kind", *FOUND_WORK),), Aggregate.COUNT_DISTINCT, "person_id"),
            How.PEOPLE, better="up",
        ),
        Figure(
            "unemployed", "登记失业", "人", "期末在册的失业登记",
            "employment.unemployment", Measure("employment.registrations", time=Time.STOCK),
            How.STOCK, _START, _END, better="down",
        ),
        Figure(
            "registered", "新登记失业", "人次", "当期办理的失业登记",
            "employment.unemployment", Measure("employment.registrations"), plus=_START, better="down",
        ),
        Figure(
            "hardship", "就业困难人员", "人", "期末在册的就业困难人员",
            "employment.hardship", Measure("employment.hardship", time=Time.STOCK),
            How.STOCK, _START, _END, better="down",
        ),
        Figure(
            "families", "零就业家庭", "户", "期末没有清零的零就业家庭；规划要求动态清零",
            "employment.families", Measure("employment.zero_families", time=Time.STOCK),
            How.STOCK, _START, _END, better="down",
        ),
        Figure(
            "graduates", "未就业毕业生", "人", "期末没有落实去向的离校未就业高校毕业生（实名登记）",
            "employment.graduates", Measure("employment.graduates", time=Time.STOCK),
            How.STOCK, _START, _END, better="down",
        ),
        Figure(
            "submitted", "收到办件", "件", "当期提交的办件，各渠道合计", "casework.cases", _CASES, plus=("submitted",),
        ),
        Figure(
            "open_cases", "在办", "件", "期末已提交、还没有决定也没有终止的办件",
            "casework.cases", Measure("casework.cases", time=Time.STOCK),
            How.STOCK, ("submitted",), (*DECIDED, "ended"),
        ),
        Figure(
            "decided", "办结", "件", "当期作出决定的办件，准予和不予合计",
            "casework.cases", Measure("casework.decisions"), plus=DECIDED,
        ),
        Figure(
            "decided_late", "逾期办结", "件", "当期作出决定、但晚于应办日期（法定与承诺中较早的一天）的办件",
            "casework.cases", Measure("casework.decisions", (_is("is_late", True),)), plus=("late",), better="down",
        ),
        Figure(
            "overdue", "超期未办", "件", "现在还没有决定、已经过了应办日期的办件", "",
            Measure("casework.cases", (Condition("act_by", Operator.LESS_THAN, Moment.END),), time=Time.STOCK),
            How.TODAY, better="down",
        ),
        Figure(
            "near_due", "快到期", "件", "现在还没有决定、进入预警期还没有到应办日期的办件", "",
            Measure(
                "casework.cases",
                (
                    Condition("act_by", Operator.AT_LEAST, Moment.END),
                    Condition("warn_on", Operator.AT_MOST, Moment.END),
                ),
                time=Time.STOCK,
            ),
            How.TODAY, better="down",
        ),
        Figure(
            "online", "网上提交", "件", "当期从群众门户提交的办件",
            "casework.channels", Measure("casework.cases", (_is("channel", "portal"),)), plus=("submitted",),
            kinds=("portal",), better="up",
        ),
        Figure(
            "fund_income", "基金收入", "元", "当期各基金账上记的收入，不含年末结转",
            "funds.books", _money("funds.movements", "amount_fen", _is("kind", "income")), plus=("income",),
            better="up", adds_up=True,
        ),
        Figure(
            "fund_spending", "基金支出", "元", "当期各基金账上记的支出，不含年末结转",
            "funds.books", _money("funds.movements", "amount_fen", _is("kind", "expense")), plus=("spending",),
            adds_up=True,
        ),
        Figure(
            "fund_balance", "银行账户结余", "元", "期末收入户、财政专户、支出户账面余额合计",
            "funds.books",
            _money("funds.movements", "amount_fen", Condition("bank", Operator.IS_NOT, ""), _UP_TO_NOW, time=Time.EVER),
            How.STOCK, plus=("bank",), adds_up=True,
        ),
        Figure(
            "benefits_paid", "发放待遇", "元", "当期银行答复发放成功的待遇金额",
            "funds.payments", _money("funds.payments", "amount_fen", _is("state", "paid")), plus=("paid",),
            adds_up=True,
        ),
        Figure(
            "payments_paid", "发放笔数", "笔", "当期银行答复发放成功的笔数",
            "funds.payments", Measure("funds.payments", (_is("state", "paid"),)), plus=("paid",),
        ),
        Figure(
            "payments_returned", "银行退回", "笔", "当期银行答复退回的笔数",
            "funds.payments", Measure("funds.payments", (_is("state", "returned"),)), plus=("returned",), better="down",
        ),
        Figure(
            "pay_runs", "发放批次", "批", "当期开的发放批次，作废的不算",
            "funds.runs",
            Measure("funds.pay_runs", (Condition("state", Operator.IS_NOT, "discarded"),)),
            plus=("open", "frozen", "made", "reviewed", "approved", "filing", "filed", "sent", "answered", "closed"),
        ),
        Figure(
            "runs_unanswered", "等银行答复", "批", "现在已经送银行、还没有答复的发放批次", "",
            Measure("funds.unanswered_files", time=Time.STOCK), How.TODAY, better="down",
        ),
        Figure(
            "breaks_open", "对账差异", "处", "现在还没有了结的账、银行、财政之间的差异", "",
            Measure("funds.breaks", time=Time.STOCK), How.TODAY, better="down",
        ),
        Figure(
            "resident_insured", "居民养老在保", "人", "期末在保的城乡居民养老保险参保",
            "insurance.enrolments", Measure("insurance.resident_enrolments", time=Time.STOCK),
            How.STOCK, _START, _END, better="up",
        ),
        Figure(
            "resident_paid", "居民养老缴费", "元", "当期城乡居民养老保险个人缴费",
            "insurance.contributions", _money("insurance.resident_payments", "paid_fen"), plus=("paid",),
            better="up", adds_up=True,
        ),
        Figure(
            "resident_payers", "居民养老缴费人次", "人次", "当期城乡居民养老保险缴费",
            "insurance.contributions", Measure("insurance.resident_payments"), plus=("paid",), better="up",
        ),
        Figure(
            "drawing", "在发待遇", "项", "期末在发的社会保险待遇（核定）",
            "insurance.awards", Measure("insurance.awards", time=Time.STOCK), How.STOCK, _START, _END,
        ),
        Figure(
            "sample_reports", "样本企业月报", "份", "当期样本企业报来的用工月报（更正后的版本）",
            "employment.reports", Measure("employment.firm_reports"), plus=("reports",), better="up",
        ),
        Figure(
            "sample_headcount", "样本企业月末人数", "人", "当月样本企业月末人数合计；按月看，不跨月相加",
            "employment.reports", _money("employment.firm_reports", "headcount"), How.MONTH, plus=("headcount",),
            adds_up=True,
        ),
        Figure(
            "sample_hires", "样本企业新进", "人", "当期样本企业新进人数",
            "employment.reports", _money("employment.firm_reports", "hires"), plus=("hires",), better="up",
            adds_up=True,
        ),
        Figure(
            "sample_leavers", "样本企业离开", "人", "当期样本企业离开人数",
            "employment.reports", _money("employment.firm_reports", "leavers"), plus=("leavers",), better="down",
            adds_up=True,
        ),
        Figure(
            "sample_net", "样本企业净增减", "人", "当期样本企业新进减离开",
            "employment.reports", _money("employment.firm_reports", "net_change"), plus=("hires",),
            minus=("leavers",), better="up", adds_up=True,
        ),
        Figure(
            "sample_planned", "计划裁减", "人", "当期月报里企业打算裁减的人数",
            "employment.reports", _money("employment.firm_reports", "planned"), plus=("planned",), better="down",
            adds_up=True,
        ),
        Figure(
            "population", "户籍人口", "人", "期末在世的户籍人口（并入他人的重复档案不计）",
            "people.population", Measure("people.persons", time=Time.STOCK), How.STOCK,
        ),
        Figure(
            "away", "外出", "人", "现在登记为外出的在世户籍人口；外出地没有历史，只有现在的数",
            "people.away", Measure("people.persons", (_ALIVE, Condition("away_to", Operator.IS_NOT, ""))), How.NOW,
        ),
    )
}  # fmt: skip


def figure_of(code: str) -> Figure:
    """Give the figure. Problem ``boards.figure`` (404) when there is none."""
    figure = FIGURES.get(code)
    if figure is None:
        raise Problem("boards.figure", "没有这个数", remedy="请从看板上点数字进入", status=404)
    return figure
