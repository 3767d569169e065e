"""Somebody without a record: made once at the window and served at once; mistakes keep what was typed."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client
from tests.channels.staffed import OTHER_VILLAGE, SYSTEM, VILLAGE, browser_of, clerk, refusals, somebody

from hrss.casework.reception.models import Sitting
from hrss.foundation.identity.models import Account
from hrss.foundation.people.models import Person, Phone
from hrss.foundation.scope import acting
from hrss.kernel.identifiers import id_check_character

_SERIAL = itertools.count(700)


def card(born: str = "19910203") -> dict[str, str]:
    stem = f"999236{born}{next(_SERIAL):03d}"
    return {
        "id_number": stem + id_check_character(stem),
        "name": "牟新来",
        "region_code": VILLAGE,
        "nation": "土家族",
        "education": "junior",
        "hukou": "rural",
        "phone": "10012345678",
    }


@pytest.fixture
def account() -> Account:
    return clerk("counter", name="杨春英")


@pytest.fixture
def window(account: Account) -> Client:
    client = browser_of(account)
    client.post("/counter/begin")
    return client


def people() -> list[Person]:
    with acting(SYSTEM):
        return list(Person.objects.filter(name="牟新来"))


def test_a_newcomer_is_recorded_and_served(window: Client) -> None:
    asked = card()
    unknown = window.post("/counter/identify", {"id_number": asked["id_number"]})
    assert "新来的人建档" in unknown.content.decode()
    assert "身份证号码" in window.get("/counter/newcomer").content.decode()
    assert window.post("/counter/newcomer", {**asked, "_key": "one"}).status_code == 302
    assert window.post("/counter/newcomer", {**asked, "_key": "one"}).status_code == 302
    [made] = people()
    with acting(SYSTEM):
        assert Sitting.objects.get().person_id == made.id
        assert Phone.objects.get(person=made).tail == "5678"
    assert (str(made.birth_date), made.nation, made.education) == ("1991-02-03", "土家族", "junior")
    assert "牟新来" in window.get("/counter/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("id_number", "999236199102030000", "身份号码"),
        ("name", "x1", "不是规范的姓名"),
        ("nation", "火星族", "不是民族名称"),
        ("education", "", "请选择文化程度"),
        ("hukou", "both", "请选择户口性质"),
        ("region_code", "", "请选择户籍"),
        ("phone", "12", "手机号应为 11 位数字"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_makes_nothing(
    window: Client, field: str, value: str, sentence: str
) -> None:
    answer = window.post("/counter/newcomer", {**card(), field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'href="#f-{field}"' in page
    assert 'value="牟新来"' in page or field == "name"
    assert not people()


def test_nobody_gets_a_second_record_or_one_of_another_township(window: Client, account: Account) -> None:
    known = somebody("冉小英")
    again = window.post("/counter/newcomer", {**card(), "id_number": known.id_number})
    assert "这个身份号码已有档案" in again.content.decode()
    elsewhere = window.post("/counter/newcomer", {**card(), "region_code": OTHER_VILLAGE})
    assert elsewhere.status_code == 422
    assert "您的岗位不能" in elsewhere.content.decode()
    assert refusals(account) == ["route.counter.newcomer"]
    assert not people()


def test_without_a_sitting_nothing_is_made(account: Account) -> None:
    answer = browser_of(account).post("/counter/newcomer", card())
    assert answer.status_code == 422
    assert not people()
