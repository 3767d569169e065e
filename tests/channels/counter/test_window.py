"""The window: one person at a time, what is typed stays, twice is once, nobody from elsewhere, nothing left."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import (
    OTHER_VILLAGE,
    SYSTEM,
    TOWN,
    VILLAGE,
    Somebody,
    applied,
    browser_of,
    clerk,
    firm,
    refusals,
    somebody,
)

from hrss.casework import services
from hrss.casework.models import Case, Rating, RatingTask
from hrss.casework.reception.models import Sitting
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.models import Account
from hrss.foundation.messages.models import Message
from hrss.foundation.scope import acting

REPORT = {"matter": "补领社保卡", "where": "镇上", "story": "去了两次都没有办成", "phone": "10012345678"}


@pytest.fixture
def person() -> Somebody:
    return somebody()


@pytest.fixture
def account() -> Account:
    return clerk("counter", name="杨春英")


@pytest.fixture
def window(account: Account) -> Client:
    return browser_of(account)


def serve(window: Client, number: str) -> int:
    return window.post("/counter/begin", {"id_number": number}).status_code


def sitting() -> Sitting:
    with acting(SYSTEM):
        return Sitting.objects.order_by("-began_at").get()


def cases() -> list[Case]:
    with acting(SYSTEM):
        return list(Case.objects.all())


def test_a_ticket_is_taken_called_and_served(window: Client, person: Somebody) -> None:
    taken = Client().post(f"/kiosk/{TOWN}/", {"topic": "就业", "_key": "t"}).content.decode()
    assert "A001" in taken
    assert "A001" in Client().post(f"/kiosk/{TOWN}/", {"topic": "就业", "_key": "t"}).content.decode()
    window.post("/counter/window", {"window": "3"})
    window.post("/counter/next")
    hall = Client().get(f"/kiosk/{TOWN}/hall").content.decode()
    assert "A001" in hall
    assert "<strong>3</strong> 号窗口" in hall
    ticket = window.get("/counter/").content.decode().split('name="ticket" value="')[1].split('"')[0]
    window.post("/counter/begin", {"ticket": ticket})
    assert "核对身份（A001）" in window.get("/counter/").content.decode()
    assert window.post("/counter/identify", {"id_number": person.id_number}).status_code == 302
    assert person.name in window.get("/counter/").content.decode()


def test_nobody_waits_and_a_made_up_ticket(window: Client) -> None:
    assert window.post("/counter/next").status_code == 422
    assert window.post("/counter/begin", {"ticket": "nonsense"}).status_code == 422
    assert window.post(f"/counter/tickets/{UUID(int=1)}/miss").status_code == 422
    assert Client().get("/kiosk/999999/").status_code in (404, 422, 400)


def test_a_wrong_number_comes_back_as_typed(window: Client) -> None:
    window.post("/counter/begin")
    answer = window.post("/counter/identify", {"id_number": "12345"})
    assert answer.status_code == 422
    assert 'value="12345"' in answer.content.decode()


def test_a_person_of_another_township_is_not_served_and_it_is_on_the_log(window: Client, account: Account) -> None:
    stranger = somebody("王艳娟", region=OTHER_VILLAGE)
    assert serve(window, stranger.id_number) == 422
    assert stranger.name not in window.get("/counter/").content.decode()
    assert refusals(account) == ["route.counter.begin"]
    assert sitting().person_id is None


def test_a_second_person_waits_for_the_end_of_the_first(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    other = somebody("向小明")
    assert window.post("/counter/identify", {"id_number": other.id_number}).status_code == 422
    assert window.post("/counter/begin", {"id_number": other.id_number}).status_code == 422
    assert sitting().person_id == person.id


def test_a_form_with_mistakes_keeps_what_was_typed(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    answer = window.post("/counter/items/ZH012/", {**REPORT, "story": "短", "phone": "123"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="补领社保卡"' in page
    assert 'value="123"' in page
    assert not cases()


def test_the_same_form_twice_is_one_case(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    first = window.post("/counter/items/ZH012/", {**REPORT, "_key": "same"})
    again = window.post("/counter/items/ZH012/", {**REPORT, "_key": "same"})
    assert first.headers["Location"] == again.headers["Location"]
    changed = window.post("/counter/items/ZH012/", {**REPORT, "matter": "换卡", "_key": "same"})
    assert changed.headers["Location"] == first.headers["Location"]
    assert len(cases()) == 1
    assert "没有重复提交" in window.get(changed.headers["Location"]).content.decode()


def test_a_key_of_somebody_else_opens_nothing(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    window.post("/counter/items/ZH012/", {**REPORT, "_key": "mine"})
    other = browser_of(clerk("counter"))
    serve(other, somebody("向小明").id_number)
    assert other.post("/counter/items/ZH012/", {**REPORT, "_key": "mine"}).status_code == 422


def test_the_clients_screen_mirrors_and_is_empty_afterwards(window: Client, person: Somebody) -> None:
    assert "欢迎" in window.get("/counter/screen/").content.decode()
    serve(window, person.id_number)
    assert person.name in window.get("/counter/screen/").content.decode()
    assert window.post("/counter/items/ZH012/mirror", {"matter": "补领社保卡"}).status_code == 204
    assert "补领社保卡" in window.get("/counter/screen/").content.decode()
    window.post("/counter/end")
    for path in ("/counter/screen/", "/counter/"):
        page = window.get(path)
        assert person.name not in page.content.decode()
        assert "补领社保卡" not in page.content.decode()
        assert page.headers["Cache-Control"] == "private, no-store"
    assert sitting().screen == {}


def state_of(page: str) -> str:
    return page.split('{"state": "')[1].split('"')[0]


def test_the_clients_screen_is_sent_again_only_when_it_changed(window: Client, person: Somebody) -> None:
    empty = state_of(window.get("/counter/screen/").content.decode())
    assert window.get("/counter/screen/", {"state": empty}).status_code == 204
    serve(window, person.id_number)
    named = window.get("/counter/screen/", {"state": empty})
    assert person.name in named.content.decode()
    state = state_of(named.content.decode())
    assert window.get("/counter/screen/", {"state": state}).status_code == 204
    window.post("/counter/items/ZH012/mirror", {"matter": "补领社保卡"})
    assert "补领社保卡" in window.get("/counter/screen/", {"state": state}).content.decode()
    window.post("/counter/end")
    assert state_of(window.get("/counter/screen/", {"state": state}).content.decode()) == empty


def test_after_the_end_nothing_of_the_person_opens_at_the_window(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    receipt = window.post("/counter/items/ZH012/", REPORT).headers["Location"]
    assert window.get(receipt).status_code == 200
    window.post("/counter/end")
    assert window.get(receipt).status_code == 409
    assert window.get("/counter/items/ZH012/").status_code == 409
    serve(window, somebody("向小明").id_number)
    assert window.get(receipt).status_code == 409, "another person is served now"


def test_one_time_notice_keeps_what_was_typed(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    page = window.post("/counter/items/ZH012/", {**REPORT, "step": "notice"}).content.decode()
    assert "一次性告知" in page
    assert 'name="matter" value="补领社保卡"' in page
    back = window.post("/counter/items/ZH012/", {**REPORT, "step": "edit"})
    assert back.status_code == 200
    assert 'value="补领社保卡"' in back.content.decode()
    assert not cases()


def test_decision_on_the_spot_for_items_of_one_person(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    data = {"kind": "", "step": ""}
    form = window.get("/counter/items/JY007/").content.decode()
    assert "职业指导" in form
    assert window.post("/counter/items/JY007/", data).status_code == 422


def test_a_reviewer_is_another_person(window: Client, account: Account, person: Somebody) -> None:
    serve(window, person.id_number)
    receipt = window.post("/counter/items/ZH012/", REPORT).headers["Location"]
    assert window.post(receipt.replace("receipt", "do/accept")).status_code == 302
    assert cases()[0].state == "reviewing"
    assert window.post(receipt.replace("receipt", "do/decide")).status_code == 404
    assert window.post(receipt.replace("receipt", "do/accept")).status_code == 422


def test_correction_at_the_window(window: Client, person: Somebody) -> None:
    case = applied(person.id)
    handler = browser_of(clerk("handler"))
    handler.post(f"/work/cases/{case}/do/notify_correction", {"notify_correction.points": "写清想学什么"})
    serve(window, person.id_number)
    page = window.get(f"/counter/cases/{case}/correct").content.decode()
    assert "写清想学什么" in page
    answer = window.post(
        f"/counter/cases/{case}/correct",
        {"group": "youth", "wanted_job": "焊工", "phone": "10012345678", "way.identity": "promise"},
    )
    assert answer.status_code == 302, answer.content.decode()
    assert cases()[0].data["wanted_job"] == "焊工"


def test_a_firm_is_served_by_its_credit_code(window: Client) -> None:
    firm_id, code = firm()
    assert serve(window, code) == 302
    page = window.get("/counter/").content.decode()
    assert "夔门制衣厂" in page
    assert "/counter/items/JY054/" in page
    assert "/counter/items/JY010/" not in page
    assert sitting().organisation_id == firm_id
    wrong = window.get("/counter/items/JY010/")
    assert wrong.status_code == 409
    window.post("/counter/end")
    assert serve(window, code[:-1] + ("A" if code[-1] != "A" else "B")) == 422


def test_a_village_agent_keeps_a_draft_and_cannot_accept(person: Somebody) -> None:
    agent = browser_of(clerk("village_agent", region=VILLAGE))
    serve(agent, person.id_number)
    form = agent.get("/counter/items/ZH012/").content.decode()
    assert f'data-draft="{sitting().id}-ZH012"' in form
    receipt = agent.post("/counter/items/ZH012/", REPORT).headers["Location"]
    page = agent.get(receipt).content.decode()
    assert f'data-draft-done="{sitting().id}-ZH012"' in page
    assert 'id="accept"' not in page
    assert agent.post(receipt.replace("receipt", "do/accept")).status_code == 422


def test_the_window_keeps_no_draft(window: Client, person: Somebody) -> None:
    serve(window, person.id_number)
    assert "data-draft=" not in window.get("/counter/items/ZH012/").content.decode()


def test_an_upload_that_is_no_picture_names_the_proof(window: Client, person: Somebody) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    serve(window, person.id_number)
    upload = SimpleUploadedFile("证明.pdf", b"not a pdf at all", "application/pdf")
    answer = window.post("/counter/items/JY048/", {"group": "youth", "file.identity": upload})
    assert answer.status_code == 422
    assert "f-file.identity" in answer.content.decode()


def test_the_client_rates_on_the_own_screen_and_nobody_else(window: Client, person: Somebody) -> None:
    """Five grades after the end, once asked; a bad one opens the task of fifteen working days; she hears of it."""
    serve(window, person.id_number)
    case = applied(person.id)
    here = f"/counter/cases/{case}/"
    assert window.post(f"{here}ask-rating").status_code == 409, "nothing is decided yet"
    services.refuse_acceptance(case, "不是在本县发生的事", actor=actor_of(clerk("handler"), channel="workbench"))
    early = window.post(f"{here}rate", {"grade": "5"})
    assert early.status_code == 409, "the screen shows no grades"
    assert 'id="screen"' in early.content.decode(), "the client's screen stays the client's screen"
    assert "这里的评价已经收起来了" in early.content.decode()
    assert "请本人评价" in window.get(f"{here}receipt").content.decode()
    window.post(f"{here}ask-rating")
    shown = window.get("/counter/screen/").content.decode()
    assert "这次办得怎么样" in shown
    assert "非常不满意" not in window.get(f"{here}receipt").content.decode(), "the clerk has no grades to press"
    assert window.post(f"{here}rate", {"grade": "9"}).status_code == 422
    for _ in range(2):
        pressed = window.post(f"{here}rate", {"grade": "1", "_key": f"rate-{case}"})
        assert pressed.headers["Location"] == "/counter/screen/", "pressed twice is rated once, without a word"
    assert "谢谢您的评价" in window.get("/counter/screen/").content.decode()
    assert "本人已经评价" in window.get(f"{here}receipt").content.decode()
    with acting(SYSTEM):
        rating = Rating.objects.get(case_id=case)
        assert (rating.stars, rating.channel) == (1, "counter")
        assert RatingTask.objects.get(case_id=case).due_on > timezone.localdate() + timedelta(days=18)
        assert "非常不满意" in Message.objects.get(person_id=person.id, title__startswith="您在窗口的评价").title
