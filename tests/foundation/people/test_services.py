"""Verbs of people: what they do, what they refuse, what they leave behind."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.foundation.people.builders import (
    COUNTY,
    TUXIANG,
    fresh_number,
    make_person,
    public,
    sql,
    staff,
    village,
)

from hrss.foundation.audit.models import Event
from hrss.foundation.outbox.models import Message
from hrss.foundation.people import queries
from hrss.foundation.people.models import (
    BankAccount,
    ChangeRequest,
    Household,
    HouseholdMember,
    Person,
    PersonMerge,
    Phone,
)
from hrss.foundation.people.services import (
    add_bank_account,
    add_phone,
    close_bank_account,
    correct_person,
    merge_persons,
    move_household,
    record_death,
    register_person,
    review_bank_account,
    sign_change,
)
from hrss.foundation.people.services.review_bank_account import COOLING_DAYS
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.identifiers import luhn_digit
from hrss.kernel.problem import Problem

CARD = "621700376000123456"
CARD += luhn_digit(CARD)


def code_of(caught: pytest.ExceptionInfo[Problem]) -> str:
    return caught.value.code


def register(actor: Actor, **changes: str) -> UUID:
    values = {"name": "王小明", "id_number": fresh_number(), "region_code": village()} | changes
    return UUID(register_person(actor=actor, **values).id)


def open_account(person: Person, actor: Actor | None = None) -> UUID:
    row = add_bank_account(person.id, actor=actor or staff(), bank="重庆农村商业银行", number=CARD, holder=person.name)
    return UUID(row.id)


# ---- register


def test_registering_reads_sex_and_birth_from_the_number_and_seals_it() -> None:
    clerk, number = staff(), fresh_number(date(1990, 3, 1))
    key = register(clerk, id_number=f" {number.lower()} ", name="单小明")
    with acting(clerk):
        person = Person.objects.get(id=key)
        assert (person.pinyin, person.birth_date, person.id_tail) == ("shanxiaoming", date(1990, 3, 1), number[-4:])
        assert person.residence_code == person.region_code == village()
        assert person.township == "500236117"
        assert number.encode() not in bytes(person.id_cipher)
        assert queries.reveal_id_number(key, actor=clerk) == number
        events = list(Event.objects.filter(person_id=key).values_list("action", "outcome", "purpose"))
    assert ("people.register_person", "done", "counter") in events
    assert ("people.reveal_id_number", "read", "counter") in events
    assert number not in str(sql("SELECT detail::text FROM audit_event"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id_number": "999236199001010000"}, "id_number.checksum"),
        ({"name": "王1"}, "people.name"),
        ({"name": "  "}, "people.name"),
        ({"region_code": "500236117"}, "regions.level"),
        ({"region_code": "500236117999"}, "regions.unknown"),
        ({"residence_code": "1"}, "regions.unknown"),
    ],
)
def test_registering_refuses_what_is_wrong(changes: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as caught:
        register(staff(), **changes)
    assert code_of(caught) == code


def test_one_person_one_number_even_across_regions() -> None:
    number = fresh_number()
    make_person(region=village(TUXIANG), number=number)
    with pytest.raises(Problem) as caught:
        register(staff(), id_number=number, name="李四")
    assert (code_of(caught), caught.value.status) == ("people.already_registered", 409)
    assert "吐祥" not in str(caught.value)


def test_same_name_birth_and_village_is_a_merge_not_a_new_record() -> None:
    first = fresh_number()
    make_person("王小明", number=first)
    again = fresh_number()
    assert first[6:14] == again[6:14]
    with pytest.raises(Problem) as caught:
        register(staff(), id_number=again)
    assert code_of(caught) == "people.same_person_suspected"


@pytest.mark.parametrize(
    "actor_of", [lambda: staff(Function.FINANCE), lambda: staff(region=TUXIANG), lambda: public(uuid4())]
)
def test_registering_needs_a_post_over_the_village(actor_of: object) -> None:
    with pytest.raises(Problem) as caught:
        register(actor_of())  # type: ignore[operator]
    assert code_of(caught) == "people.no_post"


def test_a_repeat_with_the_same_key_gives_the_same_person() -> None:
    clerk, number = staff(), fresh_number()
    values = {"name": "王小明", "id_number": number, "region_code": village()}
    first = register_person(actor=clerk, key="k-1", **values)
    assert register_person(actor=clerk, key="k-1", **values) == first


# ---- correct


def test_one_clerk_corrects_a_name_or_plain_facts() -> None:
    clerk, person = staff(), make_person()
    done = correct_person(
        person.id, actor=clerk, reason="录入错误", name="王晓明", facts={"education": "bachelor"}, version=1
    )
    assert (done.kind, done.data) == ("person", {"version": 2})
    with acting(clerk):
        changed = queries.person_by_id(person.id, actor=clerk)
        history = queries.history_of(person.id, actor=clerk)
    assert (changed.name, changed.pinyin, changed.education, changed.version) == (
        "王晓明",
        "wangxiaoming",
        "bachelor",
        2,
    )
    assert history[0].before["name"] == "王小明"
    assert history[0].actor_account == clerk.account


def test_a_stale_version_is_refused() -> None:
    clerk, person = staff(), make_person()
    correct_person(person.id, actor=clerk, reason="更正", name="王晓明")
    with pytest.raises(Problem) as caught:
        correct_person(person.id, actor=clerk, reason="更正", name="王大明", version=1)
    assert code_of(caught) == "people.changed_meanwhile"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "people.reason"),
        ({"name": None}, "people.nothing_changed"),
        ({"facts": {"sex": "1"}}, "people.field"),
        ({"facts": {"education": "phd"}}, "people.choice"),
        ({"id_number": "1"}, "id_number.length"),
    ],
)
def test_correcting_refuses_what_is_wrong(changes: dict[str, object], code: str) -> None:
    person = make_person()
    with pytest.raises(Problem) as caught:
        correct_person(person.id, actor=staff(), **({"reason": "更正", "name": "王晓明"} | changes))  # type: ignore[arg-type]
    assert code_of(caught) == code


def test_the_number_of_another_record_is_refused() -> None:
    number = fresh_number()
    make_person("李四", region=village(TUXIANG), number=number)
    with pytest.raises(Problem) as caught:
        correct_person(make_person().id, actor=staff(), reason="更正", id_number=number)
    assert code_of(caught) == "people.number_taken"


def four() -> tuple[Actor, Actor, Actor, Actor]:
    return (
        staff(Function.HANDLER),
        staff(Function.REVIEWER),
        staff(Function.INSPECTOR, region=COUNTY),
        staff(Function.APPROVER, region=COUNTY),
    )


def ask_double_change(person: Person, handler: Actor, number: str) -> UUID:
    outcome = correct_person(
        person.id, actor=handler, reason="原档有误", name="张三", id_number=number, evidence=["file-1"]
    )
    assert outcome.kind == "change_request"
    return UUID(outcome.id)


def test_a_double_change_takes_four_people_and_a_meeting() -> None:
    handler, reviewer, inspector, approver = four()
    person, number = make_person(), fresh_number()
    request = ask_double_change(person, handler, number)
    with acting(handler):
        assert Person.objects.get(id=person.id).name == "王小明"
    sign_change(request, actor=reviewer)
    sign_change(request, actor=inspector)
    with pytest.raises(Problem) as caught:
        sign_change(request, actor=approver)
    assert code_of(caught) == "people.meeting"
    done = sign_change(request, actor=approver, meeting="2026年会审纪要第3号")
    assert done.data["state"] == "applied"
    with acting(handler):
        changed = Person.objects.get(id=person.id)
        assert (changed.name, changed.pinyin, changed.id_tail) == ("张三", "zhangsan", number[-4:])
        assert queries.reveal_id_number(person.id, actor=handler) == number
        assert bytes(ChangeRequest.objects.get(id=request).payload).find(number.encode()) == -1


def test_a_number_soon_after_a_name_is_a_double_change_too() -> None:
    clerk, person = staff(Function.HANDLER), make_person()
    correct_person(person.id, actor=clerk, reason="更正", name="王晓明")
    outcome = correct_person(person.id, actor=clerk, reason="更正", id_number=fresh_number(), evidence=["file-1"])
    assert outcome.kind == "change_request"
    with acting(clerk):
        assert ChangeRequest.objects.get(id=outcome.id).kind == "identity"


def test_another_birth_date_needs_the_archive_image_and_signatures() -> None:
    handler, reviewer, inspector, approver = four()
    person, number = make_person(), fresh_number(date(1975, 1, 1))
    with pytest.raises(Problem) as caught:
        correct_person(person.id, actor=handler, reason="档案年龄", id_number=number)
    assert code_of(caught) == "people.evidence"
    outcome = correct_person(person.id, actor=handler, reason="档案年龄", id_number=number, evidence=["file-1"])
    for actor in (reviewer, inspector):
        sign_change(UUID(outcome.id), actor=actor)
    sign_change(UUID(outcome.id), actor=approver, meeting="会审纪要")
    with acting(handler):
        assert Person.objects.get(id=person.id).birth_date.year == 1975


def test_posts_sign_in_order_and_nobody_twice() -> None:
    handler, reviewer, _, _ = four()
    request = ask_double_change(make_person(), handler, fresh_number())
    with pytest.raises(Problem) as caught:
        sign_change(request, actor=staff(Function.APPROVER, region=COUNTY), meeting="会审")
    assert code_of(caught) == "people.no_post"
    same_human = staff(Function.REVIEWER, person=handler.person)
    with pytest.raises(Problem) as caught:
        sign_change(request, actor=same_human)
    assert code_of(caught) == "people.signed_before"
    sign_change(request, actor=reviewer)
    statement = (
        "INSERT INTO people_changesignature (id, request_id, stage, signer, region_code, agrees, note)"
        " VALUES (gen_random_uuid(), %s, 'inspector', %s, %s, true, '')"
    )
    with acting(handler), pytest.raises(IntegrityError, match="person_once"), transaction.atomic():
        sql(statement, request, handler.person, village())


def test_a_refusal_closes_the_request_and_changes_nothing() -> None:
    handler, reviewer, inspector, _ = four()
    person = make_person()
    request = ask_double_change(person, handler, fresh_number())
    with pytest.raises(Problem) as caught:
        sign_change(request, actor=reviewer, agrees=False)
    assert code_of(caught) == "people.reason"
    assert sign_change(request, actor=reviewer, agrees=False, note="原档不清").data["state"] == "refused"
    with pytest.raises(Problem) as caught:
        sign_change(request, actor=inspector)
    assert code_of(caught) == "people.change_closed"


# ---- merge


def test_a_merge_keeps_both_histories_and_the_lineage() -> None:
    handler, reviewer, inspector, approver = four()
    kept, absorbed = make_person(), make_person("王小明", region=village(TUXIANG))
    outcome = merge_persons(kept.id, absorbed.id, actor=handler, reason="重复建档", evidence=["file-1"])
    for actor in (reviewer, inspector):
        sign_change(UUID(outcome.id), actor=actor)
    sign_change(UUID(outcome.id), actor=approver, meeting="会审纪要")
    with acting(system_actor("tests")):
        assert Person.objects.get(id=absorbed.id).merged_into_id == kept.id
        assert PersonMerge.objects.get().absorbed_id == absorbed.id
        assert queries.lineage(absorbed.id) == queries.lineage(kept.id) == (kept.id, absorbed.id)
        assert Event.objects.filter(person_id=absorbed.id, action="people.absorbed").exists()
    with pytest.raises(Problem) as caught:
        record_death(absorbed.id, actor=staff(region=TUXIANG), died_on=date(2020, 1, 1), source="police")
    assert code_of(caught) == "people.merged"
    found = queries.search("王小明", actor=staff(region=COUNTY))
    assert [line.id for line in found.lines] == [kept.id]


def test_merging_needs_two_records_and_the_kept_one_in_scope() -> None:
    one, far = make_person(), make_person("李四", region=village(TUXIANG))
    clerk = staff(Function.HANDLER)
    for keep, absorb, code in ((one.id, one.id, "people.merge_itself"), (far.id, one.id, "people.not_found")):
        with pytest.raises(Problem) as caught:
            merge_persons(keep, absorb, actor=clerk, reason="重复", evidence=["f"])
        assert code_of(caught) == code


# ---- phones and accounts


def test_a_phone_is_sealed_shared_ones_are_counted_and_the_newest_is_primary() -> None:
    clerk, one, two = staff(), make_person(), make_person("李四", region=village(TUXIANG))
    assert add_phone(two.id, actor=staff(region=TUXIANG), phone="10012345678").data["shared_by"] == 1
    assert add_phone(one.id, actor=clerk, phone="100-1234-5678").data["shared_by"] == 2
    add_phone(one.id, actor=public(one.id), phone="10087654321")
    with acting(clerk):
        assert list(Phone.objects.order_by("tail").values_list("tail", "is_primary")) == [
            ("4321", True),
            ("5678", False),
        ]
        assert queries.reveal_phone(one.id, actor=clerk) == "10087654321"
        assert queries.card(one.id, actor=clerk).phone_masked == "*******4321"


def test_a_stranger_cannot_add_a_phone() -> None:
    person = make_person()
    with pytest.raises(Problem) as caught:
        add_phone(person.id, actor=public(uuid4()), phone="10012345678")
    assert code_of(caught) == "people.not_found"


def test_an_account_is_for_the_person_alone() -> None:
    person = make_person()
    with pytest.raises(Problem) as caught:
        add_bank_account(person.id, actor=staff(), bank="农商行", number=CARD, holder="李四")
    assert code_of(caught) == "people.holder_differs"
    with pytest.raises(Problem) as caught:
        add_bank_account(person.id, actor=staff(), bank="农商行", number=CARD[:-1] + "x", holder=person.name)
    assert code_of(caught) == "bank_card.format"


def test_an_account_is_used_after_another_person_reviewed_it_and_a_cooling_time() -> None:
    person, clerk, reviewer = make_person(), staff(), staff(Function.REVIEWER)
    today = timezone.localdate()
    first = open_account(person, clerk)
    assert queries.bank_accounts(person.id, actor=clerk, usable_on=today) == ()
    review_bank_account(first, actor=reviewer, verified=True)
    assert [row.id for row in queries.bank_accounts(person.id, actor=clerk, usable_on=today)] == [first]
    body = "622848000000111222"
    second = UUID(
        add_bank_account(
            person.id, actor=public(person.id), bank="农业银行", number=body + luhn_digit(body), holder=person.name
        ).id
    )
    done = review_bank_account(second, actor=reviewer, verified=True)
    assert done.data["replaces"] == 1
    usable = {day: [r.id for r in queries.bank_accounts(person.id, actor=clerk, usable_on=day)] for day in (
        today, today + timedelta(days=COOLING_DAYS - 1), today + timedelta(days=COOLING_DAYS))}  # fmt: skip
    assert list(usable.values()) == [[first], [first], [second]]
    assert queries.reveal_bank_account(first, actor=clerk) == CARD


def test_who_entered_an_account_cannot_review_it_and_neither_can_the_database_be_talked_into_it() -> None:
    person, clerk = make_person(), staff(Function.COUNTER, Function.REVIEWER)
    account = open_account(person, clerk)
    with pytest.raises(Problem) as caught:
        review_bank_account(account, actor=clerk, verified=True)
    assert code_of(caught) == "people.same_reviewer"
    update = (
        "UPDATE people_bankaccount SET state = 'active', verified_at = now(), usable_from = current_date,"
        " reviewed_by = %s WHERE id = %s"
    )
    for actor in (clerk, public(person.id)):
        with acting(actor), pytest.raises(IntegrityError), transaction.atomic():
            sql(update, actor.person, account)
    with acting(clerk), pytest.raises(IntegrityError, match="账号不能改"), transaction.atomic():
        sql("UPDATE people_bankaccount SET index = '\\x00' WHERE id = %s", account)


def test_a_refused_account_says_why_and_a_closed_one_is_over() -> None:
    person, reviewer = make_person(), staff(Function.REVIEWER)
    account = open_account(person)
    with pytest.raises(Problem) as caught:
        review_bank_account(account, actor=reviewer, verified=False)
    assert code_of(caught) == "people.reason"
    assert review_bank_account(account, actor=reviewer, verified=False, reason="户名不符").data["state"] == "refused"
    again = open_account(person)
    close_bank_account(again, actor=public(person.id))
    with pytest.raises(Problem) as caught:
        close_bank_account(again, actor=public(person.id))
    assert code_of(caught) == "people.bank_account_closed"
    with acting(reviewer):
        assert set(BankAccount.objects.values_list("state", flat=True)) == {"refused", "closed"}


# ---- death, moves, conflicts of interest


def test_death_is_recorded_once_and_corrected_with_a_reason() -> None:
    person, clerk = make_person(), staff(Function.HANDLER)
    assert record_death(person.id, actor=clerk, died_on=date(2024, 5, 1), source="police").data["changed"]
    assert not record_death(person.id, actor=clerk, died_on=date(2024, 5, 1), source="civil").data["changed"]
    with pytest.raises(Problem) as caught:
        record_death(person.id, actor=clerk, died_on=date(2024, 5, 2), source="civil")
    assert code_of(caught) == "people.death_differs"
    record_death(person.id, actor=clerk, died_on=date(2024, 5, 2), source="civil", correction="以死亡证明为准")
    card = queries.card(person.id, actor=clerk)
    assert card.died_on == date(2024, 5, 2)
    with acting(system_actor("tests")):
        days = [m.payload["died_on"] for m in Message.objects.filter(topic="person.died").order_by("id")]
    assert days == ["2024-05-01", "2024-05-02"]
    assert card.age == 44


@pytest.mark.parametrize("day", [date(1979, 1, 1), date(2999, 1, 1)])
def test_a_death_outside_a_life_is_refused(day: date) -> None:
    with pytest.raises(Problem) as caught:
        record_death(make_person().id, actor=staff(), died_on=day, source="police")
    assert code_of(caught) == "people.death_date"


def household_with(*people: Person) -> Household:
    with acting(system_actor("tests")):
        home = Household.objects.create(region_code=people[0].region_code, address="1组12号")
        for position, person in enumerate(people):
            HouseholdMember.objects.create(
                household=home,
                person=person,
                region_code=home.region_code,
                relation="head" if position == 0 else "child",
                since=date(2010, 1, 1),
            )
    return home


def test_a_whole_household_moves_and_what_belongs_to_it_follows() -> None:
    head, child = make_person(), make_person("王小红")
    household_with(head, child)
    add_phone(head.id, actor=staff(), phone="10012345678")
    to = village(TUXIANG)
    move_household(head.id, actor=staff(), to_region=to, address="新街3号", whole=True, on=date(2024, 3, 1))
    new_clerk = staff(region=TUXIANG)
    home = queries.household_of(child.id, actor=new_clerk)
    assert home is not None
    assert [(m.name, m.relation) for m in home.members] == [("王小明", "户主"), ("王小红", "子女")]
    with acting(new_clerk):
        assert Phone.objects.get().region_code == to
        assert HouseholdMember.objects.filter(until=date(2024, 2, 29)).count() == 0  # stays with the place left
    with acting(staff()):
        assert HouseholdMember.objects.filter(until=date(2024, 2, 29)).count() == 2
        assert not Person.objects.exists()


def test_one_person_joins_another_household() -> None:
    one, host = make_person(), make_person("李四", region=village(position=1))
    household_with(one)
    home = household_with(host)
    move_household(one.id, actor=staff(), to_region=village(position=1), join=home.id, relation="spouse")
    view = queries.household_of(host.id, actor=staff())
    assert view is not None
    assert [m.relation for m in view.members] == ["户主", "配偶"]
    with pytest.raises(Problem) as caught:
        move_household(one.id, actor=staff(), to_region=village(), join=home.id)
    assert code_of(caught) == "people.household"


def test_staff_cannot_handle_themselves_or_their_household() -> None:
    me, mother = make_person(), make_person("李母")
    household_with(mother, me)
    clerk = staff(Function.HANDLER, person=me.id)
    for person in (me, mother):
        with pytest.raises(Problem) as caught:
            correct_person(person.id, actor=clerk, reason="更正", name="新名")
        assert code_of(caught) == "people.own_affairs"
