"""Reading figures: the latest of a month, a series, divisions below, and the very rows behind a number.

Counts of divisions are open to staff who may read statistics; rows are read as the actor, within scope, masked by
right, and every look leaves an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import may_act, require
from hrss.foundation.datasets import Measure, Sensitivity
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import Page, Reading, number, rows
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.regions.queries import require as require_region
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.definitions import MAIN, Convention
from hrss.oversight.indicators.models import Figure, Statement, Taking
from hrss.oversight.indicators.policies import READERS, SEES_IDS
from hrss.oversight.indicators.values import Counts

COUNTY = "^[0-9]{6}$"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept number with what it rests on."""

    taking: UUID
    month: YearMonth
    convention: str
    region_code: str
    counts: Counts
    rows: int
    denominator_rows: int | None
    cut_at: datetime
    definition_version: int
    definition_digest: str


def county_figure(code: str, month: YearMonth, *, convention: str = MAIN) -> Kept | None:
    """Give the newest county number of a month, None where it was never taken."""
    return series(code, [month], convention=convention).get(month)


def series(
    code: str, months: Sequence[YearMonth], *, convention: str = MAIN, region: str = ""
) -> dict[YearMonth, Kept]:
    """Give the newest number of each month, for the county or one division."""
    takings = latest_takings([code], months)
    wanted = [taking.id for taking in takings.values()]
    figures = Figure.objects.filter(taking_id__in=wanted, convention=convention).select_related("taking")
    figures = figures.filter(region_code=region) if region else figures.filter(region_code__regex=COUNTY)
    found = [_kept(figure) for figure in figures]
    return {one.month: one for one in sorted(found, key=lambda kept: kept.month)}


def latest_takings(codes: Sequence[str], months: Sequence[YearMonth]) -> dict[tuple[str, str], Taking]:
    """Give the newest taking of each statistic and month."""
    found = Taking.objects.filter(statistic__in=codes, month__in=[str(month) for month in months])
    newest = found.order_by("statistic", "month", "-id").distinct("statistic", "month")
    return {(one.statistic, one.month): one for one in newest}


def county_figures(codes: Sequence[str], month: YearMonth) -> dict[str, Kept]:
    """Give the newest county number of many statistics for one month, main convention, in two statements."""
    takings = latest_takings(codes, [month])
    figures = Figure.objects.filter(
        taking_id__in=[one.id for one in takings.values()], convention=MAIN, region_code__regex=COUNTY
    ).select_related("taking")
    return {figure.taking.statistic: _kept(figure) for figure in figures}


def figures_of_place(codes: Sequence[str], month: YearMonth, region: str) -> dict[str, Kept]:
    """Give the newest numbers of one division for many statistics and one month, in two statements."""
    takings = latest_takings(codes, [month])
    figures = Figure.objects.filter(
        taking_id__in=[one.id for one in takings.values()], convention=MAIN, region_code=region
    ).select_related("taking")
    return {figure.taking.statistic: _kept(figure) for figure in figures}


def figure_of_taking(taking: Taking, *, convention: str = MAIN) -> Kept | None:
    """Give the county number of one taking."""
    found = taking.figures.filter(convention=convention, region_code__regex=COUNTY).first()
    return _kept(found) if found else None


def figures_below(taking: Taking, *, digits: int, prefix: str = "", convention: str = MAIN) -> dict[str, Kept]:
    """Give the numbers of all divisions of so many digits, by code."""
    found = taking.figures.filter(
        convention=convention, region_code__regex=f"^[0-9]{{{digits}}}$", region_code__startswith=prefix
    )
    return {one.region_code: _kept(one) for one in found.order_by("region_code")}


def last_month_taken(code: str) -> YearMonth | None:
    """Give the newest month a statistic was measured for."""
    newest = Taking.objects.filter(statistic=code).order_by("-month").values_list("month", flat=True).first()
    return YearMonth.parse(newest) if newest else None


def newest_complete_month(today: date) -> YearMonth:
    """Give the last month that is over."""
    return YearMonth.of(today) - 1


def statements(*, state: str = "", month: str = "", code: str = "") -> list[Statement]:
    """Give statements, newest month first."""
    found = Statement.objects.select_related("taking", "corrects")
    for name, value in (("state", state), ("month", month), ("statistic", code)):
        if value:
            found = found.filter(**{name: value})
    return list(found.order_by("-month", "statistic", "-id")[:400])


@dataclass(frozen=True, slots=True)
class Drill:
    """The rows behind one side of a number, with the number they make."""

    measure: Measure
    reading: Reading
    page: Page


def drill(
    code: str,
    month: YearMonth,
    *,
    actor: Actor,
    region: str = "",
    convention: str = MAIN,
    side: str = "numerator",
    after: tuple[date, str] | None = None,
    limit: int = 50,
) -> Drill:
    """Give the very rows of a number within the actor's scope, masked by right; leaves a read event.

    Problems ``indicators.unknown``, ``indicators.no_side`` (404), ``access.no_post`` (403).
    """
    require(actor, *READERS, doing="查看统计明细")
    if region:
        require_region(region)
    statistic = statistic_of(code)
    chosen = statistic.convention(convention)
    measure = _side(chosen, side)
    up_to = Sensitivity.PERSONAL if may_act(actor, *SEES_IDS) else Sensitivity.INTERNAL
    query = query_of(measure, statistic.window(month), region=region)
    with as_actor(actor):
        found = rows(query, after=after, limit=limit, up_to=up_to)
        detail: dict[str, Any] = {"month": str(month), "side": side, "rows": len(found.rows), "up_to": up_to.value}
        audit.read(
            actor.for_purpose(actor.purpose or "statistics"),
            person_id=None,
            what="indicators.drill",
            subject_kind="statistic",
            subject_id=code,
            region=region,
            detail=detail,
        )
        return Drill(measure, number(query), found)


def _side(convention: Convention | None, side: str) -> Measure:
    measure = dict(convention.measures).get(side) if convention else None
    if measure is None:
        raise Problem("indicators.no_side", "没有这个口径或这一部分", remedy="请从指标页进入", status=404)
    return measure


def _kept(figure: Figure) -> Kept:
    taking = figure.taking
    return Kept(
        taking=taking.id,
        month=YearMonth.parse(taking.month),
        convention=figure.convention,
        region_code=figure.region_code,
        counts=Counts(figure.numerator, figure.denominator, figure.parts),
        rows=figure.rows,
        denominator_rows=figure.denominator_rows,
        cut_at=taking.cut_at,
        definition_version=taking.definition_version,
        definition_digest=taking.definition_digest,
    )
