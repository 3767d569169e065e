"""Measuring: rows make the number for every indicator, in every year of the plan, and nothing kept ever changes."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from tests.oversight.conftest import staff

from hrss.foundation.audit.models import Event
from hrss.foundation.datasets import Aggregate, Measure
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import MASK, all_rows, number
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Statistic, digest
from hrss.oversight.indicators.models import Figure, Taking
from hrss.oversight.indicators.services.take import take
from hrss.oversight.indicators.taking import measure
from hrss.oversight.indicators.values import Counts, text_of, value_of

ROBOT = system_actor("test").for_purpose("statistics")
MONTHS = [YearMonth(year, month) for year in range(2021, 2026) for month in range(1, 13)]
CODES = [one.code for one in statistics()]
SAMPLED = random.Random(20210101)


def sampled(statistic: Statistic) -> list[YearMonth]:
    """Three months of the sixty, others for every statistic; the last of the plan always."""
    return [*SAMPLED.sample(MONTHS[:-1], 3), MONTHS[-1]]


def from_rows(wanted: Measure, statistic: Statistic, month: YearMonth) -> int:
    with acting(ROBOT):
        found = list(all_rows(query_of(wanted, statistic.window(month))))
    if wanted.aggregate is Aggregate.COUNT:
        return len(found)
    values = [row[wanted.column] for row in found]
    return sum(values) if wanted.aggregate is Aggregate.SUM else len(set(values))


@pytest.mark.parametrize("statistic", statistics(), ids=CODES)
def test_the_rows_make_the_number(county: None, statistic: Statistic) -> None:
    months = sampled(statistic)
    kept = measure(statistic, months, levels=("county", "township"))
    for month in months:
        for convention in statistic.conventions:
            figure = next(f for f in kept[month] if len(f.region_code) == 6 and f.convention == convention.code)
            sides = {"numerator": figure.counts.numerator, "denominator": figure.counts.denominator}
            sides |= figure.counts.parts or {}
            for name, one in convention.measures:
                assert sides[name] == from_rows(one, statistic, month), (month, convention.code, name)


def test_every_statistic_says_something_by_the_end_of_the_plan(county: None) -> None:
    last = MONTHS[-1]
    empty = []
    for statistic in statistics():
        figure = next(f for f in measure(statistic, [last], levels=("county",))[last] if f.convention == "main")
        if not figure.counts.numerator and statistic.code != "zero_families":
            empty.append(statistic.code)
    assert empty == []


def test_townships_and_villages_add_up_for_counts(county: None) -> None:
    statistic = next(one for one in statistics() if one.code == "new_urban_employment")
    figures = [one for one in measure(statistic, [MONTHS[-1]])[MONTHS[-1]] if one.convention == "main"]
    sums = {length: sum(f.counts.numerator for f in figures if len(f.region_code) == length) for length in (6, 9, 12)}
    assert sums[6] == sums[9] == sums[12] > 0


def test_a_taking_keeps_definition_cut_and_rows(county: None) -> None:
    outcome = take(["card_holders"], [YearMonth(2024, 6)], actor=ROBOT, reason=Taking.Reason.ON_DEMAND)
    taking = Taking.objects.get(id=outcome.data["card_holders 2024-06"])
    figure = queries.county_figure("card_holders", YearMonth(2024, 6))
    statistic = next(one for one in statistics() if one.code == "card_holders")
    assert figure is not None and figure.rows == figure.counts.numerator > 0
    assert taking.definition_digest == digest(statistic) and taking.history and taking.cut_at is not None
    assert taking.figures.count() == 1 + 33 + 392


@pytest.mark.parametrize("model", [Taking, Figure])
def test_what_was_measured_is_never_changed(county: None, model: type[Taking] | type[Figure]) -> None:
    take(["workshops"], [YearMonth(2024, 6)], actor=ROBOT, reason=Taking.Reason.ON_DEMAND, levels=("county",))
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_drilling_down_masks_leaves_an_event_and_keeps_to_the_scope(county: None) -> None:
    month = YearMonth(2025, 12)
    whole = queries.drill("card_holders", month, actor=staff(Function.LEADER), limit=5)
    part = queries.drill("card_holders", month, actor=staff(Function.HANDLER, region="500236001"), limit=5)
    assert {row["person_id"] for row in whole.page.rows} == {MASK}
    assert 0 < part.reading.value < whole.reading.value
    assert all(row["region_code"].startswith("500236001") for row in part.page.rows)
    seen = queries.drill("card_holders", month, actor=staff(Function.INSPECTOR), limit=5)
    assert MASK not in {row["person_id"] for row in seen.page.rows}
    with acting(ROBOT):
        events = Event.objects.filter(action="indicators.drill", outcome="read").count()
    assert events == 3


def test_rows_are_for_those_who_may_read_statistics(county: None) -> None:
    with pytest.raises(Problem, match="查看统计明细"):
        queries.drill("card_holders", YearMonth(2025, 12), actor=staff(Function.COUNTER))


def test_the_two_conventions_of_the_conclusion_rate_differ(county: None) -> None:
    statistic = next(one for one in statistics() if one.code == "arbitration_conclusion_rate")
    month = YearMonth(2023, 6)
    found = {f.convention: f for f in measure(statistic, [month], levels=("county",))[month]}
    assert found["main"].counts.denominator is not None
    with acting(ROBOT):
        carried = number(query_of(statistic.conventions[1].denominator or Measure(""), statistic.window(month)))
    assert found["carried_over"].counts.denominator == carried.value >= found["main"].counts.denominator


def test_values_of_a_rate_over_nothing_is_none() -> None:
    rate = next(one for one in statistics() if one.code == "mediation_success_rate")
    assert value_of(rate, Counts(0, 0)) is None and text_of(rate, Counts(0, 0)) == "—"
    assert value_of(rate, Counts(2318, 2334)) == Decimal("99.31")
