"""Package 失业: registration and benefit from one form; the months come from insurance, nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from tests.domains.insurance.office import ACCOUNT, MATERIALS, PHONE, SYSTEM, Office
from tests.domains.insurance.people import firm, insured
from tests.foundation.people.builders import BAIDI, load_county, make_person, public, staff, village

from hrss.casework import jobs, queries, services
from hrss.casework.items.packs import load_pack
from hrss.casework.items.publish import publish
from hrss.casework.models import BundleMember, Draft
from hrss.domains.employment import queries as employment
from hrss.domains.insurance.models import Award
from hrss.exchange.models import Inquiry
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.django_db
CHOSEN = frozenset({"JY010", "SB068"})


def form() -> dict[str, object]:
    return {
        "situation": "left_unit",
        "leave_date": "2026-09-01",
        "leave_reason": "dismissed",
        "last_employer": "夔门制衣厂",
        "phone": PHONE,
        "residence": village(),
        "willing": True,
        **ACCOUNT,
    }


@pytest.fixture(autouse=True)
def county(agencies: Path) -> Iterator[None]:
    with time_machine.travel("2026-09-16T10:00:00+08:00"):
        load_county()
        publish("fengjie", actor=SYSTEM)
        yield


def members(bundle_id: UUID) -> dict[str, BundleMember]:
    with acting(SYSTEM):
        return {one.item_code: one for one in BundleMember.objects.filter(bundle_id=bundle_id).select_related("case")}


def test_one_form_registers_and_then_pays() -> None:
    office, person, employer = Office(), make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 8), 36)
    window = staff(Function.COUNTER, region=BAIDI, purpose="counter", person=make_person("柜员", region=village()).id)
    done = services.start_package(
        "unemployment", form(), actor=window, person_id=person, materials=MATERIALS, chosen=CHOSEN
    )
    bundle = UUID(done.id)
    found = members(bundle)
    assert {code: one.state for code, one in found.items()} == {"JY010": "started", "SB068": "waiting"}
    registration = found["JY010"].case
    assert registration is not None
    office.handler = window
    office.decide(registration.id)
    with acting(SYSTEM):
        assert employment.open_registration(person) is not None
    with acting(SYSTEM):
        assert jobs.advance_package(bundle_id=str(bundle)) == 1
    benefit = members(bundle)["SB068"].case
    assert benefit is not None
    assert benefit.data == {name: form()[name] for name in load_pack("fengjie").items["SB068"].form["properties"]}
    with acting(SYSTEM):
        assert not Draft.objects.filter(submitted_case=None).exists(), "nothing is asked again"
    office.decide(benefit.id)
    with acting(SYSTEM):
        award = Award.objects.get(person_id=person)
        asked = set(Inquiry.objects.filter(subject_id=person).values_list("question", flat=True))
        page = queries.bundle_page(bundle, actor=public(person))
    assert award.facts["months"] == 9
    assert {"employment.registration_status", "insurance.contribution_months"} <= asked
    assert page.is_settled


def test_the_registration_paper_carries_the_months_insurance_answered() -> None:
    office, person, employer = Office(), make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 8), 14)
    data = {
        name: value for name, value in form().items() if name in load_pack("fengjie").items["JY010"].form["properties"]
    }
    case = office.grant("JY010", data, person)
    assert case.result["失业保险缴费"] == "14 个月"
