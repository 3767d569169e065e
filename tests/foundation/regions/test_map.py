"""The county's map: an approved file is drawn with its number; a wrong one is refused in one sentence, nothing changed.

The map here is made up: thirty-three squares in rows, nobody's boundaries.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.channels.staffed import COUNTY, SYSTEM, TOWN, browser_of, clerk, prepare

from hrss.foundation.audit.models import Event
from hrss.foundation.regions.mapping import load_map, map_shown, maps_loaded
from hrss.foundation.regions.models import CountyMap
from hrss.foundation.regions.outlines import Bounds
from hrss.foundation.regions.queries import forget, townships
from hrss.foundation.scope import acting
from hrss.kernel.problem import Problem

BOUNDS = Bounds(108.7, 30.2, 110.0, 31.6)
NUMBER = "GS(2099)0001号"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    prepare()
    forget()


def squares() -> dict[str, Any]:
    """A synthetic map: a square for each township, seven in a row."""
    features = []
    for at, node in enumerate(townships()):
        x, y = 109.0 + 0.1 * (at % 7), 30.5 + 0.1 * (at // 7)
        ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": node.code, "note": "合成，不是真实界线"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def load(made: object, number: str = NUMBER) -> Any:
    content = made if isinstance(made, bytes) else json.dumps(made).encode()
    return load_map(content, actor=SYSTEM, number=number, bounds=BOUNDS)


def test_without_a_map_the_board_has_tiles() -> None:
    assert map_shown() is None
    page = browser_of(clerk("leader", region=COUNTY)).get(reverse("cockpit.overview")).content.decode()
    assert "格图，不是地图" in page


def test_an_approved_map_is_drawn_with_its_number() -> None:
    assert load(squares()).data["townships"] == 33
    shown = map_shown()
    assert shown is not None
    assert (shown.width, len(shown.shapes)) == (1000, 33)
    browser = browser_of(clerk("leader", region=COUNTY))
    page = browser.get(reverse("cockpit.overview")).content.decode()
    assert f"审图号：{NUMBER}" in page
    assert page.count('class="shape ') == 33
    assert "格图，不是地图" not in page
    assert f"region={TOWN}" in page
    inside = browser.get(reverse("cockpit.overview"), {"region": TOWN}).content.decode()
    assert "审图号" not in inside, "villages have no outlines"


def test_the_newest_map_counts() -> None:
    load(squares())
    load(squares(), "渝S（2099）12号")
    shown = map_shown()
    assert shown is not None
    assert shown.number == "渝S（2099）12号"


def _drop(made: dict[str, Any]) -> None:
    del made["features"][5]


def _twice(made: dict[str, Any]) -> None:
    made["features"][5]["properties"]["code"] = made["features"][4]["properties"]["code"]


def _open_ring(made: dict[str, Any]) -> None:
    made["features"][5]["geometry"]["coordinates"][0].pop()


def _far_away(made: dict[str, Any]) -> None:
    made["features"][5]["geometry"]["coordinates"] = [[[30.5, 109.0], [30.6, 109.0], [30.6, 109.1], [30.5, 109.0]]]


def _put(**changes: Any) -> Change:
    return lambda made: made["features"][5].update(changes)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_drop, "少 1 个乡镇"),
        (_twice, "出现两次"),
        (_open_ring, "没有闭合"),
        (_far_away, "本县范围之外"),
        (_put(properties={"name": "永安街道"}), "没有区划代码"),
        (_put(properties={"code": "110101001"}), "不是本县的乡镇"),
        (_put(geometry={"type": "Point", "coordinates": [109, 31]}), "不是面"),
        (_put(geometry=None), "不是面"),
        (_put(geometry={"type": "Polygon", "coordinates": []}), "没有界线"),
        (_put(geometry={"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}), "点不是经纬度"),
        (lambda made: made.update(type="Feature"), "FeatureCollection"),
        (lambda made: made.update(features="x"), "FeatureCollection"),
    ],
)
def test_a_wrong_map_is_refused_in_one_sentence(change: Change, words: str) -> None:
    made = squares()
    change(made)
    with pytest.raises(Problem, match=words) as caught:
        load(made)
    assert caught.value.message.count("。") == 0
    assert not CountyMap.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK\x03\x04", b"[1, 2]", b"[" * 100_000])
def test_a_file_that_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(Problem, match="不是 GeoJSON"):
        load(content)


@pytest.mark.parametrize("number", ["", "GS2024", "1234", "GS(24)1号", "审图号"])
def test_without_an_approval_number_nothing_is_loaded(number: str) -> None:
    with pytest.raises(Problem, match="不是审图号"):
        load(squares(), number)


def send(browser: Client, made: object, number: str = NUMBER) -> HttpResponse:
    content = made if isinstance(made, bytes) else json.dumps(made).encode()
    return browser.post(
        reverse("workbench.map"), {"number": number, "file": SimpleUploadedFile("map.geojson", content)}
    )


def test_a_data_administrator_loads_an_approved_map_and_sees_who_did() -> None:
    data = clerk("data", region=COUNTY, name="向管理")
    browser = browser_of(data)
    assert "看板用下面的格图" in browser.get(reverse("workbench.map")).content.decode()
    assert send(browser, squares()).status_code == 302
    page = browser.get(reverse("workbench.map")).content.decode()
    for words in (f"审图号：{NUMBER}", "已载入 33 个乡镇（街道）的地图", "向管理", 'class="shape '):
        assert words in page, words
    with acting(SYSTEM):
        event = Event.objects.get(action="regions.load_map")
    assert (event.actor_account, event.detail["number"]) == (data.id, NUMBER)


def test_a_wrong_file_is_told_keeps_what_was_typed_and_changes_nothing() -> None:
    browser = browser_of(clerk("data", region=COUNTY))
    load(squares(), "渝S(2023)045号")
    short = squares()
    _drop(short)
    for made, number, words in (
        (short, NUMBER, "少 1 个乡镇"), (b"no json", NUMBER, "不是 GeoJSON"), (squares(), "没有", "不是审图号"),
        (b"", NUMBER, "请选择地图文件"),
    ):  # fmt: skip
        answer = send(browser, made, number)
        page = answer.content.decode()
        assert answer.status_code == 422 and words in page and f'value="{number}"' in page, words
    assert [one.number for one in maps_loaded()] == ["渝S(2023)045号"]


@pytest.mark.parametrize("function", ["leader", "inspector", "system_admin"])
def test_nobody_else_comes_to_the_page(function: str) -> None:
    assert browser_of(clerk(function, region=COUNTY)).get(reverse("workbench.map")).status_code == 403


def test_the_command_loads_a_file(tmp_path: Path) -> None:
    file, out = tmp_path / "map.json", StringIO()
    file.write_text(json.dumps(squares()), encoding="utf-8")
    call_command("load_map", str(file), number=NUMBER, stdout=out)
    assert "33 个乡镇（街道）" in out.getvalue()
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(Problem, match="FeatureCollection"):
        call_command("load_map", str(file), number=NUMBER)
