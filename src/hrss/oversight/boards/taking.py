"""Taking figures from the cubes: for a place and a month, over the year so far, as a series, by place, by kind.

The caller says the place; whether the actor may see it is decided here: a place outside the actor's regions is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hrss.foundation.datasets import Window
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.regions.queries import children_of
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.boards.figures import Figure, How
from hrss.oversight.boards.reading import Sum, Wanted, people, sums

BEGINNING = date(1000, 1, 1)
ALL_TIME = Window(BEGINNING, date(3000, 1, 1))
_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Span:
    """The months a figure is about: one month, or the year up to one; a stock is taken at the end."""

    month: YearMonth
    whole_year: bool = False

    @property
    def first(self) -> YearMonth:
        """First month of the span."""
        return YearMonth(self.month.year, 1) if self.whole_year else self.month

    @property
    def window(self) -> Window:
        """The span as days, for the measure behind the figure."""
        return Window(self.first.first_day, self.month.last_day)


def check_place(actor: Actor, region: str) -> None:
    """Refuse a place outside the actor's regions. Problem ``boards.place`` (403)."""
    covered = actor.kind is ActorKind.SYSTEM or any(region.startswith(own) for own in actor.regions)
    if not covered:
        raise Problem(
            "boards.place", "这个地方不在您的管辖范围", rule="按岗位的区划查看", remedy="请看本地的看板", status=403
        )


def window_of(figure: Figure, span: Span) -> Window:
    """Give the days the rows behind a figure lie in."""
    if figure.how is How.NOW:
        return ALL_TIME
    if figure.how is How.TODAY:
        day = timezone.localdate()
        return Window(day, day)
    return Span(span.month).window if figure.how is How.MONTH else span.window


def value(figure: Figure, region: str, span: Span) -> int:
    """Give the figure of a place."""
    if figure.how is How.TODAY:
        return number(query_of(figure.measure, window_of(figure, span), region=region)).value
    return sum(one.n for one in _signed(figure, (region,), span))


def by_place(figure: Figure, regions: tuple[str, ...], span: Span) -> dict[str, int]:
    """Give the figure of each of several places of one level; 0 where nothing is known."""
    found = dict.fromkeys(regions, 0)
    for one in _signed(figure, regions, span, "region"):
        found[one.by[0]] += one.n
    return found


def by_kind(figure: Figure, region: str, span: Span) -> dict[str, int]:
    """Give the figure of a place by kind."""
    found: dict[str, int] = {}
    for one in _signed(figure, (region,), span, "kind"):
        found[one.by[0]] = found.get(one.by[0], 0) + one.n
    return {kind: number for kind, number in found.items() if number}


def series(figure: Figure, region: str, first: YearMonth, last: YearMonth) -> tuple[int, ...]:
    """Give the figure month by month, both ends included."""
    months = [first + step for step in range(last - first + 1)]
    if figure.how is How.PEOPLE:
        wanted = Wanted(figure.cube, townships_of(region), first.first_day, last.first_day, figure.kinds)
        found = {one.by[0]: one.n for one in people(wanted, "month")}
        return tuple(found.get(month.first_day, 0) for month in months)
    since = BEGINNING if figure.how is How.STOCK else first.first_day
    changes: dict[date, int] = {}
    for one in _cells(figure, (region,), since, last.first_day, "month"):
        changes[one.by[0]] = changes.get(one.by[0], 0) + one.n
    if figure.how is not How.STOCK:
        return tuple(changes.get(month.first_day, 0) for month in months)
    held = sum(change for month, change in changes.items() if month < first.first_day)
    held_by_month = []
    for month in months:
        held += changes.get(month.first_day, 0)
        held_by_month.append(held)
    return tuple(held_by_month)


def townships_of(region: str) -> tuple[str, ...]:
    """Give the townships whose sets make up a place. Problem ``boards.people`` for a village: sets go no deeper."""
    if len(region) > _TOWNSHIP:
        raise Problem("boards.people", "去重人数只到乡镇", remedy="请看乡镇的数")
    return (region,) if len(region) == _TOWNSHIP else tuple(node.code for node in children_of(region))


def _signed(figure: Figure, regions: tuple[str, ...], span: Span, *by: str) -> tuple[Sum, ...]:
    if figure.how is How.PEOPLE:
        places = tuple(town for region in regions for town in townships_of(region))
        wanted = Wanted(figure.cube, places, span.first.first_day, span.month.first_day, figure.kinds)
        return people(wanted, *by)
    if figure.how is How.NOW:
        return _cells(figure, regions, None, None, *by)
    first = BEGINNING if figure.how is How.STOCK else window_of(figure, span).start
    return _cells(figure, regions, first, span.month.first_day, *by)


def _cells(
    figure: Figure, regions: tuple[str, ...], first: date | None, last: date | None, *by: str
) -> tuple[Sum, ...]:
    """Give the sums of the parts that add, and those that take away with their sign turned; one statement.

    ``n`` of each is the figure's number: how many, or the sum for a figure that adds up.
    """
    wanted = Wanted(figure.cube, regions, first, last, figure.kinds, (*figure.plus, *figure.minus))
    if not figure.minus:
        return tuple(Sum(one.by, _number(figure, one), one.total) for one in sums(wanted, *by))
    found = sums(wanted, *by, "part")
    signed = ((one, -1 if one.by[-1] in figure.minus else 1) for one in found)
    return tuple(Sum(one.by[:-1], sign * _number(figure, one), one.total) for one, sign in signed)


def _number(figure: Figure, one: Sum) -> int:
    return one.total if figure.adds_up else one.n


def by_sex_and_birth(figure: Figure, region: str, span: Span) -> dict[tuple[int, int], int]:
    """Give the population of a place by sex and year of birth."""
    wanted = Wanted(figure.cube, (region,), BEGINNING, span.month.first_day)
    return {(int(one.by[0]), int(one.by[1])): one.n for one in sums(wanted, "kind", "part") if one.n}
