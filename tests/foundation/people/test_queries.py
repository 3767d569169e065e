"""Reading and searching people: scope, purpose, masks, pages."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from tests.foundation.people.builders import COUNTY, TUXIANG, fresh_number, make_person, public, staff, village

from hrss.casework.queries import cases_of
from hrss.foundation.audit.models import Event
from hrss.foundation.crypto import ring_in_use
from hrss.foundation.people import queries
from hrss.foundation.people.key_rotation import check_keys, reseal
from hrss.foundation.people.models import Household, Person
from hrss.foundation.people.services import add_phone
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem


def test_a_look_needs_a_purpose_and_leaves_an_event() -> None:
    person = make_person()
    with pytest.raises(Problem) as caught:
        queries.person_by_id(person.id, actor=staff(purpose=""))
    assert caught.value.code == "access.no_purpose"
    clerk = staff(purpose="counter")
    queries.card(person.id, actor=clerk)
    with acting(clerk):
        event = Event.objects.get(person_id=person.id)
    assert (event.outcome, event.action, event.purpose, event.actor_account) == (
        "read", "people.card", "counter", clerk.account,
    )  # fmt: skip


def test_a_person_of_elsewhere_is_not_found_in_any_way() -> None:
    number = fresh_number()
    far = make_person("吐祥人", region=village(TUXIANG), number=number)
    clerk = staff()
    for look in (queries.person_by_id, queries.card, queries.household_of, queries.reveal_id_number,
                 queries.reveal_phone, queries.bank_accounts, queries.history_of):  # fmt: skip
        with pytest.raises(Problem) as caught:
            look(far.id, actor=clerk)
        assert (caught.value.code, caught.value.status) == ("people.not_found", 404)
    assert queries.find_by_id_number(number, actor=clerk) is None
    assert queries.search("吐祥", actor=clerk).lines == ()
    assert queries.cards([far.id], actor=clerk) == {}


def test_a_person_sees_themselves_without_purpose_or_event() -> None:
    person = make_person()
    me = public(person.id).for_purpose("")
    assert queries.card(person.id, actor=me).name == "王小明"
    with pytest.raises(Problem):
        queries.card(make_person("别人").id, actor=me)
    with acting(system_actor("tests")):
        assert not Event.objects.filter(person_id=person.id).exists()


def test_the_card_is_masked() -> None:
    number = fresh_number()
    person = make_person(number=number)
    add_phone(person.id, actor=staff(), phone="10012345678")
    card = queries.find_by_id_number(number, actor=staff())
    assert card is not None
    assert card.id_masked == "*" * 14 + number[-4:]
    assert card.phone_masked == "*******5678"
    assert card.region_name.startswith("奉节县白帝镇")
    assert number not in repr(card)
    assert "1980" not in repr(card)


@pytest.mark.parametrize("text", ["王小", "wangx", "WANG X", "10012345678", "NUMBER", "15"])
def test_search_by_anything_a_clerk_types(text: str) -> None:
    number = "99923680052" + "0123"
    person = make_person(number=fresh_number())
    add_phone(person.id, actor=staff(), phone="10012345678")
    make_person("李四")
    words = {"NUMBER": queries.reveal_id_number(person.id, actor=staff()), "15": number}.get(text, text)
    page = queries.search(words, actor=staff())
    assert [line.id for line in page.lines] == ([] if text == "15" else [person.id])


@pytest.mark.parametrize("text", ["", "王%", "a1", "123", "<script>", "王_"])
def test_search_refuses_what_it_does_not_understand(text: str) -> None:
    with pytest.raises(Problem) as caught:
        queries.search(text, actor=staff())
    assert caught.value.code == "people.search_text"


def test_the_public_cannot_search() -> None:
    with pytest.raises(Problem) as caught:
        queries.search("王", actor=public(uuid4()))
    assert caught.value.status == 403


@pytest.mark.parametrize("region", [COUNTY, "500236117"])
def test_pages_follow_each_other_without_gap_or_repeat(region: str) -> None:
    made = {make_person(f"王{name}").id for name in "一二三三三四五"}
    made |= {make_person("王住", region=village(TUXIANG), residence=village()).id}
    clerk, after = staff(region=region), ""
    seen: list[queries.PersonLine] = []
    while True:
        page = queries.search("王", actor=clerk, after=after, limit=3)
        seen += page.lines
        after = page.next_after
        if not after:
            break
    assert len(seen) == len({card.id for card in seen}) == len(made)
    assert [card.name for card in seen] == sorted(card.name for card in seen)
    with pytest.raises(Problem):
        queries.search("王", actor=clerk, after="王|x")


def test_search_leaves_one_event_that_names_whom_it_showed() -> None:
    person, clerk = make_person(), staff()
    queries.search("王小明", actor=clerk)
    with acting(clerk):
        event = Event.objects.get(action="people.search")
    assert event.detail == {"by": "name", "shown": [str(person.id)]}


def test_keys_are_checked_and_values_sealed_again(tmp_path: object, settings: object) -> None:
    settings.HRSS_KEYS = tmp_path  # type: ignore[attr-defined]
    person = make_person()
    add_phone(person.id, actor=staff(), phone="10012345678")
    check_keys()
    number = queries.reveal_id_number(person.id, actor=staff())
    ring_in_use().rotated(gm=True).save(tmp_path / "fields.json")  # type: ignore[operator]
    assert (reseal(), reseal()) == (2, 0)
    assert queries.reveal_id_number(person.id, actor=staff()) == number
    with acting(staff()):
        assert bytes(Person.objects.get(id=person.id).id_cipher)[1] == 2
    (tmp_path / "fields.json").unlink()  # type: ignore[operator]
    with pytest.raises(Problem, match="密钥"):
        check_keys()


def test_a_page_about_a_person_leaves_one_event_that_names_what_it_shows() -> None:
    person, clerk = make_person(), staff(purpose="counter")
    with acting(clerk):
        shown = queries.dossier(person.id, actor=clerk, also=("casework.cases_of",))
        cases_of(person.id, actor=clerk, under=shown.reading)
        one = Event.objects.get(person_id=person.id)
    assert (one.action, one.purpose, one.detail["parts"]) == (
        "people.dossier", "counter", ["people.card", "people.household", "people.bank_accounts", "casework.cases_of"],
    )  # fmt: skip


@pytest.mark.parametrize("change", ["part", "purpose", "person"])
def test_what_the_event_does_not_name_leaves_its_own(change: str) -> None:
    person, other, clerk = make_person(), make_person("别人"), staff(purpose="counter")
    with acting(clerk):
        also = () if change == "part" else ("casework.cases_of",)
        reading = queries.dossier(person.id, actor=clerk, also=also).reading
        who = other.id if change == "person" else person.id
        cases_of(who, actor=clerk.for_purpose("query") if change == "purpose" else clerk, under=reading)
        last = Event.objects.order_by("-id")[0]
    assert (last.action, last.person_id) == ("casework.cases_of", who)


def test_a_household_is_given_whole_to_who_may_see_one_of_it_and_to_nobody_else() -> None:
    here, far = make_person("本地人"), make_person("外地人", region=village(TUXIANG))
    with acting(system_actor("tests")):
        home = Household.objects.create(region_code=village(), address="一号")
        home.members.create(person=here, region_code=village(), relation="head", since=date(2020, 1, 1))
        home.members.create(person=far, region_code=village(TUXIANG), relation="child", since=date(2020, 1, 1))
    shown = queries.household_of(here.id, actor=staff())
    assert shown is not None
    assert [(one.name, one.relation) for one in shown.members] == [("本地人", "户主"), ("外地人", "子女")]
    assert queries.dossier(here.id, actor=staff()).household == shown
    for kind in (staff(), public(make_person("路人").id)):
        with acting(kind), connection.cursor() as cursor:
            cursor.execute("SELECT people_household_around(%s)", [far.id])
            assert cursor.fetchone() == (None,), "asked by the tables' own door, the database still says no"
