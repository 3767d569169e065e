"""Citizen identity numbers: published numbers, one wrong character, the pitfalls of region and century."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from hrss.kernel.identifiers import Sex, check_id_number, compose_id_number, id_check_character, upgrade_id_number
from hrss.kernel.problem import Problem

BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
NUMBERS = st.builds(
    lambda region, birth, sequence: compose_id_number(region=region, birth_date=birth, sequence=sequence).text,
    st.sampled_from(["500236", "512226", "511225", "999236"]),
    BIRTHS,
    st.integers(0, 999),
)


def code_of(text: str) -> str:
    with pytest.raises(Problem) as caught:
        check_id_number(text)
    return caught.value.code


def test_a_valid_number_gives_birth_sex_and_region() -> None:
    number = check_id_number("51222619681003125x")
    assert (number.text, number.birth_date, number.sex.label, number.region) == (
        "51222619681003125X",
        date(1968, 10, 3),
        "男",
        "512226",
    )


def test_a_leap_day_is_accepted_and_a_missing_one_refused() -> None:
    assert check_id_number("500236200802290014").birth_date == date(2008, 2, 29)
    first17 = "50023620070229001"
    assert code_of(first17 + id_check_character(first17)) == "id_number.date"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("500236200501010030", "checksum"),
        ("50023620050101003", "length"),
        ("512226681003125", "length"),
        ("", "length"),
        ("5002362005010100X1", "format"),
        ("50023620051301003A", "format"),
        ("500236200513010031", "date"),
        ("500236000001010031", "date"),
    ],
)
def test_what_is_wrong_is_named(text: str, kind: str) -> None:
    assert code_of(text) == f"id_number.{kind}"


def test_a_region_code_younger_than_the_person_is_only_a_hint() -> None:
    assert check_id_number("500236199003071231").region == "500236"


def test_full_width_digits_and_spaces_are_put_right() -> None:
    assert check_id_number(" ５００２３６ 20050101 0031 ").text == "500236200501010031"


def test_a_birth_after_the_given_day_is_refused() -> None:
    with pytest.raises(Problem, match="晚于"):
        check_id_number("500236200501010031", on=date(2004, 12, 31))
    assert check_id_number("500236200501010031", on=date(2005, 1, 1)).birth_date == date(2005, 1, 1)


def test_fifteen_digits_become_eighteen() -> None:
    assert upgrade_id_number("512226681003125").text == "51222619681003125X"


@pytest.mark.parametrize(("text", "kind"), [("51222668100312", "length"), ("51222668100312X", "format")])
def test_a_bad_old_number_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        upgrade_id_number(text)
    assert caught.value.code == f"id_number.{kind}"


def test_synthetic_people_are_told_apart_and_masked() -> None:
    number = compose_id_number(region="999236", birth_date=date(1990, 5, 1), sequence=2)
    assert number.is_synthetic
    assert number.sex is Sex.FEMALE
    assert number.masked == f"999236********{number.tail}"
    assert not check_id_number("500236200501010031").is_synthetic


@given(NUMBERS)
def test_the_check_character_agrees_with_an_independent_implementation(text: str) -> None:
    assert mod_11_2.is_valid(text)
    assert check_id_number(text).text == text


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(text: str, position: int, shift: int) -> None:
    wrong = text[:position] + str((int(text[position]) + shift) % 10) + text[position + 1 :]
    assert code_of(wrong) in {"id_number.checksum", "id_number.date"}


@given(NUMBERS, st.integers(0, 15))
def test_two_swapped_neighbours_are_always_found(text: str, position: int) -> None:
    swapped = text[:position] + text[position + 1] + text[position] + text[position + 2 :]
    if swapped != text:
        assert code_of(swapped) in {"id_number.checksum", "id_number.date"}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)), st.integers(0, 999))
def test_upgrading_gives_back_what_was_shortened(birth: date, sequence: int) -> None:
    long = compose_id_number(region="512226", birth_date=birth, sequence=sequence)
    assert upgrade_id_number(long.text[:6] + long.text[8:17]) == long
    assert upgrade_id_number(long.text) == long


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    try:
        check_id_number(text)
    except Problem as problem:
        assert problem.code.startswith("id_number.")
        assert problem.remedy
