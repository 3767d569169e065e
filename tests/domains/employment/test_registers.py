"""Registers and jobs of employment on a real database: once, ended by what ends them, derived, scoped."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.foundation.people.builders import BAIDI, TUXIANG, load_county, make_person, public, staff, village

from hrss.domains.employment import queries
from hrss.domains.employment.answers import registration_of, status_of
from hrss.domains.employment.jobs import clear_families, end_silent, take_over_death
from hrss.domains.employment.models import UnemploymentRegistration
from hrss.domains.employment.services import (
    Hire,
    end_registration,
    recognise_family,
    recognise_hardship,
    register_employment,
    register_unemployment,
)
from hrss.domains.employment.services.register_unemployment import Registration
from hrss.domains.employment.statuses import EventKind, Status
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.problem import Problem, Problems

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def county() -> None:
    load_county()


@pytest.fixture
def worker() -> UUID:
    return make_person("王春花", region=village()).id


@pytest.fixture
def firm() -> UUID:
    with acting(SYSTEM):
        made = Organisation.objects.create(
            kind="employer",
            name="夔门制衣厂",
            pinyin="kuimenzhiyichang",
            credit_code="91999236A27552043L",
            region_code=BAIDI,
        )
    return made.id


def register(person: UUID, on: date = DAY) -> None:
    register_unemployment(person, actor=SYSTEM, region_code=village(), registration=Registration("left_unit"), on=on)


def hire(person: UUID, firm: UUID, on: date = DAY) -> None:
    register_employment(
        [Hire(person, village(), on)], actor=SYSTEM, kind="employer", today=max(on, DAY), employer_id=firm
    )


def test_a_second_open_registration_is_refused(worker: UUID) -> None:
    register(worker)
    with pytest.raises(Problem) as refusal:
        register(worker)
    assert (refusal.value.code, refusal.value.status) == ("employment.registered", 409)


def test_being_hired_ends_the_registration_with_the_statutory_reason(worker: UUID, firm: UUID) -> None:
    register(worker)
    hire(worker, firm, DAY + timedelta(days=3))
    with acting(SYSTEM):
        row = UnemploymentRegistration.objects.get(person_id=worker)
        assert (row.ended_on, row.end_reason) == (DAY + timedelta(days=3), "被用人单位录用")
        assert status_of(worker) == {"status": "employed", "since": "2026-03-05", "employer": "夔门制衣厂"}
        assert registration_of(worker) == {
            "is_registered": False,
            "registered_on": "2026-03-02",
            "ended_on": "2026-03-05",
            "left_on": None,
            "leave_reason": "",
        }


def test_a_batch_with_one_wrong_hire_registers_nobody(worker: UUID, firm: UUID) -> None:
    hire(worker, firm)
    other = make_person("李远山", region=village()).id
    with pytest.raises(Problems) as refusal:
        register_employment(
            [Hire(other, village(), DAY, row=0), Hire(worker, village(), DAY, row=1)],
            actor=SYSTEM,
            kind="employer",
            today=DAY,
            employer_id=firm,
        )
    assert [problem.field for problem in refusal.value] == ["hires.1.id_number"]
    with acting(SYSTEM):
        assert queries.jobs_of(other) == ()


def test_only_statutory_reasons_end_a_registration(worker: UUID) -> None:
    register(worker)
    with pytest.raises(Problem, match="法定情形"):
        end_registration(worker, actor=SYSTEM, kind=EventKind.SOUGHT, on=DAY)


def test_six_silent_months_end_a_registration(worker: UUID) -> None:
    today = timezone.localdate()
    register(worker, today - timedelta(days=200))
    assert end_silent() == 1
    assert end_silent() == 0
    with acting(SYSTEM):
        assert queries.work_record(worker).status is Status.INACTIVE


def test_a_death_ends_everything_once(worker: UUID, firm: UUID) -> None:
    hire(worker, firm)
    payload = {"person": str(worker), "died_on": "2026-03-09"}
    take_over_death(payload, actor=SYSTEM)
    take_over_death(payload, actor=SYSTEM)
    with acting(SYSTEM):
        record = queries.work_record(worker)
    assert record.status is Status.DECEASED
    assert [job.until for job in record.jobs] == [date(2026, 3, 9)]


def test_a_family_is_cleared_when_one_member_works(worker: UUID, firm: UUID) -> None:
    recognise_family(worker, actor=SYSTEM, region_code=village(), members=[worker], on=DAY)
    assert clear_families() == 0
    hire(worker, firm, DAY + timedelta(days=1))
    assert clear_families() == 1


def test_a_foreign_township_and_a_stranger_see_nothing(worker: UUID) -> None:
    register(worker)
    recognise_hardship(worker, actor=SYSTEM, region_code=village(), category="age", on=DAY)
    for actor in (staff(Function.HANDLER, region=TUXIANG), public(make_person("陌生人", region=village()).id)):
        with acting(actor):
            assert queries.open_registration(worker) is None
            assert queries.work_record(worker).hardship == ""
    with acting(public(worker)):
        assert queries.open_registration(worker) is not None
