"""The chapters on projects and on money: milestones, investment against payments, outputs; budget against spending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation import charts
from hrss.oversight.projects.evaluation.blocks import Blocks
from hrss.oversight.projects.models import Milestone
from hrss.oversight.projects.spending import Row, rows
from hrss.oversight.projects.undertakings import Brought, ProjectState, days_late

WAN: Final = 1_000_000  # 万元 in fen


def chapter(out: Blocks, found: Sequence[ProjectState], month: YearMonth) -> None:
    """Write the chapter on projects."""
    out.h1("重大项目推进情况")
    day = month.last_day
    for one in found:
        out.h2(one.project.title)
        out.p(_lead(one, month))
        out.table(
            f"{_short(one)}节点", ("序号", "节点", "权重", "计划完成", "实际完成", "滞后（天）", "状态"),
            [_milestone(x, month) for x in one.milestones], widths=(0.7, 3.6, 0.9, 1.6, 1.6, 1.2, 1.3),
            lights=["red" if x in one.late else "green" if _done(x, month) else "grey" for x in one.milestones],
            numbers=(5,),
        )  # fmt: skip
        out.table(
            f"{_short(one)}产出", ("序号", "产出", "目标", "实际", "单位", "数据来自", "状态"),
            [_output(number, x) for number, x in enumerate(one.outputs, start=1)],
            widths=(0.7, 3.0, 1.2, 1.2, 0.9, 2.6, 1.1),
            lights=["green" if x.reached else "amber" for x in one.outputs], numbers=(2, 3),
        )  # fmt: skip
    years = sorted(
        {(one.project.code, year) for one in found for year in {*one.planned, *one.paid} if year <= day.year}
    )
    by_code = {one.project.code: one for one in found}
    pairs = [
        charts.Pair(
            f"{_short(by_code[code])} {year}",
            by_code[code].planned.get(year, 0) / WAN, by_code[code].paid.get(year, 0) / WAN,
        )
        for code, year in years
    ]  # fmt: skip
    if pairs:
        title = "项目投资计划与付款"
        told = "；".join(f"{one.name}年计划{one.planned:.0f}万元、付款{one.actual:.0f}万元" for one in pairs)
        note = "投资估算总额见规划附件；规划没有公布分年投资，分年数为本系统所列，由县里确认。"
        svg = charts.pairs(pairs, planned="计划投资", actual="实际付款", unit="万元", title=title)
        out.chart(title, svg, told, note=note)


def money(out: Blocks, month: YearMonth) -> list[Row]:
    """Write the chapter on budget and spending; gives the rows."""
    out.h1("资金保障情况")
    found = rows(month)
    if not found:
        out.p("本年度没有录入预算，也没有支出记录。")
        return found
    budget, spent = sum(one.budget or 0 for one in found), sum(one.spent for one in found)
    share = f"，执行率 {100 * spent / budget:.1f}%" if budget else ""
    out.p(
        f"{month.year}年已录入预算 {budget / WAN:,.0f} 万元，截至{month.month}月底支出 {spent / WAN:,.0f} 万元{share}。"
        "预算来自录入的预算文件，支出来自基金账簿；账簿没有的，以示范历史代替并注明。"
    )
    out.table(
        f"{month.year}年基金和资金预算执行情况（万元）", ("基金（资金）", "科目", "预算", "支出", "执行率", "支出来自"),
        [_money(one) for one in found], widths=(3.4, 2.2, 1.4, 1.4, 1.1, 1.3), numbers=(2, 3, 4),
    )  # fmt: skip
    pairs = [
        charts.Pair(f"{one.fund_title.removesuffix('基金')[-8:]} {one.title}", (one.budget or 0) / WAN, one.spent / WAN)
        for one in found
    ]
    told = "；".join(f"{one.name}预算{one.planned:.0f}、支出{one.actual:.0f}万元" for one in pairs)
    out.chart("预算与支出", charts.pairs(pairs, planned="预算", actual="支出", unit="万元", title="预算与支出"), told)
    return found


def _lead(one: ProjectState, month: YearMonth) -> str:
    project, planned = one.project, sum(amount for year, amount in one.planned.items() if year <= month.year)
    late = f"滞后节点 {len(one.late)} 个：{'、'.join(x.title for x in one.late)}。" if one.late else "没有滞后节点。"
    return (
        f"{project.nature}项目，{project.site}，{project.content.rstrip('。')}。"
        f"投资估算 {project.investment / WAN:,.0f} 万元，建设年限 {project.first_year}—{project.last_year} 年。"
        f"截至{month.year}年{month.month}月底，按节点权重完成 {one.done}%，"
        f"到期计划投资 {planned / WAN:,.0f} 万元，已付款 {one.paid_total / WAN:,.0f} 万元"
        f"（占估算 {100 * one.paid_total / project.investment:.1f}%），留存现场照片 {one.photos} 张。{late}"
    )


def _short(one: ProjectState) -> str:
    return one.project.title.split("（")[0].removeprefix("奉节县")


def _done(milestone: Milestone, month: YearMonth) -> bool:
    return bool(milestone.confirmed_at and milestone.done_on and milestone.done_on <= month.last_day)


def _milestone(one: Milestone, month: YearMonth) -> tuple[str, ...]:
    late, done = days_late(one, month.last_day), _done(one, month)
    state = "完成" if done else "滞后" if late else "未到期"
    when = f"{one.done_on:%Y-%m-%d}" if done and one.done_on else "—"
    return (
        str(one.number),
        one.title,
        f"{one.weight}%",
        f"{one.due_on:%Y-%m-%d}",
        when,
        str(late) if late else "—",
        state,
    )


def _output(number: int, one: Brought) -> tuple[str, ...]:
    actual = "—" if one.actual is None else plain(one.actual)
    origin = one.output.get_bound_display()
    return (
        str(number),
        one.output.title,
        plain(one.aim),
        actual,
        one.output.unit,
        origin,
        "达到" if one.reached else "未达到",
    )


def _money(one: Row) -> tuple[str, ...]:
    origin = {"ledger": "账簿", "history": "示范历史", "none": "没有记录"}[one.origin]
    budget = f"{one.budget / WAN:,.2f}" if one.budget is not None else "未列预算"
    return (
        one.fund_title,
        one.title,
        budget,
        f"{one.spent / WAN:,.2f}",
        f"{one.rate}%" if one.rate is not None else "—",
        origin,
    )
