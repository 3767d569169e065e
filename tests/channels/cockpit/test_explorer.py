"""The explorer over a small lake: choices are declared columns, small groups never show, people are only counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from tests.channels.staffed import COUNTY, browser_of, clerk

from hrss.analytics.exploring import Question, ask, dimensions_of, measures_of
from hrss.analytics.lake.refreshing import refresh
from hrss.demo.load import load
from hrss.foundation.datasets import DATASETS, Sensitivity
from hrss.foundation.regions.queries import forget
from hrss.kernel.problem import Problem

NAMES = ("employment.registrations", "employment.hires")


@pytest.fixture
def lake(real_db: str, tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.HRSS_LAKE = tmp_path / "lake"
    load(0.003, today=date(2026, 2, 10))
    forget()
    refresh(full=True, only=set(NAMES))
    yield
    connections["owner"].close()


def question(name: str, rows: str, columns: str, measure: str, first: int = 2021, region: str = COUNTY) -> Question:
    dataset = DATASETS[name]
    dimensions = dimensions_of(dataset)
    return Question(dataset, dimensions[rows], dimensions[columns], measures_of(dataset)[measure], first, 2026, region)


def test_small_groups_never_show(lake: None) -> None:
    answer = ask(question(NAMES[0], "situation", "year", "rows"))
    shown = [value for line in answer.cells for value in line if value is not None]
    assert answer.hidden > 0
    assert all(value == 0 or value >= 10 for value in shown)
    people = ask(question(NAMES[1], "kind", "year", "people", first=2024))
    assert all(value is None or value == 0 or value >= 10 for line in people.cells for value in line)
    with pytest.raises(Problem, match="不足"):
        ask(question(NAMES[0], "situation", "year", "rows", region="500236117003"))

    _the_page_shows_the_table()


def _the_page_shows_the_table() -> None:
    client: Client = browser_of(clerk("leader", region=COUNTY, name="冉局长"))
    address = reverse("cockpit.explore")
    page = client.get(address, {"dataset": NAMES[0], "rows": "situation", "columns": "year", "measure": "rows"})
    text = page.content.decode()
    assert page.status_code == 200, text[-1500:]
    assert "不公开的数" in text
    assert "离开单位" in text
    assert client.get(address, {"dataset": NAMES[0], "rows": "leave_reason"}).status_code == 422
    assert client.get(address, {"dataset": NAMES[0], "rows": "year", "from": "2026", "to": "2021"}).status_code == 422
    lineage = client.get(reverse("cockpit.lineage")).content.decode()
    assert "失业登记" in lineage
    assert "没有隔离的行" in lineage


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_no_choice_tells_about_a_person(name: str) -> None:
    dataset = DATASETS[name]
    closed = {one.name for one in dataset.columns if one.sensitivity in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)}
    assert not closed & set(dimensions_of(dataset))
    assert not {f"sum.{one}" for one in closed} & set(measures_of(dataset))
