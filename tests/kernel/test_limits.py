"""Limits: what is written reads back; words for people; nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.limits import Limit, LimitUnit
from hrss.kernel.problem import Problem

ONE = st.builds(lambda number, unit: f"{number}{unit}", st.integers(1, 9999), st.sampled_from("WDMYQ"))
TEXTS = st.one_of(ONE, st.sampled_from(["0", "-"]), st.builds(lambda base, more: f"{base}+{more}", ONE, ONE))


@given(TEXTS)
def test_a_limit_reads_back(text: str) -> None:
    assert str(Limit.parse(text)) == text
    assert Limit.parse(f" {text.lower()} ") == Limit.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10W", "10个工作日"),
        ("60D+30D", "60日，可延长30日"),
        ("3M", "3个月"),
        ("2Y", "2年"),
        ("1Q", "按季度办结"),
        ("2Q", "2个季度内办结"),
        ("0", "即时办结"),
        ("-", "未规定时限"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert Limit.parse(text).words == words


@pytest.mark.parametrize("text", ["", "10", "W", "0W", "-1D", "10X", "10W+", "0+5W", "10W+0", "1W+1W+1W", "99999D"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        Limit.parse(text)
    assert caught.value.code == "limit.format"


def test_the_base_has_no_extension() -> None:
    limit = Limit.parse("20W+10W")
    assert limit.extension == Limit(10, LimitUnit.WORKING_DAY)
    assert limit.base == Limit(20, LimitUnit.WORKING_DAY)
