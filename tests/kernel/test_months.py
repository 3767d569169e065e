"""Months and spells: arithmetic gives back what went in; merging counts every month once."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.months import Spell, YearMonth, add_months, count_months, full_months_between, merge, overlapping
from hrss.kernel.problem import Problem

MONTHS = st.builds(YearMonth, st.integers(1950, 2100), st.integers(1, 12))
SPELLS = st.builds(lambda first, length: Spell(first, first + length), MONTHS, st.integers(0, 60))
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@given(MONTHS, st.integers(-500, 500))
def test_adding_and_taking_away_meet(month: YearMonth, months: int) -> None:
    assert (month + months) - month == months
    assert (month + months) - months == month
    assert ((month + months) > month) == (months > 0)


@given(MONTHS)
def test_a_month_reads_back(month: YearMonth) -> None:
    assert YearMonth.parse(str(month)) == month == YearMonth.from_index(month.index) == YearMonth.of(month.first_day)
    assert month.last_day.toordinal() - month.first_day.toordinal() + 1 == month.days
    assert month.quarter == (month.month - 1) // 3 + 1


@pytest.mark.parametrize("text", ["2026-03", "202603", "2026年3月", "2026.3", " 2026/03 "])
def test_ways_to_write_a_month(text: str) -> None:
    assert YearMonth.parse(text) == YearMonth(2026, 3)


@pytest.mark.parametrize("text", ["", "2026-13", "2026", "26-03", "2026-00", "0000-01"])
def test_no_month(text: str) -> None:
    with pytest.raises(Problem) as caught:
        YearMonth.parse(text)
    assert caught.value.code == "month.format"


def test_impossible_values_are_refused() -> None:
    with pytest.raises(ValueError, match="no such month"):
        YearMonth(2026, 0)
    with pytest.raises(ValueError, match="before it begins"):
        Spell(YearMonth(2026, 2), YearMonth(2026, 1))
    with pytest.raises(ValueError, match="running"):
        Spell(YearMonth(2026, 2)).count()


def test_a_running_spell_is_counted_up_to_a_month() -> None:
    spell = Spell(YearMonth(2025, 11))
    assert spell.count(YearMonth(2026, 2)) == 4
    assert spell.count(YearMonth(2025, 10)) == 0
    assert list(spell.months(YearMonth(2025, 12))) == [YearMonth(2025, 11), YearMonth(2025, 12)]
    assert spell.contains(YearMonth(2099, 1))
    assert not spell.contains(YearMonth(2025, 10))
    assert (str(spell), str(Spell(spell.first, spell.first))) == ("2025-11至今", "2025-11至2025-11")


@given(st.lists(SPELLS, max_size=8))
def test_merging_counts_every_month_once(spells: list[Spell]) -> None:
    months = {month for spell in spells for month in spell.months()}
    merged = merge(spells)
    assert {month for spell in merged for month in spell.months()} == months
    assert count_months(spells) == len(months)
    assert all(not left.touches(right) for left, right in pairwise(merged))


@given(st.lists(SPELLS, max_size=6))
def test_overlapping_gives_months_covered_twice(spells: list[Spell]) -> None:
    covered = [month for spell in spells for month in spell.months()]
    twice = {month for month in covered if covered.count(month) > 1}
    assert {month for spell in overlapping(spells) for month in spell.months()} == twice


@given(SPELLS, SPELLS)
def test_intersection_is_symmetric_and_inside_both(left: Spell, right: Spell) -> None:
    common = left.intersection(right)
    assert common == right.intersection(left)
    assert left.overlaps(right) == (common is not None)
    if common:
        assert set(common.months()) == set(left.months()) & set(right.months())


def test_a_running_spell_swallows_what_follows() -> None:
    running, later = Spell(YearMonth(2020, 1)), Spell(YearMonth(2021, 1), YearMonth(2021, 2))
    assert merge([later, running]) == (running,)
    assert running.intersection(later) == later


def test_the_corresponding_day_or_the_months_last() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2025, 3, 31), -1) == date(2025, 2, 28)


@given(DAYS, st.integers(0, 600))
def test_full_months_are_what_was_added(start: date, months: int) -> None:
    assert full_months_between(start, add_months(start, months)) == months


@given(DAYS, DAYS)
def test_full_months_are_the_largest_that_fit(start: date, end: date) -> None:
    months = full_months_between(start, end)
    if end <= start:
        assert months == 0
    else:
        assert add_months(start, months) <= end < add_months(start, months + 1)
