"""Statutory limits: every matter has a readable limit, is found by its own name, and vague names are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.rules.engine import default_parameters
from hrss.rules.general.statutory_limits import MATTERS, find_matter, statutory_limit

TODAY = date(2025, 12, 31)


@pytest.mark.parametrize("id", MATTERS)
def test_every_matter_has_a_limit_and_is_found_by_its_name(id: str) -> None:
    matter = MATTERS[id]
    limit, value = statutory_limit(matter.title, on=TODAY, region="500236")
    assert find_matter(matter.title) == matter
    assert limit.is_counted
    assert value.document
    assert value.title == matter.title


def test_every_limit_parameter_has_a_matter() -> None:
    named = {
        name.removeprefix("general.limit.") for name in default_parameters().values if name.startswith("general.limit.")
    }
    assert named == set(MATTERS)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("工伤认定（事实清楚）", "15D"),
        ("职工申请工伤认定", "1Y"),
        ("用人单位申请工伤认定", "30D"),
        ("劳动能力再次鉴定", "15D"),
        ("劳动仲裁裁决", "45D+15D"),
        ("劳动保障监察调查", "60W+30W"),
        ("行政复议简易程序审理", "30D"),
        ("用人单位为职工办理社会保险登记", "30D"),
        ("社保注销登记", "10W"),
        ("行政许可联合办理", "45W+15W"),
    ],
)
def test_usual_names(name: str, limit: str) -> None:
    assert statutory_limit(name, on=TODAY, region="")[0] == Limit.parse(limit)


@pytest.mark.parametrize(
    ("name", "kind"), [("天气", "unknown_matter"), ("", "unknown_matter"), ("受理仲裁监察", "ambiguous_matter")]
)
def test_vague_names_are_refused(name: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        find_matter(name)
    assert caught.value.code == f"limit.{kind}"


def test_before_the_law_there_is_a_gap() -> None:
    with pytest.raises(Problem) as caught:
        statutory_limit("行政复议决定", on=date(2023, 12, 31), region="")
    assert caught.value.code == "rules.gap"


@given(st.text(max_size=20))
def test_any_text_is_a_matter_or_a_problem(name: str) -> None:
    try:
        assert find_matter(name).id in MATTERS
    except Problem as problem:
        assert problem.code.startswith("limit.")
