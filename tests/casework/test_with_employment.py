"""JY010 with the domain's own handler and the exchange: applied for, decided, the effect done once."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from tests.casework.conftest import VILLAGE, Office, citizen

from hrss.casework import services
from hrss.casework.handlers import registered
from hrss.casework.intake.materials import checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.items.packs import load_pack
from hrss.casework.models import Case, Effect
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

FORM = {
    "situation": "left_unit",
    "leave_date": "2026-11-01",
    "leave_reason": "dismissed",
    "phone": "10012345678",
    "residence": VILLAGE,
    "willing": True,
}


def test_every_handler_an_item_names_is_registered() -> None:
    named = {item.handler for item in load_pack("fengjie").items.values() if item.handler}
    assert named <= registered()


def test_unemployment_registration_from_the_phone_to_the_register(office: Office, person: UUID) -> None:
    me = citizen(person)
    item = load_pack("fengjie").items["JY010"]
    with acting(me):
        assert prefill_of(item, actor=me)["residence"].value == VILLAGE
        lines = {line.code: line for line in checklist(item, FORM, actor=me)}
    assert set(lines) == {"identity", "leave_proof"}
    assert lines["leave_proof"].may_defer
    given = {"identity": {"promise": True}, "leave_proof": {"defer": True}}
    case_id = UUID(services.apply("JY010", FORM, actor=me, materials=given).id)
    services.accept(case_id, actor=office.counter)
    services.decide(case_id, actor=office.reviewer, granted=True)
    with acting(system_actor("casework.test")), connection.cursor() as cursor:
        assert Case.objects.get(id=case_id).decision == "granted"
        assert Effect.objects.filter(case_id=case_id).count() == 1
        cursor.execute("SELECT count(*) FROM employment_unemploymentregistration WHERE person_id = %s", [person])
        assert cursor.fetchone() == (1,)
