"""Acting for somebody on the portal: what was entrusted is done and seen, everything else is closed."""

from __future__ import annotations

import itertools
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import SYSTEM, applied, browser_of, citizen, firm, somebody

from hrss.casework.models import Case
from hrss.channels.ui.gate import ACTING_FOR
from hrss.foundation.identity.models import Delegation
from hrss.foundation.identity.services import appoint_delegate
from hrss.foundation.scope import acting

_SERIAL = itertools.count(1)
RECORDS = ("/my/", "/my/viewers/", "/my/messages/")


def entrusted(*services: str) -> tuple[Client, UUID]:
    """The browser of a son acting for his mother under a delegation for ``services``, and her case of JY048."""
    number = next(_SERIAL)
    mother, son = somebody("冉大妈", born=f"195607{number:02d}"), somebody("冉小明", born=f"198407{number:02d}")
    case = applied(mother.id)
    account = citizen(son)
    done = appoint_delegate(
        son.id,
        actor=SYSTEM,
        evidence="letter",
        for_person=mother.id,
        services=services,
        until=timezone.localdate() + timedelta(days=30),
    )
    client = browser_of(account)
    session = client.session
    session[ACTING_FOR] = done.id
    session.save()
    return client, case


def state_of(case: UUID) -> str:
    with acting(SYSTEM):
        return Case.objects.get(id=case).state


@pytest.mark.parametrize("services", [("JY048",), ("*",)])
def test_what_was_entrusted_is_seen_and_taken_back(services: tuple[str, ...]) -> None:
    client, case = entrusted(*services)
    assert "就业见习报名" in client.get("/my/cases/").content.decode()
    assert client.get(f"/my/cases/{case}/").status_code == 200
    assert client.post(f"/my/cases/{case}/withdraw/").status_code == 302
    assert state_of(case) == "withdrawn"


def test_what_was_not_entrusted_does_not_exist() -> None:
    client, case = entrusted("JY010")
    assert "就业见习报名" not in client.get("/my/cases/").content.decode()
    for path in (f"/my/cases/{case}/", f"/my/cases/{case}/receipt/", f"/my/cases/{case}/correct/"):
        assert client.get(path).status_code == 404, path
    for path, sent in ((f"/my/cases/{case}/withdraw/", {}), (f"/my/cases/{case}/rate/", {"grade": "1"})):
        assert client.post(path, sent).status_code == 404, path
    assert client.get("/items/JY048/start/").status_code == 403
    assert state_of(case) == "submitted"


@pytest.mark.parametrize("path", RECORDS)
def test_ones_whole_record_needs_whole_trust(path: str) -> None:
    limited, _ = entrusted("JY048")
    answer = limited.get(path)
    assert answer.status_code == 403
    assert "委托里只写明了几个事项" in answer.content.decode()
    trusted, _ = entrusted("*")
    assert trusted.get(path).status_code == 200


def test_a_clerk_of_a_firm_sees_its_people_only_with_the_roster_entrusted() -> None:
    organisation, _ = firm()
    for services, words in ((("JY054",), "没有把就业登记委托给您"), (("JY012",), "还没有登记职工")):
        worker = somebody("方雪", born=f"198507{next(_SERIAL):02d}")
        client = browser_of(citizen(worker))
        done = appoint_delegate(
            worker.id,
            actor=SYSTEM,
            evidence="letter",
            for_organisation=organisation,
            services=services,
            until=timezone.localdate() + timedelta(days=30),
        )
        session = client.session
        session[ACTING_FOR] = done.id
        session.save()
        assert words in client.get("/firm/").content.decode()


def test_the_form_entrusts_what_is_chosen_and_keeps_what_was_typed() -> None:
    mother, son = somebody("冉大妈", born="19560721"), somebody("冉小明")
    client = browser_of(citizen(mother))
    sent = {"name": "冉小明", "id_number": son.id_number, "relation": "儿子", "days": "90", "extent": "some"}
    answer = client.post("/my/delegations/new", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择委托办理的事项" in shown
    assert son.id_number in shown
    assert client.post("/my/delegations/new", {**sent, "services": ["JY010", "FOREIGN"]}).status_code == 302
    with acting(SYSTEM):
        row = Delegation.objects.get(delegate_id=son.id)
    assert (row.services, row.relation) == (["JY010"], "儿子")
    assert "可以办：失业登记" in client.get("/my/delegations/").content.decode()
