"""Figures: the cube and the rows of the measure say the same, for every figure, place and span, on a demo county."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections

from hrss.demo.load import load
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.regions.queries import forget, townships
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.boards import cubes
from hrss.oversight.boards.figures import FIGURES
from hrss.oversight.boards.models import Cell
from hrss.oversight.boards.taking import Span, by_kind, by_place, check_place, series, value, window_of

COUNTY = "500236"
SYSTEM = system_actor("test")
TODAY = date(2026, 2, 10)
SPANS = (Span(YearMonth(2024, 7)), Span(YearMonth(2025, 9), whole_year=True), Span(YearMonth(2026, 2)))


@pytest.fixture
def demo(real_db: str) -> Iterator[str]:
    load(0.003, today=TODAY)
    forget()
    yield real_db
    connections["owner"].close()


def test_every_figure_is_its_rows(demo: str) -> None:
    assert cubes.check_all() == {}
    busiest = max(townships(), key=lambda node: value(FIGURES["population"], node.code, SPANS[0])).code
    checked: list[int] = []
    kept = {
        "",
        *Cell.objects.values_list("cube", flat=True).distinct(),
        *(one for one in cubes.CUBES if "found" in one),
    }
    with acting(SYSTEM):
        for figure in FIGURES.values():
            for region in (COUNTY, busiest):
                for span in SPANS:
                    query = query_of(figure.measure, window_of(figure, span), region=region)
                    taken = value(figure, region, span)
                    assert taken == number(query).value, (figure.code, region, span)
                    checked += [taken] if figure.cube in kept else []
    assert sum(one != 0 for one in checked) > len(checked) * 0.4

    figure = FIGURES["unemployed"]
    places = tuple(node.code for node in townships())
    span = SPANS[0]
    assert sum(by_place(figure, places, span).values()) == value(figure, COUNTY, span)
    assert sum(by_kind(figure, COUNTY, span).values()) == value(figure, COUNTY, span)
    months = series(figure, COUNTY, YearMonth(2024, 1), YearMonth(2024, 7))
    assert months[-1] == value(figure, COUNTY, span)
    hired = FIGURES["people_hired"]
    assert series(hired, COUNTY, YearMonth(2024, 6), YearMonth(2024, 7))[-1] == value(hired, COUNTY, span)


def leader(region: str) -> Actor:
    return Actor(ActorKind.STAFF, posts=(PostRef("1", Function.LEADER, "*", region),))


def test_a_place_outside_the_post_is_refused() -> None:
    check_place(leader(COUNTY), "500236117")
    check_place(leader("500236117"), "500236117001")
    with pytest.raises(Problem, match="管辖范围"):
        check_place(leader("500236117"), COUNTY)
