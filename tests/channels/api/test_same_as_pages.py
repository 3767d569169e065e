"""What a public user can do by page can be done by API: every page of the portal has its call, or a reason why not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import SYSTEM, Somebody, citizen, firm, prepare, somebody
from tests.funds.bank_process import bank
from tests.funds.conftest import open_office
from tests.funds.recovery.test_debts import decide, overpaid

from hrss.channels.api.routes import ROUTES as CALLS
from hrss.channels.portal.routes import ROUTES as PAGES
from hrss.domains.employment.models import SampleFirm
from hrss.domains.employment.reporting import newest_month
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.services import appoint_delegate, issue_token
from hrss.foundation.scope import acting

__all__ = ["bank"]
SEEKING = {"phone": "10012345678", "wanted_job": "营业员", "wanted_place": "county", "pay_floor": 3000}
GOOD: dict[str, Any] = {"data": SEEKING, "materials": {"identity": {"promise": True}}}
HOW = {
    "portal.home": "api.items",
    "portal.search": "api.find_items",
    "portal.catalogue": "api.items",
    "portal.item": "api.item",
    "portal.packages": "api.packages",
    "portal.package": "api.package",
    "portal.package_apply": "api.package_apply",
    "portal.bundle": "api.bundle",
    "portal.calculators": "api.rule_list",
    "portal.calculator": "api.explain",
    "portal.parameters": "api.rule",
    "portal.verify": "api.verify",
    "portal.verify_code": "api.verify",
    "portal.start": "api.known",
    "portal.draft": "api.save_draft",
    "portal.proofs": "api.upload",
    "portal.discard": "api.discard_draft",
    "portal.check": "api.submit_draft",
    "portal.receipt": "api.case",
    "portal.cases": "api.cases",
    "portal.case": "api.case",
    "portal.correct": "api.correct",
    "portal.supply": "api.supply",
    "portal.withdraw": "api.withdraw",
    "portal.rate": "api.rate",
    "portal.document": "api.document",
    "portal.record": "api.me",
    "portal.viewers": "api.looks",
    "portal.messages": "api.messages",
    "portal.insurance": "api.my_insurance",
    "portal.insurance_pay": "api.bill",
    "portal.insurance_bill": "api.pay",
    "portal.insurance_award": "api.my_insurance",
    "portal.insurance_payment": "api.payment",
    "portal.delegations": "api.delegations",
    "portal.delegate": "api.delegate",
    "portal.change_delegation": "api.accept_delegation",
    "portal.firm": "api.workers",
    "portal.firm_register": "api.register",
    "portal.table": "api.apply",
    "portal.firm_reports": "api.firm_months",
    "portal.firm_report": "api.report_firm_month",
    "portal.debts": "api.debts",
    "portal.debt": "api.debt",
    "portal.debt_bill": "api.pay_debt",
    "portal.debt_decision": "api.debt_decision",
}
WHY_NOT = {
    "portal.life_event": "a way to find items; searching is a call",
    "portal.blank_table": "a spreadsheet to fill in; a program sends rows",
    "portal.act_for": "no session to switch: each call names its delegation",
    "portal.about": "text for people",
    "portal.healthz": "is an address for machines already",
    "portal.demo_accounts": "shows the demonstration",
    "portal.demo_messages": "shows the demonstration",
    "portal.login": "a token stands for signing in",
    "portal.code": "a token stands for signing in",
    "portal.logout": "a token is revoked",
    "portal.open_account": "a person proves who they are",
    "portal.tokens": "a token makes no tokens",
    "portal.revoke_token": "a token makes no tokens",
}


def test_every_page_has_its_call_or_a_reason() -> None:
    assert {route.name for route in PAGES} == {*HOW, *WHY_NOT}
    assert set(HOW.values()) <= {route.name for route in CALLS}


def signed(account: Account, *scopes: str, acting_for: str = "") -> Client:
    """A program with a fresh token of an account."""
    actor = actor_of(account, channel="portal")
    until = timezone.localdate() + timedelta(days=1)
    secret = issue_token(account.id, actor=actor, name="测试", scopes=scopes, until=until).data["secret"]
    return Client(headers={"authorization": f"Bearer {secret}"} | ({"acting-for": acting_for} if acting_for else {}))


def send(client: Client, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    """Post JSON with a key of its own; gives the answer."""
    answer = client.post(
        f"/api/v1{path}", body, content_type="application/json", headers={"idempotency-key": uuid4().hex}
    )
    assert answer.status_code == status, answer.content.decode()
    return dict(answer.json())


@pytest.fixture
def her(db: None) -> Somebody:
    prepare()
    return somebody("冉小英", born="19900721")


def test_a_package_from_the_list_to_where_it_stands(her: Somebody) -> None:
    client = signed(citizen(her), "cases")
    listed = {one["code"]: one for one in client.get("/api/v1/packages").json()}
    assert listed["graduate"]["open"] >= 2
    offer = client.get("/api/v1/packages/graduate", {"take": ["JY003"]}).json()
    assert offer["taken"] == ["JY003"]
    assert offer["form"]["required"]
    here = "/packages/graduate/applications"
    wrong = send(client, here, {"data": {}, "take": ["JY003"]}, 422)
    assert wrong["problems"] or wrong["field"]
    started = send(client, here, {**GOOD, "take": ["JY003"]}, 201)
    shown = client.get(f"/api/v1/bundles/{started['id']}").json()
    assert shown["number"] == started["number"]
    assert {one["item"]: one["number"] for one in shown["members"] if one["number"]} == started["started"]
    stranger = signed(citizen(somebody("李远山", born="19850101")), "cases")
    assert stranger.get(f"/api/v1/bundles/{started['id']}").status_code == 404


def test_a_draft_is_kept_as_typed_sent_and_gone(her: Somebody) -> None:
    client = signed(citizen(her), "cases")
    assert client.get("/api/v1/items/JY003/known").status_code == 200
    kept = send(client, "/drafts", {"item": "JY003", "data": {"odd": "填错了"}})
    assert [one["id"] for one in client.get("/api/v1/drafts").json()] == [kept["id"]]
    wrong = send(client, f"/drafts/{kept['id']}/submit", {}, 422)
    assert all(one["remedy"] for one in wrong["problems"] or [wrong])
    good = {"item": "JY003", **GOOD, "draft_id": kept["id"]}
    assert send(client, "/drafts", good)["id"] == kept["id"]
    assert send(client, f"/drafts/{kept['id']}/submit", {}, 201)["number"].startswith("500236")
    other = send(client, "/drafts", {"item": "JY003"})
    send(client, f"/drafts/{other['id']}/discard", {})
    assert client.get("/api/v1/drafts").json() == []


def test_a_delegate_names_the_delegation_and_sees_what_was_entrusted(her: Somebody) -> None:
    son = somebody("冉小军", born="20000101")
    mother, child = signed(citizen(her), "record", "cases"), citizen(son)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    given = send(
        mother,
        "/me/delegations",
        {"name": son.name, "id_number": son.id_number, "services": ["JY003"], "until": until, "relation": "儿子"},
    )
    own = signed(child, "record", "cases")
    held = own.get("/api/v1/me/delegations").json()["held"]
    assert [(one["id"], one["state"]) for one in held] == [(given["id"], "offered")]
    send(own, f"/me/delegations/{given['id']}/accept", {})
    helper = signed(child, "record", "cases", acting_for=given["id"])
    assert helper.get("/api/v1/me").json()["code"] == "access.not_delegated"
    made = send(helper, "/applications", {"item": "JY003", **GOOD}, 201)
    assert [one["number"] for one in mother.get("/api/v1/cases").json()["cases"]] == [made["number"]]
    assert own.get("/api/v1/cases").json()["cases"] == []
    send(mother, f"/me/delegations/{given['id']}/revoke", {})
    assert helper.get("/api/v1/cases").json()["code"] == "access.no_delegation"
    odd = signed(child, "cases", acting_for="妈妈".encode().hex())
    assert odd.get("/api/v1/cases").json()["code"] == "api.acting_for"


def test_messages_insurance_and_payments_of_oneself(her: Somebody) -> None:
    client = signed(citizen(her), "record")
    assert client.get("/api/v1/me/messages").json() == {"messages": [], "next": ""}
    assert send(client, "/me/messages/read", {"ids": [str(uuid4())]}) == {"count": 0}
    assert client.get("/api/v1/me/insurance").json()["enrolled_on"] is None
    assert client.get("/api/v1/me/payments").json() == []
    assert client.get("/api/v1/me/payments/7").json()["code"] == "payables.no_payment"
    assert client.get("/api/v1/me/sightings").json() == []
    assert client.get("/api/v1/me/questions").status_code == 200
    assert send(client, "/me/insurance/bills", {"grade": 100}, 409)["remedy"]


def test_a_debt_is_read_billed_and_paid_back_once(db: None, bank: Path, tmp_path: Path) -> None:
    prepare()
    office, person = open_office(), somebody("周退款", born="19580601")
    owed = decide(office, overpaid(office, tmp_path / "payrun", person=person.id))
    client, here = signed(citizen(person), "record"), f"/me/debts/{owed.id}"
    assert [(one["number"], one["owed_fen"]) for one in client.get("/api/v1/me/debts").json()] == [
        (owed.number, owed.amount)
    ]
    shown = client.get(f"/api/v1{here}").json()
    assert sum(one["amount_fen"] for one in shown["months"]) == owed.amount
    paper = client.get(f"/api/v1{here}/decision")
    assert (paper["content-type"], paper.getvalue()[:4]) == ("application/pdf", b"%PDF")
    assert paper["Cache-Control"] == client.get(f"/api/v1{here}")["Cache-Control"] == "private, no-store"
    assert send(client, f"{here}/bills", {"fen": owed.amount + 1}, 422)["code"] == "recovery.amount"
    bill = send(client, f"{here}/bills", {"fen": 10_000})["id"]
    stranger = signed(citizen(somebody("外人甲")), "record")
    assert stranger.get(f"/api/v1{here}").status_code == 404
    send(stranger, f"{here}/bills/{bill}/payment", {}, 404)
    for _ in range(2):
        send(client, f"{here}/bills/{bill}/payment", {})
    assert client.get(f"/api/v1{here}").json()["owed_fen"] == owed.amount - 10_000


def test_a_sample_firm_reports_and_corrects_a_month(her: Somebody) -> None:
    organisation, _ = firm()
    month = newest_month(timezone.localdate())
    with acting(SYSTEM):
        SampleFirm.objects.create(organisation_id=organisation, region_code="500236117001", since=month.first_day)
    until = timezone.localdate() + timedelta(days=30)
    done = appoint_delegate(her.id, actor=SYSTEM, evidence="letter", for_organisation=organisation, until=until)
    account = citizen(her)
    client, here = signed(account, "cases", acting_for=done.id), f"/firm/reports/{month}"
    figures = {"before": 200, "hires": 5, "leavers": 8, "planned": 0}
    assert send(client, here, figures | {"leavers": 206}, 422)["problems"][0]["code"] == "employment.report.leavers"
    send(client, here, figures)
    assert send(client, here, figures, 422)["problems"][0]["code"] == "employment.report.correction"
    send(client, here, figures | {"hires": 3, "correction": "多填了两人"})
    assert [one["version"] for one in client.get(f"/api/v1{here}").json()] == [2, 1]
    (listed,) = client.get("/api/v1/firm/reports").json()
    assert (listed["month"], listed["report"]["headcount"]) == (str(month), 195)
    for odd in (month + 1, "9999-12", "0001-01"):
        assert client.get(f"/api/v1/firm/reports/{odd}").json()["code"] == "employment.report_month"
    assert signed(account, "cases").get("/api/v1/firm/reports").json()["code"] == "api.no_firm"
