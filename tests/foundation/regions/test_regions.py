"""Divisions: the county's file loads whole, faults name file and line, names and validity are right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.foundation.people.builders import DIVISIONS

from hrss.foundation.regions import queries
from hrss.foundation.regions.loading import load_divisions
from hrss.foundation.regions.models import Region
from hrss.foundation.regions.romanise import pinyin_of, pinyin_of_name
from hrss.kernel.problem import Problem, Problems

pytestmark = pytest.mark.django_db
HEAD = "code,name,level,parent,valid_from,valid_to\n"


def write(path: Path, rows: str) -> Path:
    file = path / "divisions.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return file


def test_the_county_loads_whole_and_twice() -> None:
    first, second = load_divisions(DIVISIONS), load_divisions(DIVISIONS)
    assert (first.counties, first.townships, first.villages) == (1, 33, 392)
    assert first == second
    assert Region.objects.count() == 426


def test_names_and_tree() -> None:
    load_divisions(DIVISIONS)
    baidi = queries.require("500236117", level="township")
    village = queries.children_of(baidi.code)[0]
    assert queries.full_name(village.code) == f"奉节县白帝镇{village.name}"
    assert [node.level for node in queries.path_of(village.code)] == ["county", "township", "village"]
    assert len(queries.tree()) == 33
    assert sum(len(villages) for _, villages in queries.tree()) == 392
    assert queries.full_name("110101001") == "110101001"
    assert queries.name_of("nowhere") == ""


def test_the_two_code_systems_are_kept_apart() -> None:
    load_divisions(DIVISIONS)
    assert queries.require("500236003").name == "夔门街道"
    found = queries.township_by_mca_code("500236003")
    assert found is not None
    assert (found.name, found.code) == ("永安街道", "500236001")


@pytest.mark.parametrize(
    ("code", "level", "match"),
    [("999", "", "没有区划代码"), ("500236117", "village", "请选到村"), ("", "", "没有区划代码")],
)
def test_require_says_what_is_wrong(code: str, level: str, match: str) -> None:
    load_divisions(DIVISIONS)
    with pytest.raises(Problem) as caught:
        queries.require(code, level=level)
    assert match in str(caught.value)


def test_validity_in_time(tmp_path: Path) -> None:
    rows = (
        "500236,奉节县,county,,,\n500236100,旧乡,township,500236,,2018-12-31\n"
        "500236101,新镇,township,500236,2019-01-01,\n"
    )
    load_divisions(write(tmp_path, rows))
    assert [n.name for n in queries.children_of("500236", on=date(2018, 12, 31))] == ["旧乡"]
    assert [n.name for n in queries.children_of("500236", on=date(2019, 1, 1))] == ["新镇"]
    with pytest.raises(Problem, match="不是有效区划"):
        queries.require("500236100", on=date(2020, 1, 1))


def test_every_fault_is_named_with_its_line_and_nothing_is_loaded(tmp_path: Path) -> None:
    rows = (
        "500236,奉节县,county,,,\n50023,短码,township,500236,,\n500236100,甲,village,500236,,\n"
        "500236101,乙,township,500237,,\n500236102,,township,500236,,\n500236103,丙,township,500236,2020-13-01,\n"
        "500236,奉节县,county,,,\n500236104001,丁村,village,500236104,,\n"
    )
    with pytest.raises(Problems) as caught:
        load_divisions(write(tmp_path, rows))
    text = " ".join(problem.message for problem in caught.value)
    for line in (3, 4, 5, 6, 7, 8):
        assert f"第 {line} 行" in text
    assert "500236104" in text
    assert Region.objects.count() == 0


def test_a_file_without_columns_or_content(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    with pytest.raises(Problem, match="读不到区划文件"):
        load_divisions(file)
    file.write_text("code,name\n")
    with pytest.raises(Problem, match="缺少列 level、parent"):
        load_divisions(file)


def test_the_table_itself_refuses_a_code_that_does_not_fit() -> None:
    with pytest.raises(IntegrityError, match="code_fits_level"), transaction.atomic():
        Region.objects.create(code="5002361", name="错", level="township", pinyin="cuo")


def test_pinyin() -> None:
    assert [pinyin_of_name(name) for name in ("单小明", "尉迟恭", "王女")] == ["shanxiaoming", "yuchigong", "wangnv"]
    assert pinyin_of("奉节县 A1·白帝") == "fengjiexiana1baidi"
