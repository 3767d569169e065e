"""Region codes: whole codes by length, prefixes, cutting and shortening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.kernel.regions import RegionLevel, check_region_code, is_within, level_of, parent_of, shorten, up_to

CODES = st.sampled_from([2, 4, 6, 9, 12]).flatmap(lambda length: st.text("123456789", min_size=length, max_size=length))


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("50", "province"),
        ("5002", "prefecture"),
        ("500236", "county"),
        ("500236001", "township"),
        ("500236001001", "village"),
    ],
)
def test_the_length_is_the_level(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize("code", ["", "5", "50023", "5002360", "50023A", "5002360010010"])
def test_a_broken_code_is_refused(code: str) -> None:
    with pytest.raises(Problem) as caught:
        check_region_code(code)
    assert caught.value.code == "region.format"


def test_within_itself_its_parents_and_everywhere() -> None:
    assert is_within("500236001", "500236")
    assert is_within("500236001", "500236001")
    assert is_within("500236001", "")
    assert not is_within("500236", "500236001")
    assert not is_within("500237001", "500236")
    assert not is_within("500236001", "50023")


@given(CODES)
def test_every_parent_contains_its_child(code: str) -> None:
    parent = parent_of(code)
    assert (parent is None) == (level_of(code) is RegionLevel.PROVINCE)
    if parent:
        assert is_within(code, parent)
        assert up_to(code, level_of(parent)) == parent


@given(CODES)
def test_padding_with_zeros_is_undone(code: str) -> None:
    assert shorten(code.ljust(12, "0")) == code


def test_a_county_has_no_village() -> None:
    with pytest.raises(Problem) as caught:
        up_to("500236", RegionLevel.VILLAGE)
    assert caught.value.code == "region.level"
