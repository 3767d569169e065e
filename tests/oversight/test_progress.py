"""Progress: lights by the stated rule, the plan's own results judged by its own signs, outlooks that know no future."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.oversight.test_measuring import ROBOT

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistic_of, statistics
from hrss.oversight.indicators.models import Taking
from hrss.oversight.indicators.outlooks import goal_outlook
from hrss.oversight.indicators.progress import Light, path_at, printed_result, standing
from hrss.oversight.indicators.services.take import take
from hrss.oversight.indicators.values import Counts

ONE = Decimal(1)


def light(code: str, month: YearMonth, numerator: int, denominator: int | None = None) -> Light:
    statistic = statistic_of(code)
    return standing(statistic, statistic.lead, month, Counts(numerator, denominator), scale=ONE).light


@pytest.mark.parametrize(
    ("code", "month", "counts", "expected"),
    [
        ("new_urban_employment", (2023, 6), (30_000,), Light.GREEN),  # 6万 × 30/60
        ("new_urban_employment", (2023, 6), (27_000,), Light.AMBER),
        ("new_urban_employment", (2023, 6), (26_999,), Light.RED),
        ("new_urban_employment", (2021, 1), (60_000,), Light.GREEN),
        ("unemployment_participants", (2025, 12), (60_200,), Light.GREEN),
        ("unemployment_participants", (2023, 6), (55_350,), Light.GREEN),  # 5.05 + 0.97 × 30/60
        ("unemployment_participants", (2025, 12), (60_000,), Light.AMBER),
        ("inspection_conclusion_rate", (2023, 6), (99, 100), Light.GREEN),
        ("inspection_conclusion_rate", (2023, 6), (97, 100), Light.AMBER),
        ("inspection_conclusion_rate", (2023, 6), (90, 100), Light.RED),
        ("surveyed_unemployment_rate", (2023, 6), (54, 1000), Light.GREEN),
        ("surveyed_unemployment_rate", (2023, 6), (55, 1000), Light.AMBER),  # ＜5.5，等于不算
        ("surveyed_unemployment_rate", (2023, 6), (70, 1000), Light.RED),
        ("zero_families", (2023, 6), (0,), Light.GREEN),
        ("zero_families", (2023, 6), (2,), Light.RED),
        ("surveyed_unemployment_rate", (2023, 6), (0, 0), Light.GREY),
    ],
)
def test_the_light_follows_the_stated_rule(
    code: str, month: tuple[int, int], counts: tuple[int, ...], expected: Light
) -> None:
    assert light(code, YearMonth(*month), *counts) is expected


def test_what_is_needed_per_month_from_now() -> None:
    statistic = statistic_of("new_urban_employment")
    now = standing(statistic, statistic.lead, YearMonth(2024, 12), Counts(48_000), scale=ONE)
    assert (now.months_left, now.per_month) == (12, Decimal("0.1"))


def test_a_sample_county_has_smaller_targets_but_the_same_rates() -> None:
    scale = Decimal("0.02")
    heads, rate = statistic_of("new_urban_employment"), statistic_of("mediation_success_rate")
    last = YearMonth(2025, 12)
    assert path_at(heads, heads.lead, last, scale=scale) == Decimal("0.12")
    assert path_at(rate, rate.lead, last, scale=scale) == 61


def test_the_plan_did_not_meet_all_it_says_it_met() -> None:
    missed = {goal.id for one in statistics() for goal in one.goals if printed_result(goal) is False}
    assert missed == {"p13-03", "p13-04", "p13-06", "p13-07", "p13-10"}


@pytest.mark.parametrize("code", ["full_employment_communities", "title_structure", "resident_pension_coverage",
                                  "highly_skilled_talent", "inspection_conclusion_rate"])  # fmt: skip
def test_the_plans_inconsistencies_stand_beside_the_number(code: str) -> None:
    assert statistic_of(code).notes


def months(first: YearMonth, count: int) -> list[YearMonth]:
    return [first + offset for offset in range(count)]


def test_an_outlook_knows_only_what_was_known_and_is_the_same_twice(county: None) -> None:
    statistic = statistic_of("new_urban_employment")
    take(
        [statistic.code], months(YearMonth(2021, 1), 60), actor=ROBOT, reason=Taking.Reason.BACKFILL, levels=["county"]
    )
    scale = Decimal("0.003")
    seen = goal_outlook(statistic, statistic.lead, YearMonth(2024, 6), scale=scale)
    again = goal_outlook(statistic, statistic.lead, YearMonth(2024, 6), scale=scale)
    assert seen is not None and again is not None and seen.end == again.end and seen.chance == again.chance
    assert len(seen.months) == 18 and seen.end.low <= seen.end.middle <= seen.end.high
    assert seen.chance is not None and 0 <= seen.chance <= 1
    assert goal_outlook(statistic, statistic.lead, YearMonth(2025, 12), scale=scale) is None
