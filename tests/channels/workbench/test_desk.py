"""The desk: second factor, due password, one session; places by post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from tests.channels.staffed import COUNTY, browser_of, clerk

from hrss.foundation.identity.models import Account
from hrss.foundation.identity.passwords import password_is_due


def complete(account: Account) -> Account:
    """Give the account what a session needs: a second factor and a fresh password."""
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "00"})
    account.password_set_at = timezone.now()
    account.save(update_fields=["password_set_at"])
    return account


def test_without_a_second_factor_nothing_opens(client: object) -> None:
    browser = browser_of(clerk("handler"), ready=False)
    assert browser.get("/work/inbox/").headers["Location"] == "/work/?next=%2Fwork%2Finbox%2F"
    assert browser.get("/work/").headers["Location"] == "/accounts/2fa/totp/activate/"


def test_a_password_of_ninety_one_days_must_be_changed() -> None:
    account = complete(clerk("handler"))
    account.password_set_at = timezone.now() - timedelta(days=91)
    account.save(update_fields=["password_set_at"])
    assert browser_of(account, ready=False).get("/work/").headers["Location"] == "/accounts/password/change/"


def test_the_desk_lets_on_ends_other_sessions_and_comes_back_to_what_was_wanted() -> None:
    account = complete(clerk("handler"))
    earlier, browser = browser_of(account), browser_of(account, ready=False)
    UserSession.objects.create(user=account, session_key=earlier.session.session_key, ip="127.0.0.1", user_agent="x")
    answer = browser.get("/work/?next=/work/due/")
    assert answer.headers["Location"] == "/work/due/"
    assert browser.get("/work/due/").status_code == 200
    assert earlier.get("/work/due/").status_code == 302


def test_the_desk_sends_nobody_to_another_site() -> None:
    browser = browser_of(complete(clerk("handler")), ready=False)
    assert browser.get("/work/?next=https://example.org/").headers["Location"] == "/work/inbox/"


@pytest.mark.parametrize(
    ("function", "place"),
    [
        ("handler", "/work/inbox/"),
        ("counter", "/counter/"),
        ("village_agent", "/counter/"),
        ("system_admin", "/work/ops/"),
        ("audit_admin", "/work/log/"),
        ("security_admin", "/work/posts/"),
    ],
)
def test_every_post_has_its_place(function: str, place: str) -> None:
    account = complete(clerk(function, region=COUNTY))
    browser = browser_of(account, ready=False)
    assert browser.get("/work/").headers["Location"] == place
    assert browser.get(place).status_code == 200


def test_a_post_without_a_place_is_told_so() -> None:
    browser = browser_of(complete(clerk("data", region=COUNTY)), ready=False)
    assert "还没有专用页面" in browser.get("/work/").content.decode()


def test_using_a_session_moves_its_end_on() -> None:
    account = complete(clerk("handler"))
    browser = browser_of(account, ready=False)
    browser.get("/work/")
    session = browser.session
    session["touched"] = 0
    session.save()
    browser.get("/work/inbox/")
    assert browser.session["touched"] > 0
    assert browser.session.get_expiry_age() == 15 * 60


def test_a_new_password_of_ones_own_counts_from_today() -> None:
    account = complete(clerk("handler"))
    account.set_password("Kuimen-2026-fengjie")
    account.password_set_at = timezone.now() - timedelta(days=200)
    account.save()
    browser = browser_of(account, ready=False)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    new = {"oldpassword": "Kuimen-2026-fengjie", "password1": "Baidi-2027-chengxi", "password2": "Baidi-2027-chengxi"}
    assert browser.post("/accounts/password/change/", new).status_code == 302
    account.refresh_from_db()
    assert account.check_password("Baidi-2027-chengxi")
    assert not password_is_due(account)
