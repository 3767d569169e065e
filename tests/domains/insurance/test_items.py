"""The insurance items through the whole of casework: what they refuse, what a grant does, three persons on money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from tests.domains.insurance.office import ACCOUNT, MATERIALS, PHONE, SYSTEM, Office, account_of
from tests.domains.insurance.people import firm, insured, resident
from tests.foundation.people.builders import fresh_number, load_county, make_person, public, village

from hrss.casework import services
from hrss.casework.items.publish import publish
from hrss.casework.models import Action, Document
from hrss.domains.employment.services import end_registration, register_unemployment
from hrss.domains.employment.services.register_unemployment import Registration
from hrss.domains.employment.statuses import EventKind
from hrss.domains.insurance import amounts, queries
from hrss.domains.insurance.models import Award
from hrss.domains.insurance.services import end_award
from hrss.domains.insurance.services.award_pension import month_facts
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.people.queries import reveal_id_number
from hrss.foundation.scope import acting
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem, Problems

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 16)
ENROL = {"category": "ordinary", "grade": "500", "phone": PHONE, "statement": True}
CLAIM = {"other_pension": False, **ACCOUNT, "phone": PHONE, "statement": True}
BENEFIT = {"leave_reason": "dismissed", **ACCOUNT, "phone": PHONE, "willing": True}


@pytest.fixture(autouse=True)
def county(agencies: Path) -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T10:00:00+08:00"):
        load_county()
        publish("fengjie", actor=SYSTEM)
        yield


@pytest.fixture
def office() -> Office:
    return Office()


def refusals(item: str, data: dict[str, Any], person_id: UUID) -> set[str]:
    with pytest.raises(Problem) as refusal:
        services.apply(item, data, actor=public(person_id), materials=MATERIALS)
    return {one.code for one in (refusal.value if isinstance(refusal.value, Problems) else [refusal.value])}


def dead(person_id: UUID, on: date) -> None:
    with acting(SYSTEM):
        Person.objects.filter(id=person_id).update(death_date=on)


def named(person_id: UUID) -> dict[str, str]:
    with acting(SYSTEM):
        person = Person.objects.get(id=person_id)
        return {"subject_name": person.name, "subject_id": reveal_id_number(person_id, actor=SYSTEM)}


def unemployed(person_id: UUID, on: date = TODAY) -> None:
    register_unemployment(
        person_id, actor=SYSTEM, region_code=village(), registration=Registration("left_unit", "dismissed"), on=on
    )


def test_enrolment_from_the_phone(office: Office) -> None:
    person = make_person("冉光菊", region=village(), number=fresh_number(date(1967, 9, 1))).id
    case = office.grant("SB008", ENROL, person)
    with acting(SYSTEM):
        row = queries.open_enrolment(person)
    assert row is not None
    assert (row.grade_yuan, row.case_id, row.enrolled_on) == (500, case.id, TODAY)
    assert case.result["政府补贴"] == "70.00 元/年"
    assert refusals("SB008", ENROL, person) == {"insurance.already"}


def test_the_pension_is_granted_by_three_persons_with_every_part_on_paper(office: Office) -> None:
    person = resident(date(1966, 9, 1), years=range(2010, 2026))
    case = office.grant("SB029", CLAIM, person)
    with acting(SYSTEM):
        award = Award.objects.get(person_id=person)
        persons = {action.actor_person_id for action in Action.objects.filter(case=case, actor_kind="staff")}
        paper = Document.objects.get(case=case, rule="decision")
        account = BankAccount.objects.get(person_id=person)
    assert len(persons) == 3
    assert YearMonth.of(award.first) == YearMonth(2026, 10)
    facts = {"account": award.facts["account"], "years": 16, "age": 60, "one_child": False}
    assert award.amount_fen == amounts.pension(facts, YearMonth(2026, 10)).amount
    rows = dict(paper.facts["rows"])
    assert rows["从哪个月起"] == "2026年10月"
    assert {"每月养老金", "其中：基础养老金", "其中：个人账户养老金", "其中：缴费年限养老金"} <= rows.keys()
    assert (account.state, account.proposed_by, account.reviewed_by) == ("active", person, office.approver.person)


@pytest.mark.parametrize(
    ("born", "years", "code"),
    [
        (date(1966, 12, 1), range(2010, 2026), "insurance.not_sixty"),
        (date(1966, 9, 1), range(2020, 2026), "insurance.years_missing"),
    ],
)
def test_who_may_not_claim_yet_is_told_why(born: date, years: range, code: str) -> None:
    assert refusals("SB029", CLAIM, resident(born, years=years)) == {code}


def test_a_claim_without_any_account_asks_for_one() -> None:
    person = resident(date(1966, 9, 1), years=range(2010, 2026))
    assert refusals("SB029", CLAIM | {"pay_to": "record"}, person) == {"insurance.no_account"}


def test_a_paused_pension_is_resumed_by_another_case(office: Office) -> None:
    person = resident(date(1966, 9, 1), years=range(2010, 2026))
    office.grant("SB029", CLAIM, person)
    stop = named(person) | {"reason": "prison", "happened_on": TODAY.isoformat(), "phone": PHONE}
    office.grant("SB031", stop, person)
    with acting(SYSTEM):
        assert Award.objects.get(person_id=person).state == "paused"
    office.grant("SB032", {"explanation": "已经改判，没有收监", "phone": PHONE, "from_month": "2026-11"}, person)
    with acting(SYSTEM):
        award = Award.objects.get(person_id=person)
        assert award.state == "active"
        assert [event.kind for event in award.events.order_by("id")] == ["granted", "paused", "resumed"]


def test_the_family_gets_funeral_grant_and_the_rest_of_the_account_once(office: Office) -> None:
    parent = resident(date(1960, 9, 1), years=range(2010, 2026))
    child = make_person("冉小英", region=village()).id
    with time_machine.travel("2026-07-01T10:00:00+08:00"):
        office.grant("SB029", CLAIM, parent)
    claim = named(parent) | {"relation": "child", **ACCOUNT, "bank_number": "6217001234567890130", "phone": PHONE}
    claim["statement"] = True
    assert refusals("SB034", claim, child) == {"insurance.not_deceased"}
    dead(parent, date(2026, 9, 10))
    funeral, account = office.grant("SB034", claim, child), office.grant("SB033", claim, child)
    with acting(SYSTEM):
        pension = Award.objects.get(person_id=parent)
        grants = {award.benefit: award for award in Award.objects.filter(person_id=child)}
    month_of_death = month_facts(pension.facts, YearMonth(2026, 9))
    monthly = amounts.pension(month_of_death, YearMonth(2026, 9)).amount
    assert monthly == pension.amount_fen + 500, "sixty-five had come meanwhile"
    assert grants[amounts.RESIDENT_DEATH_GRANT].amount_fen == 12 * monthly
    drawn = YearMonth(2026, 9) - YearMonth.of(pension.first) + 1
    part = amounts.account_part(pension.facts["account"], YearMonth(2026, 9))
    assert grants[amounts.RESIDENT_ACCOUNT].amount_fen == pension.facts["account"] - drawn * part
    assert funeral.result["去世日期"] == account.result["去世日期"] == "2026-09-10"
    assert refusals("SB034", claim, make_person("冉二", region=village()).id) == {"insurance.already"}


def test_who_died_while_paying_leaves_a_month_for_each_year(office: Office) -> None:
    parent = resident(date(1970, 9, 1), years=range(2020, 2026))
    child = make_person("冉小英", region=village()).id
    dead(parent, date(2026, 9, 10))
    claim = named(parent) | {"relation": "child", **ACCOUNT, "phone": PHONE, "statement": True}
    office.grant("SB034", claim, child)
    with acting(SYSTEM):
        assert Award.objects.get(person_id=child).amount_fen == 6 * amounts.base_pension(TODAY)


def test_unemployment_benefit_takes_months_and_registration_from_the_records(office: Office) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 8), 36)
    assert refusals("SB068", BENEFIT, person) >= {"insurance.not_registered"}
    unemployed(person)
    assert refusals("SB068", BENEFIT | {"leave_reason": "resigned"}, person) == {"insurance.own_will"}
    case = office.grant("SB068", BENEFIT, person)
    with acting(SYSTEM):
        award = Award.objects.get(person_id=person)
    assert (award.facts["paid_months"], award.facts["months"]) == (36, 9)
    assert (YearMonth.of(award.first), YearMonth.of(award.planned_last)) == (YearMonth(2026, 9), YearMonth(2027, 5))
    assert award.amount_fen == 186_400
    assert case.result["可以领"] == "9 个月（2026-09至2027-05）"
    assert refusals("SB068", BENEFIT, person) == {"insurance.already"}


def test_less_than_a_year_paid_is_refused(office: Office) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2025, 10), 11)
    unemployed(person)
    assert refusals("SB068", BENEFIT, person) == {"insurance.paid_too_short"}


def test_months_not_drawn_are_added_the_next_time_and_paid_ones_count_never_again(office: Office) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2022, 1), 36)
    with time_machine.travel("2026-01-12T10:00:00+08:00"):
        unemployed(person, date(2026, 1, 12))
        office.grant("SB068", BENEFIT, person)
    with acting(SYSTEM):
        first = Award.objects.get(person_id=person)
    end_award(first.id, actor=SYSTEM, last=YearMonth(2026, 4), on=date(2026, 5, 1), reason="重新就业")
    end_registration(person, actor=SYSTEM, kind=EventKind.HIRED, on=date(2026, 4, 20))
    insured(person, employer, YearMonth(2025, 1), 20)
    with acting(SYSTEM):
        assert queries.unused_months(person) == 9 - 4
        assert queries.contribution_months([person])[person].unemployment == 20
    unemployed(person)
    office.grant("SB068", BENEFIT | {"pay_to": "record"}, person)
    with acting(SYSTEM):
        second = Award.objects.get(person_id=person, state="active")
    assert (second.facts["months"], second.facts["unused"]) == (3 + 5, 5)


def test_an_unemployed_person_who_dies_leaves_sixteen_months(office: Office) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 8), 36)
    unemployed(person)
    office.grant("SB068", BENEFIT, person)
    dead(person, TODAY)
    widow = make_person("周红", region=village()).id
    claim = named(person) | {"relation": "spouse", **ACCOUNT, "bank_number": "6217001234567890130", "phone": PHONE}
    office.grant("SB070", claim | {"statement": True}, widow)
    with acting(SYSTEM):
        assert Award.objects.get(person_id=widow).amount_fen == 16 * 186_400


def test_a_changed_account_cools_down(office: Office) -> None:
    person = resident(date(1966, 9, 1), years=range(2010, 2026))
    old = account_of(person)
    change = {"pay_to": "new", "bank": "重庆农村商业银行", "bank_number": "6217001234567890130", "phone": PHONE}
    office.grant("SB012", change | {"statement": True}, person)
    with acting(SYSTEM):
        rows = {row.id == old: row for row in BankAccount.objects.filter(person_id=person)}
    assert rows[False].usable_from == TODAY + timedelta(days=7)
    assert rows[True].until == TODAY + timedelta(days=6)


def test_an_enrolment_ends_and_not_while_a_pension_runs(office: Office) -> None:
    person = resident(date(1966, 9, 1), years=range(2010, 2026))
    end = named(person) | {"reason": "other_pension", "happened_on": TODAY.isoformat(), "phone": PHONE}
    office.grant("SB029", CLAIM, person)
    assert refusals("SB035", end, person) == {"insurance.already"}
    other = resident(date(1980, 9, 1))
    office.grant("SB035", named(other) | {**end, **named(other)}, other)
    with acting(SYSTEM):
        assert queries.open_enrolment(other) is None


def test_a_wrong_name_finds_nobody() -> None:
    person = resident(date(1966, 9, 1))
    stop = named(person) | {"subject_name": "别人", "reason": "died", "happened_on": "2026-09-01", "phone": PHONE}
    assert refusals("SB031", stop, person) == {"insurance.subject_unknown"}
