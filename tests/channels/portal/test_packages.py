"""Packages on the portal: chosen, filled in once, sent once, followed; wrong answers lose nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from tests.channels.staffed import SYSTEM, Somebody, browser_of, citizen, firm, somebody

from hrss.casework.items.bundles import packages
from hrss.casework.items.versions import published
from hrss.casework.models import Bundle, Case
from hrss.casework.packages.forms import chosen_of, form_of, offers_of
from hrss.foundation.scope import acting

APPLY = "/packages/graduate/apply/?take=JY003"
SEEKING = {"phone": "10012345678", "wanted_job": "超市营业员", "wanted_place": "county", "pay_floor": "3000"}


@pytest.fixture
def person() -> Somebody:
    return somebody("冉小燕", born="20030721")


@pytest.fixture
def browser(person: Somebody) -> Client:
    return browser_of(citizen(person))


def test_all_ten_are_listed_and_each_has_a_guide(browser: Client) -> None:
    shown = browser.get("/packages/").content.decode()
    found = packages("fengjie")
    assert len(found) == 10
    for one in found.values():
        assert f"{one.name}一件事" in shown
        guide = browser.get(f"/packages/{one.code}/").content.decode()
        assert all(member.name in guide for member in one.members)
    assert browser.get("/packages/nothing/").status_code == 404


def test_a_package_is_found_by_how_people_say_it(browser: Client) -> None:
    found = browser.get("/search/", {"q": "没工作了一次办好"}).content.decode()
    assert "失业一件事" in found
    assert "一件事一件事" not in found
    assert "失业一件事" in browser.get("/life/失业了/").content.decode()


def test_a_question_two_members_share_is_asked_once_and_strictly() -> None:
    offers = offers_of(packages("fengjie")["unemployment"], published(), kind="person")
    form = form_of(chosen_of(offers, {"JY003"}))
    names = [name for section in form.sections for name in section.names]
    assert len(names) == len(set(names)) == len(form.schema["properties"])
    assert form.schema["properties"]["wanted_job"]["minLength"] == 2
    assert "wanted_job" in form.schema["required"]
    assert "x-hint" not in form.schema["properties"]["wanted_job"], "no word of leaving a required answer out"
    assert [section.item_code for section in form.sections] == ["JY010", "JY003"], "the required one comes along"


def test_one_form_starts_what_was_chosen_once(browser: Client, person: Somebody) -> None:
    assert browser.get(APPLY).status_code == 200
    for _ in range(2):
        answer = browser.post(APPLY, {**SEEKING, "way.identity": "promise", "_key": "once-and-for-all"})
        assert answer.status_code == 302, answer.content.decode()
    with acting(SYSTEM):
        bundle = Bundle.objects.get(person_id=person.id)
        assert list(Case.objects.filter(applicant_person_id=person.id).values_list("item_code", flat=True)) == ["JY003"]
    shown = browser.get(f"/my/packages/{bundle.id}/").content.decode()
    assert bundle.number in shown
    assert "求职信息登记" in shown


def test_wrong_answers_come_back_with_everything_typed(browser: Client, person: Somebody) -> None:
    answer = browser.post(APPLY, {**SEEKING, "phone": "12345", "way.identity": "promise"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "手机号" in shown
    for typed in ("12345", "超市营业员", "3000"):
        assert typed in shown
    with acting(SYSTEM):
        assert not Bundle.objects.filter(person_id=person.id).exists()


def test_a_strangers_package_does_not_exist(browser: Client) -> None:
    browser.post(APPLY, {**SEEKING, "way.identity": "promise", "_key": "mine"})
    with acting(SYSTEM):
        bundle = Bundle.objects.get()
    stranger = browser_of(citizen(somebody("别人", born="19900101")))
    assert stranger.get(f"/my/packages/{bundle.id}/").status_code == 404


def test_a_package_of_firms_tells_a_person_where_to_turn(browser: Client) -> None:
    firm()
    answer = browser.get("/packages/hiring/apply/?take=JY012")
    assert answer.status_code == 409
    assert "我替单位办事" in answer.content.decode()


def test_a_member_that_waits_only_for_the_window_starts_at_once(browser: Client, person: Somebody) -> None:
    offers = offers_of(packages("fengjie")["retirement"], published(), kind="person")
    (waiting,) = [one.member for one in offers if one.is_open and one.member.item == "SB081"]
    assert waiting.after == ("SB023",)
    form = {"retired_on.year": "2026", "retired_on.month": "1", "retired_on.day": "5", "former_unit": "夔门制衣厂",
            "residence": "500236117001", "address": "白帝村一组", "phone": "10012345678", "emergency_name": "冉大明",
            "emergency_phone": "10012345679", "way.retirement": "promise"}  # fmt: skip
    answer = browser.post("/packages/retirement/apply/?take=SB081", form)
    assert answer.status_code == 302, answer.content.decode()
    with acting(SYSTEM):
        assert Case.objects.get(applicant_person_id=person.id).item_code == "SB081"
        assert UUID(str(Case.objects.get().bundle_id)) == Bundle.objects.get().id
