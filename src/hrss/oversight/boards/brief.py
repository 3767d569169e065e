"""The morning brief: a few lines a leader reads before the first meeting, all from figures; no person is in it.

Call inside ``acting``: today's cases are counted in the actor's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hrss.kernel.months import YearMonth
from hrss.oversight.boards import live
from hrss.oversight.boards.figures import figure_of
from hrss.oversight.boards.taking import Span, value

STOCKS = ("unemployed", "hardship", "families", "graduates")


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief: its text, and its lines as (what, how many, unit, remark)."""

    text: str
    lines: tuple[tuple[str, int, str, str], ...]


def brief_of(region: str, day: date) -> Brief:
    """Make the brief of a place for the morning of ``day``."""
    before = live.cases(region, day - timedelta(days=1))
    now = live.cases(region, day)
    month = YearMonth.of(day)
    year = Span(month, whole_year=True)
    new_jobs = value(figure_of("new_urban"), region, year)
    stocks = [_stock(code, region, month) for code in STOCKS]
    families = next(count for what, count, _, _ in stocks if what == "零就业家庭")
    lines = (
        ("昨天收件", before.submitted, "件", ""),
        ("昨天办结", before.decided, "件", ""),
        ("超期未办", now.late, "件", "请督办" if now.late else ""),
        ("快到期", now.near, "件", ""),
        ("城镇新增就业", new_jobs, "人", "今年以来，新就业减自然减员"),
        *stocks,
    )
    text = (
        f"昨天收件 {before.submitted:,} 件、办结 {before.decided:,} 件，"
        f"现有超期 {now.late:,} 件、快到期 {now.near:,} 件。"
        f"今年城镇新增就业 {new_jobs:,} 人，在册登记失业 {stocks[0][1]:,} 人（{stocks[0][3]}）。"
        + (f"零就业家庭 {families} 户待清零。" if families else "零就业家庭已全部清零。")
    )
    return Brief(text, lines)


def _stock(code: str, region: str, month: YearMonth) -> tuple[str, int, str, str]:
    figure = figure_of(code)
    now, then = (value(figure, region, Span(one)) for one in (month, month - 1))
    change = now - then
    words = "与上月底持平" if not change else f"比上月底{'多' if change > 0 else '少'} {abs(change):,} {figure.unit}"
    return figure.title, now, figure.unit, words
