"""Problems and advice, from the data alone: what is behind and by how much, what each month left must bring."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.progress import Light
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation.blocks import Blocks
from hrss.oversight.projects.evaluation.judging import Judged
from hrss.oversight.projects.evaluation.settings_of_plan import PlanWords
from hrss.oversight.projects.spending import Row
from hrss.oversight.projects.undertakings import ProjectState, days_late

HALF_SPENT = 90  # per cent of the budget below which a full year counts as slow
FULL = 100


def behind(found: Sequence[Judged], words: PlanWords) -> list[Judged]:
    """Give the goals of this plan that are behind, the worst first."""
    mine = [one for one in found if one.goal.period == words.period]
    return sorted(
        (one for one in mine if one.standing.light in (Light.RED, Light.AMBER)),
        key=lambda one: (one.standing.light is Light.AMBER, one.rate if one.rate is not None else Decimal(0)),
    )


def problems(
    out: Blocks, found: Sequence[Judged], projects: Sequence[ProjectState], money: Sequence[Row], month: YearMonth,
    words: PlanWords,
) -> None:  # fmt: skip
    """Write the chapter on problems."""
    out.h1("存在的主要问题")
    out.h2("没有达到目标或进度的指标")
    late = behind(found, words)
    for one in late:
        out.p(_gap(one))
    if not late:
        out.p("规划指标和正文目标均达到要求。")
    out.h2("项目和资金")
    lines = [*_late_lines(projects, month), *_money_lines(money, month)]
    for line in lines or ["没有滞后的项目节点，预算执行没有异常。"]:
        out.p(line)
    out.h2("规划文本自身的出入")
    out.p("评估中发现规划文本有下列前后不一致之处，照录于此，评定时按所列口径处理，不作改动。")
    for text in notes(found):
        out.p(text)
    out.h2("数据质量")
    out.p(_quality(found))


def advice(
    out: Blocks, found: Sequence[Judged], projects: Sequence[ProjectState], month: YearMonth, words: PlanWords
) -> None:
    """Write the chapter on what to do next; every line is computed."""
    out.h1("下一步工作建议")
    lines = [_need(one) for one in behind(found, words)]
    lines += [f"“{one.goal.name}”已达目标，本规划期内守住现有水平。" for one in found if _keep(one, words)][:1]
    lines += [
        f"{one.project.title}：尽快完成“{x.title}”（计划 {x.due_on:%Y-%m-%d}，权重 {x.weight}%），"
        f"已滞后 {days_late(x, month.last_day)} 天。"
        for one in projects
        for x in one.late
    ]
    lines += [f"核准口径：{'、'.join(_open_definitions(found))}的计算公式规划没有公布，请责任单位书面确认后固定下来。"]
    for line in lines:
        out.p(line)


def notes(found: Sequence[Judged]) -> list[str]:
    """Give the inconsistencies of the plan itself, each once, with where they are written."""
    seen: dict[tuple[str, str], dict[str, None]] = {}
    for one in found:
        for note in one.statistic.notes:
            seen.setdefault((note.text, note.basis), {})[one.statistic.title] = None
    return [
        f"{number}．{'、'.join(titles)}：{text}（{basis}）。"
        for number, ((text, basis), titles) in enumerate(seen.items(), start=1)
    ]


def _gap(one: Judged) -> str:
    value, target = one.standing.value, one.standing.target
    if value is None or target is None:
        return f"{one.goal.name}：没有可以评定的数。"
    gap = abs(target - value)
    return (
        f"{one.goal.name}：实际 {one.text}{one.unit}，目标 {_target(one, target)}，"
        f"相差 {plain(gap.quantize(Decimal('0.0001')))}{_points(one)}，{one.verdict}，"
        f"责任单位{one.statistic.division}。"
    )


def _target(one: Judged, target: Decimal) -> str:
    words = f"{one.target_words}{one.unit}"
    return (
        words
        if share() == 1 or one.standing.target == one.goal.target
        else f"{words}（折算 {plain(target)}{one.unit}）"
    )


def _need(one: Judged) -> str:
    standing = one.standing
    if standing.per_month is not None and standing.months_left:
        need = plain(standing.per_month.quantize(Decimal("0.0001")))
        return (
            f"{one.goal.name}：到 {one.goal.target_year} 年底还有 {standing.months_left} 个月，"
            f"每月需完成 {need}{_points(one)}才能达到目标，由{one.statistic.division}按月调度。"
        )
    if standing.value is None or standing.target is None:
        return f"{one.goal.name}：补齐数据后评定，责任单位{one.statistic.division}。"
    gap = plain(abs(standing.target - standing.value).quantize(Decimal("0.0001")))
    when = "规划期已满" if not standing.months_left else "须随时守住"
    return f"{one.goal.name}：{when}，差 {gap}{_points(one)}，由{one.statistic.division}说明原因并列入下一年度任务。"


def _points(one: Judged) -> str:
    return " 个百分点" if one.unit == "%" else one.unit


def _keep(one: Judged, words: PlanWords) -> bool:
    return one.goal.period == words.period and bool(one.is_met) and one.standing.months_left > 0


def _late_lines(projects: Sequence[ProjectState], month: YearMonth) -> list[str]:
    day = month.last_day
    return [
        f"{one.project.title}：“{x.title}”计划 {x.due_on:%Y-%m-%d} 完成，至 {day:%Y-%m-%d} 未确认完成，"
        f"滞后 {days_late(x, day)} 天。"
        for one in projects
        for x in one.late
    ]


def _money_lines(money: Sequence[Row], month: YearMonth) -> list[str]:
    slow = HALF_SPENT * month.month // 12
    found = []
    for one in money:
        if one.rate is not None and one.rate > FULL:
            found.append(f"{one.fund_title}“{one.title}”支出超出预算，执行率 {one.rate}%。")
        elif one.rate is not None and one.rate < slow:
            found.append(f"{one.fund_title}“{one.title}”执行偏慢，执行率 {one.rate}%，低于进度 {slow}%。")
    return found


def _quality(found: Sequence[Judged]) -> str:
    every = {one.statistic.code: one for one in found}.values()
    history = sum(one.statistic.is_history for one in every)
    unreleased = sum(one.source is not None and one.source.statement is None for one in every)
    words = f"本报告使用 {len(every)} 项指标的数据，逐项出处见附表。"
    if history:
        words += f"其中 {history} 项含示范历史（尚未由业务系统产生，附表“来源”栏注明），只作演示。"
    if unreleased:
        return words + f"有 {unreleased} 项尚未经统计数据会审发布，发布前本报告不得签发。"
    return words + "全部经统计数据会审发布。"


def _open_definitions(found: Sequence[Judged]) -> list[str]:
    return sorted({f"“{one.statistic.title}”" for one in found if one.statistic.status != "verified"})[:6]
