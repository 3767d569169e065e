"""The settings proved through allauth's own pages: password, then the second factor, then in; lockout on the way."""

from __future__ import annotations

import time
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import include, path
from pytest_django import Settings
from tests.foundation.people.builders import make_person, staff

from hrss.foundation.identity.models import Account
from hrss.foundation.identity.services import create_staff_account, enrol_second_factor
from hrss.foundation.identity.settings import FAILURES_BEFORE_LOCK, MIDDLEWARE
from hrss.kernel.actor import Function, system_actor

urlpatterns = [path("accounts/", include("allauth.urls"))]
pytestmark = pytest.mark.urls(__name__)
PASSWORD = "Kuimen-2026-Bai"
ACCOUNT = "django.contrib.auth.middleware.AuthenticationMiddleware"
LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def only_what_sign_in_needs(settings: Settings) -> None:
    """The pages and their gate belong to channels; here stand Django's own middleware and ours."""
    django = [name for name in settings.MIDDLEWARE if name.startswith("django.")]
    django.insert(django.index("django.contrib.messages.middleware.MessageMiddleware"), ACCOUNT)
    settings.MIDDLEWARE = [*django, *MIDDLEWARE]


@pytest.fixture
def account() -> Account:
    cache.clear()
    done = create_staff_account(
        actor=staff(Function.SYSTEM_ADMIN), person_id=make_person().id, username="Li.Fang", password=PASSWORD
    )
    return Account.objects.get(id=UUID(done.id))


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_password_alone_does_not_let_staff_in(client: Client, account: Account) -> None:
    secret = generate_totp_secret()
    enrol_second_factor(account.username, actor=system_actor("tests"), secret=secret, code=code_for(secret))
    answer = client.post(LOGIN, {"login": "li.fang", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, SECOND)
    assert "_auth_user_id" not in client.session
    client.post(SECOND, {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(SECOND, {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(account.id)
    assert UserSession.objects.filter(user=account).count() == 1


def test_the_page_locks_after_five_failures(client: Client, account: Account) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        client.post(LOGIN, {"login": "LI.FANG", "password": "wrong"})
    answer = client.post(LOGIN, {"login": "li.fang", "password": PASSWORD})
    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_sign_up_is_closed(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 200
    assert not Account.objects.exists()
