"""Every address as every role, from a foreign district: who has no business there is refused, on the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.trust.conftest import Town

from hrss.channels.ui import limits
from hrss.config import urls
from hrss.foundation.access.routes import Route, all_routes
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor

ROLES = ["anyone", "public", *(f"staff:{function.value}" for function in Function)]
SAMPLES = {"str": "x", "int": 1}
assert urls.urlpatterns  # building the addresses registers the routes
OURS = [route for route in all_routes() if not route.path.startswith("api/")]


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        else:
            yield where, entry


def test_every_address_is_in_the_route_table() -> None:
    known = {route.path for route in all_routes()}
    served = {path for path, _ in patterns(get_resolver()) if not path.startswith("accounts/")}
    assert {path for path in served if path not in known and not path.startswith("api/")} == set()
    assert len(known) >= 60


def address(route: Route, town: Town) -> str:
    samples = {"person_id": town.foreign_person, "case_id": town.foreign_case, "code": "JY010", "region": "500236001"}
    names = {}
    for part in route.path.split("<")[1:]:
        kind, _, name = part.split(">")[0].partition(":")
        names[name] = samples.get(name, uuid4() if kind == "uuid" else SAMPLES[kind])
    return reverse(route.name, kwargs=names)


def allowed(role: str, route: Route) -> bool:
    kind = role.partition(":")[0]
    return bool({"anyone", kind, role} & route.audience)


def may_be_county(role: str, route: Route) -> bool:
    return route.scope != "county" or role in {
        f"staff:{one}" for one in ("leader", "system_admin", "audit_admin", "security_admin", "finance", "data")
    }


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix asks more in a minute than any person: rate limits have their own test."""
    monkeypatch.setattr(limits, "PER_MINUTE", dict.fromkeys(limits.PER_MINUTE, 10**6))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_only_where_it_belongs(role: str, town: Town, client_of: Callable[[str], Client]) -> None:
    client = client_of(role)
    wrong = []
    for route in OURS:
        for method in route.methods:
            if route.name in ("portal.logout", "workbench.desk"):
                continue
            answer = getattr(client, method.lower())(address(route, town))
            to_sign_in = answer.status_code == 302 and "login/?next=" in answer["Location"]
            turned_away = answer.status_code in (401, 403) or to_sign_in
            if turned_away == (allowed(role, route) and may_be_county(role, route)):
                wrong.append((route.name, method, answer.status_code))
            assert answer.status_code < 500, (route.name, method)
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["staff:handler", "staff:counter", "staff:reviewer", "staff:village_agent"])
def test_a_foreign_district_does_not_exist(role: str, town: Town, client_of: Callable[[str], Client]) -> None:
    client = client_of(role)
    answer = client.get(reverse("workbench.case", args=(town.foreign_case,)))
    assert answer.status_code == 404
    assert "李远山" not in answer.content.decode()
    session = client.session
    session["purpose"] = "query"
    session.save()
    assert client.get(reverse("workbench.person", args=(town.foreign_person,))).status_code == 404
    found = client.get(reverse("workbench.people"), {"text": "李远山"})
    assert str(town.foreign_person) not in found.content.decode()
    with acting(system_actor("tests")):
        assert Event.objects.filter(outcome="refused", actor_account=town.accounts[role].id).count() >= 2  # type: ignore[union-attr]


@pytest.mark.django_db
def test_unsafe_methods_need_the_csrf_token(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    account = town.accounts["public"]
    assert account is not None
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    unsafe = [route for route in OURS if "POST" in route.methods]
    codes = {client.post(address(route, town)).status_code for route in unsafe}
    assert codes == {403}
