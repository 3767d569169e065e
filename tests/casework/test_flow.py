"""A case from submission to archive, through the services, on the real database."""

from __future__ import annotations

from uuid import UUID

from tests.casework.conftest import Office, citizen

from hrss.casework import services
from hrss.casework.models import Case, Clock, Document
from hrss.foundation.scope import acting

INTERNSHIP = {
    "group": "youth",
    "wanted_job": "电工学徒",
    "phone": "10012345678",
}
PROMISE = {"identity": {"promise": True}}


def applied(person: UUID, *, item: str = "JY048", data: dict[str, object] | None = None) -> UUID:
    outcome = services.apply(item, data or INTERNSHIP, actor=citizen(person), materials=PROMISE)
    return UUID(outcome.id)


def test_a_case_goes_from_submission_to_archive(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.claim(case_id, actor=office.handler)
    services.accept(case_id, actor=office.handler)
    services.decide(case_id, actor=office.county_reviewer, granted=True)
    services.verify_promise(case_id, "identity", actor=office.handler, held=True)
    services.deliver(case_id, actor=citizen(person))
    services.rate(case_id, 5, actor=citizen(person), comment="快")
    services.archive(case_id, actor=office.handler)
    with acting(office.handler):
        case = Case.objects.get(id=case_id)
        assert case.state == "archived"
        assert case.decision == "granted"
        assert [action.verb for action in case.actions.order_by("ordinal")] == [
            "submit",
            "claim",
            "accept",
            "decide",
            "verify_promise",
            "deliver",
            "rate",
            "archive",
        ]
        assert Document.objects.get(case=case).name == "就业见习报名确认单"
        assert not Clock.objects.filter(case=case, met_on=None, cancelled=False).exists()
        assert case.bag.index["entries"][0]["kind"] == "form"
