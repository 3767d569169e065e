"""The API: open calls, tokens with scopes, idempotency, refusals in words."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hrss.casework.items.publish import publish
from hrss.channels.api.routes import ROUTES, api
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.services import issue_token, revoke_token
from hrss.foundation.people.services.register_person import register_person
from hrss.foundation.regions.loading import load_divisions
from hrss.kernel.actor import Actor, ActorKind, system_actor

PACK = "fengjie"


@pytest.fixture
def county(db: None, settings: object) -> None:
    load_divisions(settings.HRSS_PACKS / PACK / "divisions.csv")  # type: ignore[attr-defined]
    publish(PACK, actor=system_actor("test"))


@pytest.fixture
def account(county: None) -> Account:
    made = register_person(
        actor=system_actor("test"), name="冉小英", id_number="999236198407211784", region_code="500236001001"
    )
    return Account.objects.create_account("ran", kind="public", person_id=made.id, name="冉小英")


def token_for(account: Account, *scopes: str) -> str:
    actor = Actor(ActorKind.PUBLIC, account=account.id, person=account.person_id, purpose="self")
    until = timezone.localdate() + timedelta(days=30)
    return str(issue_token(account.id, actor=actor, name="测试", scopes=scopes, until=until).data["secret"])


def signed(secret: str, **headers: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}", **headers})


@pytest.mark.django_db
def test_items_are_open_and_found_by_how_people_say_it(county: None, client: Client) -> None:
    assert len(client.get("/api/v1/items").json()) > 250
    found = client.get("/api/v1/items/search", {"q": "厂里不要我了"}).json()
    assert found[0]["code"] == "JY010"
    assert client.get("/api/v1/items/JY010").json()["form"]["type"] == "object"


@pytest.mark.django_db
def test_own_calls_need_a_token_with_the_scope(account: Account, client: Client) -> None:
    refused = client.get("/api/v1/cases")
    assert (refused.status_code, refused.json()["code"]) == (401, "api.sign_in")
    narrow = signed(token_for(account, "record")).get("/api/v1/cases")
    assert (narrow.status_code, narrow.json()["code"]) == (403, "api.scope")
    assert signed(token_for(account, "cases")).get("/api/v1/cases").json() == {"cases": [], "next": ""}


@pytest.mark.django_db
def test_a_revoked_token_is_refused_at_once(account: Account) -> None:
    secret = token_for(account, "record")
    assert signed(secret).get("/api/v1/me").status_code == 200
    actor = Actor(ActorKind.PUBLIC, account=account.id, person=account.person_id, purpose="self")
    revoke_token(account.tokens.get().id, actor=actor)
    assert signed(secret).get("/api/v1/me").json()["code"] == "identity.token"


@pytest.mark.django_db
def test_writing_needs_a_key(account: Account) -> None:
    answer = signed(token_for(account, "cases")).post(
        "/api/v1/applications", {"item": "JY003", "data": {}}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key")


@pytest.mark.django_db
def test_unknown_body_fields_are_refused(account: Account) -> None:
    client = signed(token_for(account, "cases"), **{"idempotency-key": str(uuid4())})
    answer = client.post("/api/v1/applications", {"item": "JY003", "state": "decided"}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["field"] == "state" or any(one["field"].endswith("state") for one in answer.json()["problems"])


@pytest.mark.django_db
def test_somebody_elses_case_does_not_exist(account: Account) -> None:
    answer = signed(token_for(account, "cases")).get(f"/api/v1/cases/{uuid4()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "casework.not_found")


@pytest.mark.django_db
def test_rules_explain_themselves(client: Client) -> None:
    body = {"facts": {"paid_years": 3, "unused": 18}, "on": "2025-03-01"}
    answer = client.post("/api/v1/rules/insurance.unemployment_months", body, content_type="application/json").json()
    assert answer["article"]
    assert answer["parameters"]


def test_every_operation_has_a_route_and_the_document_is_3_1() -> None:
    document = api.get_openapi_schema()
    assert document["openapi"].startswith("3.1")
    operations = sum(len(methods) for methods in document["paths"].values())
    assert operations == len([route for route in ROUTES if not route.name.endswith(("docs", "openapi"))])
