"""The case page, its verbs and the bulk preview: what is typed stays, twice is once, other townships do not exist."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from tests.channels.staffed import (
    INTERNSHIP,
    OTHER_TOWN,
    PROMISE,
    SYSTEM,
    applied,
    browser_of,
    clerk,
    refusals,
    somebody,
)

from hrss.casework import services
from hrss.casework.models import Case
from hrss.foundation.identity.models import Account
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import uuid7

REPORT = {"matter": "补领社保卡", "where": "镇上", "story": "去了两次都没有办成", "phone": "10012345678"}
UNEMPLOYED = {
    "situation": "left_unit",
    "leave_date": "2026-01-05",
    "leave_reason": "dismissed",
    "phone": "10012345678",
    "residence": "500236117001",
    "willing": True,
}


@pytest.fixture
def case_id() -> UUID:
    return applied(somebody().id)


@pytest.fixture
def handler() -> Account:
    return clerk("handler", name="喻明蓉")


@pytest.fixture
def desk(handler: Account) -> Client:
    return browser_of(handler)


def case(case_id: UUID) -> Case:
    with acting(SYSTEM):
        return Case.objects.get(id=case_id)


def test_the_inbox_leads_to_the_case_and_back_to_the_same_place(desk: Client, case_id: UUID) -> None:
    listed = desk.get("/work/inbox/?view=unclaimed").content.decode()
    assert f"/work/cases/{case_id}/" in listed
    shown = desk.get(f"/work/cases/{case_id}/")
    assert shown.status_code == 200
    assert "/work/inbox/?view=unclaimed" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"


def test_accept_is_two_clicks_and_a_second_click_has_the_same_effect(desk: Client, case_id: UUID) -> None:
    for _ in range(2):
        answer = desk.post(f"/work/cases/{case_id}/do/accept", {"_key": "one-key"})
        assert answer.status_code == 302
    assert case(case_id).state == "reviewing"
    with acting(SYSTEM):
        assert case(case_id).actions.filter(verb="accept").count() == 1


def test_a_notice_without_points_comes_back_with_what_was_typed(desk: Client, case_id: UUID) -> None:
    address = f"/work/cases/{case_id}/do/notify_correction"
    answer = desk.post(address, {"notify_correction.points": "  "})
    assert answer.status_code == 422
    assert 'href="#f-notify_correction.points"' in answer.content.decode()
    assert desk.post(address, {"notify_correction.points": "电话少一位\n写清岗位"}).status_code == 302
    assert case(case_id).state == "correcting"


def test_a_transfer_without_a_reason_keeps_the_department_typed(desk: Client, case_id: UUID) -> None:
    desk.post(f"/work/cases/{case_id}/do/accept")
    data = {"transfer.to_authority": "县医保局", "transfer.reason": ""}
    answer = browser_of(clerk("reviewer", region="500236")).post(f"/work/cases/{case_id}/do/transfer", data)
    assert answer.status_code == 422
    assert 'value="县医保局"' in answer.content.decode()


def test_an_unknown_verb_does_not_exist(desk: Client, case_id: UUID) -> None:
    assert desk.post(f"/work/cases/{case_id}/do/destroy").status_code == 404


def test_what_the_post_may_not_do_is_refused_in_words_and_on_the_log(
    desk: Client, handler: Account, case_id: UUID
) -> None:
    desk.post(f"/work/cases/{case_id}/do/accept")
    answer = desk.post(f"/work/cases/{case_id}/do/decide", {"decide.granted": "yes"})
    assert answer.status_code == 422
    assert "不能对这个办件" in answer.content.decode()
    assert refusals(handler) == ["route.workbench.act"]
    assert case(case_id).state == "reviewing"


def test_a_decision_needs_a_choice_and_the_result_only_people_know(desk: Client) -> None:
    case_id = applied(somebody().id, item="ZH012", data=REPORT, materials={})
    desk.post(f"/work/cases/{case_id}/do/accept")
    reviewer = browser_of(clerk("reviewer"))
    assert "核对结果：可以同意" in reviewer.get(f"/work/cases/{case_id}/").content.decode()
    address = f"/work/cases/{case_id}/do/decide"
    assert reviewer.post(address).status_code == 422
    bare = reviewer.post(address, {"decide.granted": "yes", "decide.reasons": "已经办好"})
    assert bare.status_code == 422
    assert 'href="#f-decide.answer"' in bare.content.decode()
    assert "已经办好" in bare.content.decode()
    assert reviewer.post(address, {"decide.granted": "yes", "decide.answer": "当天补领"}).status_code == 302
    assert case(case_id).decision == "granted"


def test_a_proof_still_asked_for_stands_against_granting(desk: Client, case_id: UUID) -> None:
    desk.post(f"/work/cases/{case_id}/do/accept")
    reviewer = browser_of(clerk("reviewer", region="500236"))
    page = reviewer.get(f"/work/cases/{case_id}/").content.decode()
    assert "现在还不能同意" in page
    assert "“居民身份证”还在核验" in page


def test_promises_are_verified_from_the_case_page(desk: Client) -> None:
    case_id = applied(somebody().id, item="JY010", data=UNEMPLOYED, materials={"leave_proof": {"promise": True}})
    page = desk.get(f"/work/cases/{case_id}/").content.decode()
    assert 'id="do-verify_promise"' in page
    address = f"/work/cases/{case_id}/do/verify_promise"
    bad = desk.post(address, {"verify_promise.material": "leave_proof", "verify_promise.held": "no"})
    assert bad.status_code == 422
    assert "必须写明核查情况" in bad.content.decode()
    assert (
        desk.post(address, {"verify_promise.material": "leave_proof", "verify_promise.held": "yes"}).status_code == 302
    )
    assert 'id="do-verify_promise"' not in desk.get(f"/work/cases/{case_id}/").content.decode()


def test_an_opinion_is_asked_and_given(desk: Client, case_id: UUID) -> None:
    desk.post(f"/work/cases/{case_id}/do/accept")
    reviewer = browser_of(clerk("reviewer", region="500236"))
    asked = {
        "ask_opinion.function": "handler",
        "ask_opinion.region_code": OTHER_TOWN,
        "ask_opinion.question": "他在你们那里登记过吗",
    }
    assert reviewer.post(f"/work/cases/{case_id}/do/ask_opinion", asked).status_code == 302
    other = browser_of(clerk("handler", region=OTHER_TOWN))
    assert "他在你们那里登记过吗" in other.get("/work/follow-ups/").content.decode()
    page = other.get(f"/work/cases/{case_id}/").content.decode()
    opinion = page.split('name="give_opinion.opinion_id" value="')[1].split('"')[0]
    said = {"give_opinion.opinion_id": opinion, "give_opinion.agrees": "yes", "give_opinion.text": "没有登记过"}
    assert other.post(f"/work/cases/{case_id}/do/give_opinion", said).status_code == 302
    assert "没有登记过" in reviewer.get(f"/work/cases/{case_id}/").content.decode()


def test_bulk_accept_shows_first_and_then_does_each_on_its_own(desk: Client, case_id: UUID) -> None:
    second, third = applied(somebody("向小明").id), applied(somebody("谭小红").id)
    desk.post(f"/work/cases/{third}/do/accept")
    preview = desk.get("/work/bulk/accept", {"row": [str(case_id), str(second), str(third)]}).content.decode()
    assert "可以受理 2 件，1 件现在不能办" in preview
    assert case(second).state == "submitted"
    answer = desk.post("/work/bulk/accept", {"row": [str(case_id), str(second), str(third)], "_key": "k"})
    assert "受理了 2 件，1 件没有办成" in answer.content.decode()
    assert [case(one).state for one in (case_id, second, third)] == ["reviewing"] * 3
    again = desk.post("/work/bulk/accept", {"row": [str(case_id), str(second)], "_key": "k"})
    assert again.status_code == 302, "the same form again is the same effect"


def test_bulk_without_rows_or_with_nonsense_helps(desk: Client) -> None:
    assert desk.get("/work/bulk/accept").status_code == 302
    assert desk.get("/work/bulk/accept?row=nonsense").status_code == 404
    assert desk.get("/work/bulk/destroy?row=x").status_code == 404


def test_a_case_of_another_township_does_not_exist_and_the_attempt_is_on_the_log(case_id: UUID) -> None:
    other = clerk("handler", region=OTHER_TOWN)
    browser = browser_of(other)
    assert browser.get(f"/work/cases/{case_id}/").status_code == 404
    assert browser.post(f"/work/cases/{case_id}/do/claim").status_code == 404
    assert browser.get(f"/work/bulk/claim?row={case_id}").status_code == 404
    assert str(case_id) not in browser.get("/work/inbox/?view=all&region=500236117").content.decode()
    assert refusals(other) == ["route.workbench.case", "route.workbench.act", "route.workbench.bulk"]


def test_an_administrator_has_no_business_with_cases(case_id: UUID) -> None:
    admin = clerk("system_admin", region="500236")
    assert browser_of(admin).get(f"/work/cases/{case_id}/").status_code == 403
    assert refusals(admin) == ["route.workbench.case"]


def test_a_bad_rating_is_put_right_from_the_follow_ups(desk: Client) -> None:
    person = somebody("谭小红")
    case_id = applied(person.id, item="ZH012", data=REPORT, materials={})
    desk.post(f"/work/cases/{case_id}/do/accept")
    reviewer = browser_of(clerk("reviewer"))
    reviewer.post(f"/work/cases/{case_id}/do/decide", {"decide.granted": "yes", "decide.answer": "当天补领"})
    citizen = Actor(ActorKind.PUBLIC, account=uuid7(), person=person.id, name="本人", channel="portal")
    services.rate(case_id, 1, actor=citizen, comment="跑了三次")
    assert "跑了三次" in desk.get("/work/follow-ups/?list=ratings").content.decode()
    page = desk.get(f"/work/cases/{case_id}/").content.decode()
    task = page.split('name="answer_rating.task" value="')[1].split('"')[0]
    said = {"answer_rating.task": task, "answer_rating.reply": "已经道歉并改了流程"}
    address = f"/work/cases/{case_id}/do/answer_rating"
    without = desk.post(address, said)
    assert without.status_code == 422
    assert "差评必须回访本人" in without.content.decode()
    assert "已经道歉并改了流程" in without.content.decode()
    assert desk.post(address, {**said, "answer_rating.called_back": "yes"}).status_code == 302
    assert "跑了三次" not in desk.get("/work/follow-ups/?list=ratings").content.decode()


def test_a_package_shows_its_members(desk: Client) -> None:
    person = somebody("向小明")
    citizen = Actor(ActorKind.PUBLIC, account=uuid7(), person=person.id, name="本人", channel="portal")
    form = {**INTERNSHIP, "wanted_place": "county", "pay_floor": 3000, "topic": "interview", "way": "phone"}
    bundle = services.start_package(
        "graduate", form, actor=citizen, materials=PROMISE, chosen=frozenset({"JY003", "JY048"})
    )
    page = desk.get(f"/work/packages/{bundle.id}/").content.decode()
    assert bundle.number in page
    assert "就业见习报名" in page
    other = clerk("handler", region=OTHER_TOWN)
    assert browser_of(other).get(f"/work/packages/{bundle.id}/").status_code == 404
    assert refusals(other) == ["route.workbench.package"]
