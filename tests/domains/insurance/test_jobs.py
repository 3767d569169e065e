"""What stops by itself: deaths the police know, cremations alone, people at work again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from tests.domains.insurance.office import ACCOUNT, PHONE, SYSTEM, Office
from tests.domains.insurance.people import firm, insured, resident
from tests.foundation.people.builders import load_county, make_person, village

from hrss.casework.items.publish import publish
from hrss.domains.employment.services import Hire, register_employment, register_unemployment
from hrss.domains.employment.services.register_unemployment import Registration
from hrss.domains.insurance import jobs, queries
from hrss.domains.insurance.models import Award
from hrss.exchange.simulators import data, fleet
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.people.models import Person
from hrss.foundation.people.queries import reveal_id_number
from hrss.foundation.scope import acting
from hrss.funds.payables.models import Entitlement
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.django_db
CLAIM = {"other_pension": False, **ACCOUNT, "phone": PHONE, "statement": True}


@pytest.fixture(autouse=True)
def county(agencies: Path) -> Iterator[None]:
    with time_machine.travel("2026-09-16T10:00:00+08:00"):
        load_county()
        publish("fengjie", actor=SYSTEM)
        yield


def pensioner() -> UUID:
    person = resident(date(1966, 3, 1), years=range(2010, 2026))
    Office().grant("SB029", CLAIM, person)
    return person


def number_of(person: UUID) -> str:
    with acting(SYSTEM):
        return reveal_id_number(person, actor=SYSTEM)


def award_of(person: UUID) -> Award:
    with acting(SYSTEM):
        return Award.objects.get(person_id=person)


def test_a_death_the_police_know_stops_the_pension_after_its_month(agencies: Path) -> None:
    person, other = pensioner(), pensioner()
    death = {"died_on": "2026-08-20", "certificate_no": "死证2026082000001"}
    data.write("police.death", [(number_of(person), death)], fleet.register_path(agencies, "police"))
    assert jobs.check_deaths() == 1
    deliver_waiting()
    award = award_of(person)
    assert (award.state, YearMonth.of(award.last), award.end_reason) == ("ended", YearMonth(2026, 8), "去世")
    with acting(SYSTEM):
        assert Person.objects.get(id=person).death_date == date(2026, 8, 20)
        assert queries.open_enrolment(person) is None
    assert award_of(other).state == "active"
    assert jobs.check_deaths() == 0


def test_a_cremation_alone_only_pauses(agencies: Path) -> None:
    person = pensioner()
    row = {"cremated_on": "2026-09-02", "place": "奉节县殡仪馆", "certificate_no": "火化202609020001"}
    data.write("civil.cremation", [(number_of(person), row)], fleet.register_path(agencies, "civil"))
    assert jobs.check_deaths() == 1
    assert award_of(person).state == "paused"
    jobs.check_deaths()
    with acting(SYSTEM):
        kinds = list(award_of(person).events.order_by("id").values_list("kind", flat=True))
    assert kinds == ["granted", "paused"]


def test_who_works_again_stops_drawing_the_next_month() -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 6), 36)
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        register_unemployment(
            person,
            actor=SYSTEM,
            region_code=village(),
            registration=Registration("left_unit", "dismissed"),
            on=date(2026, 6, 10),
        )
        benefit = {"leave_reason": "dismissed", **ACCOUNT, "phone": PHONE, "willing": True}
        Office().grant("SB068", benefit, person)
    assert jobs.stop_reemployed() == 0
    hired = Hire(person, village(), date(2026, 9, 14))
    register_employment([hired], actor=SYSTEM, kind="employer", today=date(2026, 9, 16), employer_id=employer)
    assert jobs.stop_reemployed() == 1
    award = award_of(person)
    assert (award.state, YearMonth.of(award.last)) == ("ended", YearMonth(2026, 9))
    with acting(SYSTEM):
        assert queries.unused_months(person) == 9 - 4


def test_an_award_whose_months_are_all_paid_ends_by_itself_and_nothing_is_left_to_pay() -> None:
    person, employer = make_person("周用完", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 6), 36)
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        register_unemployment(
            person,
            actor=SYSTEM,
            region_code=village(),
            registration=Registration("left_unit", "dismissed"),
            on=date(2026, 6, 10),
        )
        Office().grant("SB068", {"leave_reason": "dismissed", **ACCOUNT, "phone": PHONE, "willing": True}, person)
    award = award_of(person)
    last = YearMonth.of(award.planned_last)
    with time_machine.travel(f"{last + 1}-02T02:35:00+08:00"):
        assert jobs.end_used_up() == 0, "the last month is not paid yet"
        with acting(SYSTEM):
            Entitlement.objects.filter(id=award.entitlement_id).update(next_month=last.index + 1)
        assert jobs.end_used_up() == 1
        assert jobs.end_used_up() == 0
    award = award_of(person)
    assert (award.state, YearMonth.of(award.last)) == ("ended", last)
    with acting(SYSTEM):
        event, entitlement = award.events.get(kind="ended"), Entitlement.objects.get(id=award.entitlement_id)
        assert "领取期限届满" in event.reason and event.reason == entitlement.stop_reason == award.end_reason
        assert entitlement.next_month > entitlement.last == last.index and entitlement.stopped_at is not None
        assert queries.unused_months(person) == 0
