"""Forms from JSON Schema: the input each property gets, and answers read back as meant or as typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.gallery import SCHEMA
from hrss.channels.ui.schema import schema_part, widget_of


def sent(text: str) -> QueryDict:
    return QueryDict(text)


def one(prop: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"type": "object", "required": ["x"] if required else [], "properties": {"x": {"title": "甲"} | prop}}


@pytest.mark.parametrize(
    ("prop", "widget"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "maxLength": 500}, "textarea"),
        ({"type": "string", "maxLength": 500, "x-widget": "text"}, "text"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date", "x-widget": "native-date"}, "date"),
        ({"type": "string", "format": "month"}, "month"),
        ({"type": "string", "format": "id-number"}, "id_number"),
        ({"type": "string", "format": "phone"}, "phone"),
        ({"type": "integer", "format": "money"}, "money"),
        ({"type": "string", "x-format": "phone"}, "phone"),
        ({"type": "string", "x-format": "contact_phone"}, "contact_phone"),
        ({"type": "string", "x-format": "id_number"}, "id_number"),
        ({"type": "string", "x-format": "credit_code"}, "credit_code"),
        ({"type": "string", "x-format": "bank_card"}, "bank_card"),
        ({"type": "string", "x-format": "region"}, "region"),
        ({"type": "string", "x-format": "month"}, "month"),
        ({"type": "integer", "x-format": "money"}, "money"),
        ({"type": ["integer", "null"]}, "text"),
        ({"type": "boolean"}, "yes_no"),
        ({"type": "boolean", "const": True}, "agree"),
        ({"const": "v1"}, "fixed"),
        ({"enum": ["a", "b"]}, "radio"),
        ({"enum": list("abcdefgh")}, "select"),
        ({"enum": list("abcdefgh"), "x-widget": "radio"}, "radio"),
        ({"type": "array", "items": {"enum": ["a"]}}, "checkboxes"),
        ({"type": "array", "items": {"type": "object", "properties": {}}}, "rows"),
        ({"type": "array", "items": {"type": "string", "format": "file"}}, "file"),
        ({"type": "object", "properties": {}}, "group"),
    ],
)
def test_widget(prop: dict[str, Any], widget: str) -> None:
    assert widget_of(prop) == widget


def test_part_says_what_is_optional_and_what_unit() -> None:
    part = schema_part(one({"type": "integer", "x-unit": "个月"}, required=False), "x")
    assert (part.optional, part.suffix, part.inputmode) == (True, "个月", "numeric")


def test_conditional_field_may_be_required_while_shown() -> None:
    assert not schema_part(SCHEMA, "owed").optional


@pytest.mark.parametrize(
    ("prop", "text", "value"),
    [
        ({"type": "string"}, "x= 向英 ", "向英"),
        ({"type": "integer"}, "x=１２", 12),
        ({"type": "number"}, "x=1.5", 1.5),
        ({"format": "money", "type": "integer"}, "x=1,864.50", 186450),
        ({"format": "date"}, "x.year=2026&x.month=3&x.day=5", "2026-03-05"),
        ({"format": "date"}, "x=2026-03-05", "2026-03-05"),
        ({"format": "month"}, "x.year=2026&x.month=3", "2026-03"),
        ({"format": "phone"}, "x=100 2345 2046", "10023452046"),
        ({"x-format": "phone"}, "x=１００２３４５２０４６", "10023452046"),
        ({"x-format": "contact_phone"}, "x=023-56551234", "02356551234"),
        ({"x-format": "credit_code"}, "x=91999236a33192902e", "91999236A33192902E"),
        ({"x-format": "money", "type": "integer"}, "x=3,500", 350000),
        ({"x-format": "month"}, "x.year=2026&x.month=3", "2026-03"),
        ({"type": "boolean"}, "x=no", False),
        ({"type": "boolean", "const": True}, "x=yes", True),
        ({"enum": [1, 2, 3]}, "x=2", 2),
        ({"oneOf": [{"const": "a", "title": "甲"}]}, "x=a", "a"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, "x=a&x=b", ["a", "b"]),
        ({"type": "object", "properties": {"y": {"type": "string"}}}, "x.y=1", {"y": "1"}),
        (
            {"type": "array", "items": {"type": "object", "properties": {"y": {}}}},
            "x.0.y=1&x.2.y=2",
            [{"y": "1"}, {"y": "2"}],
        ),
    ],
)
def test_answer_is_read_as_it_was_meant(prop: dict[str, Any], text: str, value: Any) -> None:
    assert read_page(one(prop), None, sent(text)) == ({"x": value}, [])


@pytest.mark.parametrize(
    ("prop", "text", "kept"),
    [
        ({"type": "integer"}, "x=很多", "很多"),
        ({"type": "integer", "minimum": 1}, "x=0", 0),
        ({"type": "integer", "maximum": 9}, "x=10", 10),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "x=10", 10),
        ({"format": "money", "type": "integer"}, "x=一千", "一千"),
        ({"format": "date"}, "x.year=2026&x.month=2&x.day=30", {"year": "2026", "month": "2", "day": "30"}),
        ({"format": "month"}, "x=2026-13", "2026-13"),
        ({"format": "phone"}, "x=110", "110"),
        ({"format": "id-number"}, "x=99923619830214", "99923619830214"),
        ({"enum": ["a"]}, "x=z", "z"),
        ({"type": "array", "items": {"enum": ["a"]}}, "x=z", ["z"]),
        ({"type": "string", "maxLength": 3}, "x=超过了三个字", "超过了三个字"),
    ],
)
def test_what_cannot_be_understood_stays_as_typed_with_a_problem(prop: dict[str, Any], text: str, kept: Any) -> None:
    values, problems = read_page(one(prop), None, sent(text))
    assert values == {"x": kept}
    assert [problem.field for problem in problems] == ["x"]


@pytest.mark.parametrize(
    ("prop", "words"),
    [
        ({"type": "string"}, "请填写“甲”"),
        ({"type": "boolean"}, "请选择“甲”"),
        ({"enum": ["a"]}, "请选择“甲”"),
        ({"type": "boolean", "const": True}, "请阅读并勾选“甲”"),
    ],
)
def test_what_is_missing_is_said(prop: dict[str, Any], words: str) -> None:
    values, problems = read_page(one(prop), None, sent(""))
    assert values == {}
    assert [problem.message for problem in problems] == [words]


def test_optional_blank_is_no_problem() -> None:
    assert read_page(one({"type": "string"}, required=False), None, sent("x=")) == ({}, [])


def test_hidden_field_is_neither_read_nor_missed() -> None:
    page = ["leave_reason", "owed"]
    assert read_page(SCHEMA, page, sent("leave_reason=resigned&owed=yes")) == ({"leave_reason": "resigned"}, [])


def test_condition_on_an_earlier_page() -> None:
    values, problems = read_page(SCHEMA, ["owed"], sent(""), known={"leave_reason": "closed"})
    assert values == {}
    assert [problem.field for problem in problems] == ["owed"]


def test_rows_added_and_taken_away_without_javascript() -> None:
    text = "family.0.name=甲&family.1.name=乙&_remove=family.0"
    values, _ = read_page(SCHEMA, ["family"], sent(text))
    assert values == {"family": [{"name": "乙"}]}
    values, _ = read_page(SCHEMA, ["family"], sent("family.0.name=甲&_add=family"))
    assert values == {"family": [{"name": "甲"}, {}]}
    assert wants_other_rows(sent("_add=family"))
    assert not wants_other_rows(sent("family.0.name=甲"))


def test_problem_in_a_row_names_the_row_as_the_page_will_show_it() -> None:
    text = "family.0.name=甲&family.3.name=&family.3.id_number=12"
    _, problems = read_page(SCHEMA, ["family"], sent(text))
    assert [problem.field for problem in problems] == ["family.1.name", "family.1.id_number"]


def test_drawn_form_shows_problem_at_the_row(ui: Any) -> None:
    values, problems = read_page(SCHEMA, ["family"], sent("family.3.id_number=12"))
    text = ui.schema_fields(SCHEMA, ["family"], values, problems)
    assert 'id="f-family.0.id_number-error"' in text
    assert 'value="12"' in text


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_any_day_comes_back(day: dt.date) -> None:
    text = f"x.year={day.year}&x.month={day.month}&x.day={day.day}"
    assert read_page(one({"format": "date"}), None, sent(text)) == ({"x": day.isoformat()}, [])


@given(st.text(max_size=40), st.sampled_from(["date", "month", "money", "phone", "id-number", "", "file"]))
def test_any_text_is_kept_or_read_and_never_breaks(text: str, form: str) -> None:
    query = QueryDict(mutable=True)
    query["x"] = text
    values, problems = read_page(one({"format": form}), None, query)
    assert form == "file" or values or problems
