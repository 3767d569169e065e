"""The whole API against its own OpenAPI document: made-up calls, good and bad, to the real application and database.

Whoever calls and whatever is sent, no answer is a 5xx, every answer is one the document promises, and every refusal
says in Chinese what to do next. ``HRSS_API_EXAMPLES`` asks for more examples a call (default 6).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import CHECKS, load_all_checks
from tests.foundation.people.builders import BAIDI, load_county, make_person, village
from tests.trust.answers import answers_for

from hrss.casework.items.publish import publish
from hrss.casework.services import apply
from hrss.channels.api.routes import api
from hrss.channels.ui import limits
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.services import issue_token
from hrss.kernel.actor import Actor, ActorKind, system_actor

SYSTEM = system_actor("test")
EXAMPLES = int(os.environ.get("HRSS_API_EXAMPLES", "6"))
FEW = max(2, EXAMPLES // 5)
CHINESE = re.compile(r"[一-鿿]")
load_all_checks()
PROMISES = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
        "missing_required_header",
        "unsupported_method",
    ]
)
DOCUMENT = json.loads(json.dumps(api.get_openapi_schema()))
OPERATIONS = [(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods]
SECURED = [(method, path) for method, path in OPERATIONS if DOCUMENT["paths"][path][method.lower()].get("security")]
WRITES = [(method, path) for method, path in SECURED if method != "GET"]
FALLIBLE = [  # what takes nothing has nothing that can be wrong
    (method, path)
    for method, path in OPERATIONS
    if DOCUMENT["paths"][path][method.lower()]["parameters"] or "requestBody" in DOCUMENT["paths"][path][method.lower()]
]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMA.config.generation.update(with_security_parameters=False)
SCHEMA.app = get_wsgi_application()
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@dataclass(frozen=True)
class Caller:
    """A citizen with a case of her own, who can have tokens."""

    account: Account
    actor: Actor
    case: UUID

    def token(self, *scopes: str) -> dict[str, str]:
        """Give the header of a fresh token."""
        until = timezone.localdate() + timedelta(days=30)
        made = issue_token(self.account.id, actor=self.actor, name="测试", scopes=scopes, until=until)
        return {"Authorization": f"Bearer {made.data['secret']}"}

    def name_what_exists(self, case: Case) -> None:
        """Put her case, a rule and an item that exist into the address; she acts for herself."""
        (case.headers or {}).pop("Acting-For", None)
        known = {
            "case_id": str(self.case),
            "name": "insurance.unemployment_months",
            "code": "graduate" if "packages" in case.operation.path else "JY003",
        }
        for name in set(case.path_parameters or {}) & set(known):
            case.path_parameters[name] = known[name]


@pytest.fixture
def caller(db: None) -> Caller:
    load_county()
    publish("fengjie", actor=SYSTEM)
    person = make_person("王春花", region=village())
    account = Account.objects.create_account("w", kind="public", person_id=person.id, name=person.name)
    actor = Actor(ActorKind.PUBLIC, account=account.id, person=person.id, name=person.name, purpose="self")
    made = apply("JY003", answers_for("JY003", township=BAIDI), actor=actor)
    return Caller(account, actor, UUID(made.id))


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Made-up calls come faster than any person's (rate limits have their own test); faults show their traceback."""
    monkeypatch.setattr(limits, "PER_MINUTE", dict.fromkeys(limits.PER_MINUTE, 10**6))
    monkeypatch.setattr(django_settings, "DEBUG_PROPAGATE_EXCEPTIONS", True)
    limits.forget()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's own transaction must outlive a request
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def talk(method: str, path: str, say: Callable[[Case], None], *, mode: GenerationMode, examples: int) -> None:
    """Say ``examples`` made-up calls of one operation."""
    calls = SCHEMA[path][method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(calls)
    def run(case: Case) -> None:
        say(case)

    run()


def refusal(answer: Response) -> dict[str, Any]:
    """Give the Problem of an answer, once it is known to be one: in Chinese, with a way out."""
    assert answer.headers["content-type"] == ["application/problem+json"]
    body: dict[str, Any] = json.loads(answer.content)
    for one in body.get("problems") or [body]:
        assert CHINESE.search(one["detail"]), one
        assert CHINESE.search(one["remedy"]), one
        assert one["code"]
    return body


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GOOD, BAD], ids=["good", "bad"])
def test_every_answer_is_a_promised_one(caller: Caller, subtests: pytest.Subtests, mode: GenerationMode) -> None:
    token = caller.token("cases", "record", "rules")
    turn = count()

    def say(case: Case) -> None:
        if mode is GOOD and next(turn) % 2:
            caller.name_what_exists(case)
        answer = case.call_and_validate(headers=token, checks=PROMISES)
        if answer.status_code >= 400:
            refusal(answer)

    for method, path in OPERATIONS if mode is GOOD else FALLIBLE:
        with subtests.test(method=method, path=path):
            talk(method, path, say, mode=mode, examples=EXAMPLES)


@pytest.mark.django_db
def test_without_a_token_with_a_false_one_or_the_wrong_scope_nothing_opens(
    caller: Caller, subtests: pytest.Subtests
) -> None:
    narrow = {"cases": caller.token("record"), "record": caller.token("cases")}
    strangers = [
        ({"Authorization": ""}, 401, "api.sign_in"),
        ({"Authorization": "Bearer hrss_made_up"}, 401, "identity.token"),
    ]

    def say(case: Case) -> None:
        caller.name_what_exists(case)
        scope = "record" if "/v1/me" in case.operation.path else "cases"
        for header, status, code in (*strangers, (narrow[scope], 403, "api.scope")):
            answer = case.call(headers=header)
            case.validate_response(answer, checks=PROMISES)
            assert (answer.status_code, refusal(answer)["code"]) == (status, code)

    for method, path in SECURED:
        with subtests.test(method=method, path=path):
            talk(method, path, say, mode=GOOD, examples=FEW)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 201, "with a space"])
def test_a_write_needs_a_key(caller: Caller, subtests: pytest.Subtests, key: str) -> None:
    token = caller.token("cases", "record")

    def say(case: Case) -> None:
        caller.name_what_exists(case)
        case.headers.pop("Idempotency-Key", None)
        answer = case.call(headers=token | ({"Idempotency-Key": key} if key else {}))
        assert (answer.status_code, refusal(answer)["code"]) == (400, "api.no_key")

    for method, path in WRITES:
        with subtests.test(method=method, path=path):
            talk(method, path, say, mode=GOOD, examples=2)


@pytest.mark.django_db
def test_a_method_the_address_does_not_know_is_refused_in_words(caller: Caller, subtests: pytest.Subtests) -> None:
    token = caller.token("cases", "record")

    def say(case: Case) -> None:
        caller.name_what_exists(case)
        case.method = "PATCH"
        answer = case.call(headers=token)
        assert (answer.status_code, refusal(answer)["code"]) == (405, "http.405")
        assert "PATCH" not in answer.headers["allow"][0]

    for method, path in OPERATIONS:
        with subtests.test(method=method, path=path):
            talk(method, path, say, mode=GOOD, examples=1)


def test_the_document_tells_of_keys_and_refusals() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert {path for _, path in WRITES} >= {"/api/v1/applications", "/api/v1/files"}
    for method, path in OPERATIONS:
        operation = DOCUMENT["paths"][path][method.lower()]
        named = [one["name"] for one in operation["parameters"]]
        assert ("Idempotency-Key" in named) == ((method, path) in WRITES), path
        for status, response in operation["responses"].items():
            assert int(status) < 400 or list(response["content"]) == ["application/problem+json"], (path, status)
