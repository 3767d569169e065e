"""Occupations: published names, groups above, search, and codes that are not there."""

import re

import pytest

from hrss.kernel.problem import Problem
from hrss.rules.general.occupations import ancestors, major_groups, occupation, occupations, search


@pytest.mark.parametrize(
    ("code", "name"), [("4-07-03-01", "职业指导师"), ("4-10-01-06", "家政服务员"), ("4-03-02-01", "中式烹调师")]
)
def test_published_names(code: str, name: str) -> None:
    assert occupation(code).name == name


def test_eight_major_groups() -> None:
    assert list(major_groups()) == list("12345678")
    assert major_groups()["7"] == "军队人员"


def test_the_list_is_clean() -> None:
    rows = occupations()
    assert len(rows) == 2047
    assert all(re.fullmatch(r"[1-8](-[0-9]{2}){3}", code) for code in rows)
    assert not [row.name for row in rows.values() if re.search(r"[A-Za-z\s]", row.name)]
    assert {row.level for row in rows.values()} == {1, 2, 3, 4}


def test_green_and_digital_marks_are_read_from_the_name() -> None:
    row = occupation("2-02-10-03")
    assert (row.name, row.digital, row.green) == ("计算机软件工程技术人员", True, False)


def test_short_codes_are_groups() -> None:
    assert occupation("4").code == "4-00-00-00"
    assert [row.level for row in ancestors("4-07-03-01")] == [1, 2, 3]
    assert ancestors("4") == ()


@pytest.mark.parametrize(("code", "kind"), [("9-00-00-00", "format"), ("abc", "format"), ("4-99-99-99", "unknown")])
def test_codes_that_are_not_there(code: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        occupation(code)
    assert caught.value.code == f"occupation.{kind}"


def test_search_prefers_names() -> None:
    found = search("烹调师")
    assert {"中式烹调师", "西式烹调师"} <= {row.name for row in found[:3]}
    assert search("家政服务员")[0].code == "4-10-01-06"
    assert search("") == ()
    assert len(search("工", limit=5)) == 5


def test_search_ranks_exact_then_beginning_then_inside_then_definition() -> None:
    wide = [row.name for row in search("管理", limit=500)]
    order = [1 if name.startswith("管理") else 2 if "管理" in name else 3 for name in wide]
    assert order == sorted(order)
    assert set(order) == {1, 2, 3}
    assert {row.level for row in search("管理", level=None, limit=500)} > {4}
    assert search("管理", limit=0) == ()


def test_search_wants_all_words_and_keeps_the_level() -> None:
    both = search("工程 技术人员", limit=500)
    assert both
    assert all(row.level == 4 and "工程" in row.name + row.definition for row in both)
    assert all("技术人员" in row.name + row.definition for row in both)
    in_name = ["工程" in row.name and "技术人员" in row.name for row in both if not row.name.startswith("工程")]
    assert in_name == sorted(in_name, reverse=True)
    assert len(search("工", limit=1)) == 1
    assert search("没有这样的职业名称") == ()
