"""Definitions as data: every row of the plan is computed, no number is typed in, faults name file and line."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from hrss.foundation.datasets import DATASETS, Origin
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problems
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import plan_start
from hrss.oversight.indicators.reading_packs import load_indicators

PLAN = settings.HRSS_PACKS / "fengjie" / "plan"


def rows(name: str) -> list[str]:
    with (PLAN / name).open(encoding="utf-8") as file:
        return [row["id"] for row in csv.DictReader(file)]


def test_every_row_of_the_plan_has_exactly_one_definition() -> None:
    computed = [goal.id for one in statistics() for goal in one.goals]
    assert sorted(computed) == sorted(rows("indicators.csv") + rows("targets.csv"))
    assert [sum(one.startswith(kind) for one in computed) for kind in ("p13", "p14", "t-")] == [17, 14, 23]


def test_what_comes_from_history_is_marked() -> None:
    for one in statistics():
        used = {measure.dataset for convention in one.conventions for _, measure in convention.measures}
        assert one.is_history == any(DATASETS[name].origin is Origin.DEMO_HISTORY for name in used)
    business = {one.code for one in statistics() if not one.is_history}
    assert {"new_urban_employment", "rural_transfer", "zero_families", "online_items"} <= business


def test_two_conventions_where_the_field_has_two() -> None:
    arbitration = next(one for one in statistics() if one.code == "arbitration_conclusion_rate")
    assert [one.code for one in arbitration.conventions] == ["main", "carried_over"]


@pytest.mark.parametrize(("year", "first"), [(2020, 2016), (2021, 2021), (2025, 2021), (2026, 2026)])
def test_a_plan_is_five_years(year: int, first: int) -> None:
    assert plan_start(year) == first


def test_windows_reach_as_far_back_as_the_definition_says() -> None:
    by_code = {one.code: one for one in statistics()}
    month = YearMonth(2024, 3)
    assert str(by_code["new_urban_employment"].window(month).start) == "2021-01-01"
    assert str(by_code["professionals_trained"].window(month).start) == "2024-01-01"
    assert str(by_code["card_holders"].window(month).start) == "2024-03-01"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(settings.HRSS_PACKS, tmp_path / "packs")
    return tmp_path / "packs"


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(packs: Path) -> None:
        path = packs / "fengjie" / "indicators" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_edit("workshops", "dataset: employment.sites", "dataset: employment.shops"), "没有数据集“employment.shops”"),
        (_edit("workshops", "column: kind, is: workshop", "column: colour, is: red"), "没有这一列"),
        (_edit("workshops", "is: workshop", "like: workshop"), "没有比较方式“like”"),
        (_edit("workshops", "plan: [t-05]", "plan: [t-99]"), "规划里没有指标 t-99"),
        (_edit("workshops", "plan: [t-05]", "plan: [t-06]"), "已由"),
        (_edit("workshops", "code: workshops", "code: shops"), "与文件名"),
        (_edit("workshops", "kind: amount", "kind: rate"), "比率要写 denominator"),
        (_edit("start_up_loans", "column: amount_fen", "column: kind"), "不能求和"),
        (lambda packs: (packs / "fengjie/indicators/workshops.yaml").unlink(), "t-05 没有统计口径"),
    ],
)
def test_a_fault_names_file_and_line(pack: Path, change: Callable[[Path], None], words: str) -> None:
    change(pack)
    with pytest.raises(Problems) as caught:
        load_indicators("fengjie", root=pack)
    messages = [one.message for one in caught.value]
    assert any(words in message and "fengjie/" in message and "行：" in message for message in messages), messages
