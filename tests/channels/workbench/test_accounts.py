"""Staff accounts: opened by the system administrator, helped, closed; each administrator keeps to their own."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.channels.staffed import COUNTY, SYSTEM, Somebody, browser_of, clerk, refusals, somebody

from hrss.foundation.access.models import Post
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.second_factor import activate, has_second_factor
from hrss.foundation.scope import acting

SECRET = "KUIMENFENGJIEDEMOKUIMENFENGJIEDE"


@pytest.fixture
def administrator() -> Account:
    return clerk("system_admin", region=COUNTY)


@pytest.fixture
def keeper(administrator: Account) -> Client:
    return browser_of(administrator)


@pytest.fixture
def person() -> Somebody:
    return somebody("冉小英", born="19900721")


def account_of(username: str) -> Account:
    with acting(SYSTEM):
        return Account.objects.get(username=username)


def test_an_account_is_opened_with_a_password_shown_once_and_without_a_post(keeper: Client, person: Somebody) -> None:
    sent = {"id_number": person.id_number, "username": "baidi.handler9", "_key": "one"}
    shown = keeper.post("/work/accounts/new", sent).content.decode()
    found = re.search(r"data-password>([^<]+)<", shown)
    assert found is not None
    account = account_of("baidi.handler9")
    assert account.check_password(found[1])
    assert account.password_set_at is None, "somebody else's choice is changed at the first sign-in"
    with acting(SYSTEM):
        assert not Post.objects.filter(account=account).exists()
    assert found[1] not in keeper.get(f"/work/accounts/{account.id}/").content.decode()
    assert "baidi.handler9" in keeper.get("/work/accounts/", {"who": "baidi"}).content.decode()
    again = keeper.post("/work/accounts/new", {**sent, "_key": "two"})
    assert again.status_code == 422
    assert "已有工作人员账号" in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"id_number": "123", "username": "baidi.x"}, "身份证号"),
        ({"id_number": "@known", "username": "x"}, "用户名至少三位"),
        ({"id_number": "110101199003074477", "username": "baidi.x"}, "没有查到这个人"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(keeper: Client, person: Somebody, sent: dict[str, str], said: str) -> None:
    sent = {name: person.id_number if value == "@known" else value for name, value in sent.items()}
    answer = keeper.post("/work/accounts/new", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert all(f'value="{value}"' in shown for value in sent.values())


def test_a_lost_second_factor_is_taken_away_with_a_reason_and_sessions_end(keeper: Client) -> None:
    other = clerk("handler")
    with acting(SYSTEM):
        activate(other, SECRET)
    here = f"/work/accounts/{other.id}/"
    told = keeper.post(here, {"verb": "reset"})
    assert told.status_code == 422
    assert "请写明重置的原因" in told.content.decode()
    assert keeper.post(here, {"verb": "reset", "reset_reason": "手机丢失，本人到场"}).status_code == 302
    assert not has_second_factor(other)
    made = re.search(r"data-password>([^<]+)<", keeper.post(here, {"verb": "password"}).content.decode())
    assert made is not None
    assert account_of(other.username).check_password(made[1])
    assert keeper.post(here, {"verb": "unlock"}).status_code == 302
    assert keeper.post(here, {"verb": "close", "close_reason": "调离"}).status_code == 302
    assert not account_of(other.username).is_active
    assert "已停用" in keeper.get(here).content.decode()
    assert keeper.post(here, {"verb": "fly"}).status_code in (404, 422)


def test_each_administrator_keeps_to_their_own(keeper: Client, administrator: Account, person: Somebody) -> None:
    own = f"/work/accounts/{administrator.id}/"
    for verb in ("reset", "close", "unlock"):
        assert keeper.post(own, {"verb": verb, f"{verb}_reason": "自己办"}).status_code == 422
    assert account_of(administrator.username).is_active
    assert refusals(administrator)
    security = browser_of(clerk("security_admin", region=COUNTY))
    other = clerk("handler")
    here = f"/work/accounts/{other.id}/"
    assert security.get(here).status_code == 200
    assert security.post("/work/accounts/new", {"id_number": person.id_number, "username": "abc"}).status_code == 403
    assert security.post(here, {"verb": "reset", "reset_reason": "我来办"}).status_code == 422
    assert security.post(here, {"verb": "password"}).status_code == 422
    assert keeper.get("/work/posts/").status_code == 403, "the system administrator hands out no posts"
    for function in ("audit_admin", "handler", "leader"):
        assert browser_of(clerk(function, region=COUNTY)).get("/work/accounts/").status_code == 403
