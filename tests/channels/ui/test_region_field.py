"""The village select: the county's own divisions, the known township first, codes of elsewhere refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from hrss.casework.items.packs import packs_root
from hrss.channels.ui.answers import read_page
from hrss.channels.ui.places import short_place, villages_by_township
from hrss.channels.ui.render import environment
from hrss.foundation.regions import queries
from hrss.foundation.regions.loading import load_divisions
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
FORM = {
    "type": "object",
    "required": ["place"],
    "properties": {"place": {"type": "string", "title": "现在住在哪个村（社区）", "x-format": "region"}},
}
BAIDI_VILLAGE = "500236117206"


@pytest.fixture(autouse=True)
def county() -> None:
    with acting(system_actor("ui.test")):
        load_divisions(packs_root() / "fengjie" / "divisions.csv")
    queries.forget()
    assert len(queries.townships()) == 33


def test_known_township_comes_first_and_every_village_once() -> None:
    groups = villages_by_township(BAIDI_VILLAGE)
    assert groups[0][0] == "白帝镇"
    codes = [code for _, villages in groups for code, _ in villages]
    assert len(codes) == len(set(codes)) == 392


@pytest.mark.parametrize(
    ("name", "short"),
    [("九盘村村民委员会", "九盘村"), ("市场社区居民委员会", "市场社区"), ("白帝镇", "白帝镇")],
)
def test_short_names(name: str, short: str) -> None:
    assert short_place(name) == short


def test_select_shows_the_known_village_chosen(ui: Any) -> None:
    html = (
        environment()
        .from_string("{{ ui.schema_fields(form, none, values) }}")
        .render(form=FORM, values={"place": BAIDI_VILLAGE})
    )
    assert f'<option value="{BAIDI_VILLAGE}" selected>香山村</option>' in html
    assert html.index('label="白帝镇"') < html.index('label="吐祥镇"')
    assert html.count("<option") == 393


def test_a_village_of_the_county_is_read() -> None:
    assert read_page(FORM, None, QueryDict(f"place={BAIDI_VILLAGE}")) == ({"place": BAIDI_VILLAGE}, [])


@pytest.mark.parametrize("code", ["500236117", "500236117999", "110101001001", "abc"])
def test_anything_else_is_refused_and_kept(code: str) -> None:
    values, problems = read_page(FORM, None, QueryDict(f"place={code}"))
    assert values == {"place": code}
    assert [problem.field for problem in problems] == ["place"]
