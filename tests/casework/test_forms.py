"""Forms: typed values, hidden fields, one sentence a field; search that understands how people say it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.casework.documents.codes import ALPHABET, grouped, new_code, normal
from hrss.casework.intake.fields import fields_of, pages, shown
from hrss.casework.intake.forms import clean, coerce, page_problems
from hrss.casework.items.packs import load_pack
from hrss.casework.items.search import life_events, search
from hrss.kernel.problem import Problems

ITEMS = load_pack("fengjie").items
TODAY = date(2026, 11, 24)
UNEMPLOYED = ITEMS["JY010"].form
GOOD = {
    "situation": "left_unit",
    "leave_date": "2026-11-01",
    "leave_reason": "dismissed",
    "phone": "10012345678",
    "residence": "500236117001",
    "willing": True,
}


def told(form: dict[str, Any], data: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Problems) as wrong:
        clean(form, data, today=TODAY)
    return {one.field: one.message for one in wrong.value}


def test_a_good_form_comes_back_as_it_was() -> None:
    assert clean(UNEMPLOYED, GOOD, today=TODAY) == GOOD


def test_every_wrong_field_gets_one_sentence_in_the_order_of_the_form() -> None:
    wrong = told(UNEMPLOYED, {"situation": "left_unit", "leave_date": "2026-12-01", "phone": "12", "residence": "5002"})
    assert list(wrong) == ["leave_date", "leave_reason", "phone", "residence", "willing"]
    assert wrong["leave_date"] == "哪天离开的：不能晚于今天"
    assert wrong["leave_reason"] == "为什么离开：请选择一项"
    assert wrong["willing"].endswith("请勾选")


def test_hidden_fields_are_neither_needed_nor_kept() -> None:
    data = {**GOOD, "situation": "graduate"}
    kept = clean(UNEMPLOYED, data, today=TODAY)
    assert set(kept) == {"situation", "phone", "residence", "willing"}


def test_a_page_is_checked_alone() -> None:
    assert page_problems(UNEMPLOYED, {"situation": "left_unit"}, 0, today=TODAY) == []
    assert [one.field for one in page_problems(UNEMPLOYED, {"situation": "left_unit"}, 1, today=TODAY)] == [
        "leave_date",
        "leave_reason",
    ]


def test_posted_strings_become_types() -> None:
    posted = {
        "contact": " 王芳 ",
        "phone": "１００ 1234 5678",
        "hires-0-name": "李雷",
        "hires-0-monthly_pay": "3,500元",
        "hires-2-name": "韩梅",
        "hires-1-name": "",
        "stranger": "x",
    }
    data = coerce(ITEMS["JY012"].form, posted)
    assert data["hires"] == [{"name": "李雷", "monthly_pay": 3500}, {"name": "韩梅"}]
    assert "stranger" not in data
    wrong = told(ITEMS["JY012"].form, data)
    assert wrong["hires.1.id_number"] == "身份证号：请填写"
    assert "phone" not in wrong


typed = st.one_of(st.text(), st.booleans(), st.integers(), st.none(), st.lists(st.text()))


@given(st.dictionaries(st.sampled_from([*UNEMPLOYED["properties"], "x"]), typed, max_size=8))
def test_whatever_is_typed_gives_data_or_sentences(data: dict[str, Any]) -> None:
    try:
        kept = clean(UNEMPLOYED, data, today=TODAY)
    except Problems as wrong:
        assert all(one.message and one.field for one in wrong)
    else:
        assert set(kept) <= shown(UNEMPLOYED, kept)


@pytest.mark.parametrize("code", sorted(ITEMS))
def test_every_field_can_be_drawn(code: str) -> None:
    drawn = [field for page in pages(ITEMS[code].form) for field in page]
    assert {field.name for field in drawn} == {field.name for field in fields_of(ITEMS[code].form)}
    for field in drawn:
        assert field.kind != "choice" or len(field.choices) >= 2
        assert field.kind != "table" or field.columns


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("厂里不要我了", "JY010"),
        ("我爸退休了怎么办", "SB081"),
        ("老板不给钱", "LD014"),
        ("想找个活干", "JY003"),
        ("社保卡丢了", "SK006"),
        ("家里没人上班", "JY019"),
        ("工人上班摔伤了", "SB054"),
        ("毕业档案放哪里", "RC034"),
        ("走不动要上门", "ZH013"),
        ("失业金", "SB068"),
        ("jy012", "JY012"),
    ],
)
def test_search_finds_what_people_mean(said: str, code: str) -> None:
    hits = search(said, limit=5)
    assert hits[0].code == code, hits


def test_retirement_finds_the_catalogue_too_and_nonsense_finds_nothing() -> None:
    codes = [hit.code for hit in search("我爸退休了怎么办", limit=5)]
    assert {"SB081", "SB023", "retirement"} <= set(codes)
    assert search("", limit=5) == []
    assert search("qqqq", limit=5) == []
    assert "JY010" in life_events()["失业了"]


def test_codes_survive_typing_and_find_mistakes() -> None:
    code = new_code()
    assert normal(grouped(code).lower()) == code
    for at in range(len(code)):
        other = ALPHABET[(ALPHABET.index(code[at]) + 1) % len(ALPHABET)]
        assert normal(code[:at] + other + code[at + 1 :]) == ""
