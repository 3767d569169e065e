"""Accounts: codes, passwords, second factor, lockout, sessions, the city's sign-on."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils import timezone
from tests.foundation.people.builders import fresh_number, make_person, public, staff

from hrss.foundation.access.actors import anonymous
from hrss.foundation.audit.models import Event
from hrss.foundation.crypto import open_sealed, ring_in_use
from hrss.foundation.identity.adapters import AccountAdapter, CitySignOnAdapter, SecondFactorAdapter
from hrss.foundation.identity.codes import HOURLY, SMS_PHONE, TRIES, code_fits
from hrss.foundation.identity.models import Account, SmsCode
from hrss.foundation.identity.passwords import password_is_due
from hrss.foundation.identity.second_factor import must_set_up, second_factor_fits
from hrss.foundation.identity.services import (
    close_account,
    create_staff_account,
    enrol_second_factor,
    open_account_at_window,
    open_public_account,
    request_code,
    set_password,
    sign_in_by_code,
)
from hrss.foundation.identity.sessions import end_sessions, idle_seconds, seen
from hrss.foundation.identity.settings import FAILURES_BEFORE_LOCK, identity_settings
from hrss.foundation.outbox.models import Message
from hrss.foundation.people.services import add_phone
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.problem import Problem

PASSWORD = "Kuimen-2026-Bai"
NOBODY = anonymous(channel="portal")
PHONE = "10012345678"


def last_code() -> str:
    with acting(system_actor("tests")):
        message = Message.objects.filter(topic="sms.send").order_by("-id")[0]
    return str(message.payload["text"]).split("验证码 ")[1][:6]


def age_codes(**by: int) -> None:
    SmsCode.objects.update(sent_at=timezone.now() - timedelta(**by))


def staff_account(username: str = "wang.fang") -> Account:
    person = make_person("王芳")
    done = create_staff_account(
        actor=staff(Function.SYSTEM_ADMIN), person_id=person.id, username=username, password=PASSWORD
    )
    return Account.objects.get(id=done.id)


# ---- codes and public accounts


def test_a_code_is_sent_sealed_and_kept_as_a_digest_only() -> None:
    request_code(actor=NOBODY, phone=PHONE)
    row, code = SmsCode.objects.get(), last_code()
    assert code.encode() not in bytes(row.digest)
    with acting(system_actor("tests")):
        payload = Message.objects.get(topic="sms.send").payload
    assert PHONE not in str(payload)
    sealed = bytes.fromhex(payload["phone_sealed"])
    assert open_sealed(sealed, ring=ring_in_use(), field=SMS_PHONE, owner=UUID(payload["id"])) == PHONE


def test_a_code_works_once_within_its_life() -> None:
    request_code(actor=NOBODY, phone=PHONE)
    code = last_code()
    assert not code_fits(PHONE, code, "register")
    assert not code_fits("10087654321", code, "login")
    assert code_fits(PHONE, f" {code} ", "login")
    assert not code_fits(PHONE, code, "login")


def test_a_code_dies_of_age_and_of_tries() -> None:
    request_code(actor=NOBODY, phone=PHONE)
    SmsCode.objects.update(expires_at=timezone.now())
    assert not code_fits(PHONE, last_code(), "login")
    age_codes(minutes=2)
    request_code(actor=NOBODY, phone=PHONE)
    wrong = "000000" if last_code() != "000000" else "000001"
    for _ in range(TRIES):
        assert not code_fits(PHONE, wrong, "login")
    assert not code_fits(PHONE, last_code(), "login")


def test_codes_cannot_be_asked_for_too_often() -> None:
    request_code(actor=NOBODY, phone=PHONE)
    with pytest.raises(Problem) as caught:
        request_code(actor=NOBODY, phone=PHONE)
    assert (caught.value.code, caught.value.status) == ("identity.code_too_often", 429)
    for _ in range(HOURLY - 1):
        age_codes(minutes=2)
        request_code(actor=NOBODY, phone=PHONE)
    age_codes(minutes=2)
    with pytest.raises(Problem):
        request_code(actor=NOBODY, phone=PHONE)


def test_a_person_opens_an_account_with_the_phone_on_record_and_signs_in() -> None:
    number = fresh_number()
    person = make_person("王小明", number=number)
    add_phone(person.id, actor=staff(), phone=PHONE)
    request_code(actor=NOBODY, phone=PHONE, purpose="register")
    done = open_public_account(actor=NOBODY, name="王小明", id_number=number, phone=PHONE, code=last_code())
    assert done.id
    age_codes(minutes=2)
    request_code(actor=NOBODY, phone=PHONE)
    assert sign_in_by_code(actor=NOBODY, phone=PHONE, code=last_code()).id == done.id
    assert not sign_in_by_code(actor=NOBODY, phone=PHONE, code=last_code()).id
    account = Account.objects.get(id=done.id)
    assert (account.person_id, account.kind, account.has_usable_password()) == (person.id, "public", False)


@pytest.mark.parametrize("change", ["name", "phone", "code", "number"])
def test_what_does_not_fit_is_not_told_apart(change: str) -> None:
    number = fresh_number()
    person = make_person("王小明", number=number)
    add_phone(person.id, actor=staff(), phone="10000000000" if change == "phone" else PHONE)
    request_code(actor=NOBODY, phone=PHONE, purpose="register")
    code = last_code() if change != "code" else "x"
    name = "王晓明" if change == "name" else "王小明"
    asked = fresh_number() if change == "number" else number
    done = open_public_account(actor=NOBODY, name=name, id_number=asked, phone=PHONE, code=code)
    assert (done.id, Account.objects.count()) == ("", 0)
    assert "不符" in done.data["message"]


def test_a_clerk_opens_the_account_at_the_window_and_a_number_signs_in_one_person() -> None:
    one, two = make_person("王一"), make_person("王二")
    first = open_account_at_window(one.id, actor=staff(), phone=PHONE)
    assert open_account_at_window(one.id, actor=staff(), phone=PHONE).id == first.id
    second = open_account_at_window(two.id, actor=staff(), phone=PHONE)
    request_code(actor=NOBODY, phone=PHONE)
    assert sign_in_by_code(actor=NOBODY, phone=PHONE, code=last_code()).id == second.id


# ---- staff


def test_a_staff_account_belongs_to_one_person_and_has_a_good_password() -> None:
    account = staff_account()
    assert account.password.startswith("argon2")
    administrator = staff(Function.SYSTEM_ADMIN)
    attempts = (
        ({"username": "other"}, "identity.account_exists"),
        ({"person_id": make_person("新人").id, "username": "wang.fang"}, "identity.account_exists"),
        ({"person_id": make_person("新人二").id, "username": "x!"}, "identity.username"),
        ({"person_id": make_person("新人三").id, "username": "abc", "password": "abcdefghijk"}, "identity.password"),
        ({"person_id": make_person("新人四").id, "username": "abc", "password": "Ab1"}, "identity.password"),
    )
    for changes, code in attempts:
        values = {"person_id": account.person_id, "username": "abcd", "password": PASSWORD} | changes
        with pytest.raises(Problem) as caught:
            create_staff_account(actor=administrator, **values)
        assert caught.value.code == code
    with pytest.raises(Problem) as caught:
        create_staff_account(
            actor=staff(Function.LEADER), person_id=make_person().id, username="abc", password=PASSWORD
        )
    assert caught.value.code == "identity.no_post"


def test_a_password_set_by_another_is_due_at_once_and_ends_sessions() -> None:
    account = staff_account()
    assert password_is_due(account), "the first password is the administrator's choice"
    set_password(account.id, actor=staff(Function.SYSTEM_ADMIN), password="Another-Pass-9")
    account.refresh_from_db()
    assert account.check_password("Another-Pass-9")
    assert password_is_due(account)
    own = staff(person=account.person_id)
    own = type(own)(**{**{f: getattr(own, f) for f in own.__slots__}, "account": account.id})
    with pytest.raises(Problem, match="相同"):
        set_password(account.id, actor=own, password="Another-Pass-9")
    set_password(account.id, actor=own, password="Third-Pass-2026")
    account.refresh_from_db()
    assert not password_is_due(account)
    account.password_set_at = timezone.now() - timedelta(days=91)
    assert password_is_due(account)
    with pytest.raises(Problem):
        set_password(account.id, actor=staff(Function.COUNTER), password="Third-Pass-2027")


def totp(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_staff_need_a_second_factor_and_a_code_is_taken_once() -> None:
    cache.clear()
    account, secret = staff_account(), generate_totp_secret()
    assert must_set_up(account)
    system = system_actor("tests")
    with pytest.raises(Problem, match="动态口令不对"):
        enrol_second_factor(account.username, actor=system, secret=secret, code="abcdef")
    enrol_second_factor(account.username, actor=system, secret=secret, code=totp(secret))
    assert not must_set_up(account)
    assert secret not in str(Authenticator.objects.get().data)
    code = totp(secret)
    assert second_factor_fits(account, code)
    assert not second_factor_fits(account, code)
    assert not second_factor_fits(account, "000000")
    with pytest.raises(Problem) as caught:
        enrol_second_factor(account.username, actor=staff(), secret=secret, code=totp(secret))
    assert caught.value.code == "identity.not_found"
    assert not SecondFactorAdapter().can_delete_authenticator(Authenticator.objects.get())


def test_the_qr_code_is_drawn_here() -> None:
    assert SecondFactorAdapter().build_totp_svg("otpauth://totp/a?secret=B").startswith("<svg")


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one() -> None:
    account = staff_account()
    request = RequestFactory().post("/login")
    assert authenticate(request, username=account.username, password=PASSWORD) == account
    for _ in range(FAILURES_BEFORE_LOCK):
        assert authenticate(RequestFactory().post("/login"), username=account.username, password="wrong") is None
    assert authenticate(RequestFactory().post("/login"), username=account.username, password=PASSWORD) is None


def test_staff_have_one_session_and_short_rests() -> None:
    account = staff_account()
    keys: list[str] = []
    for _ in range(2):
        session = SessionStore()
        session["_auth_user_id"] = str(account.id)
        session.save()
        UserSession.objects.create(user=account, ip="127.0.0.1", session_key=session.session_key, user_agent="t")
        keys.append(str(session.session_key))
    assert end_sessions(account.id, keep=keys[1]) == 1
    assert [SessionStore().exists(key) for key in keys] == [False, True]
    assert idle_seconds(account) == 900
    assert idle_seconds(Account(kind="public")) == 1800


def test_a_closed_account_is_out_at_once() -> None:
    account = staff_account()
    with pytest.raises(Problem):
        close_account(account.id, actor=staff(), reason="离职")
    close_account(account.id, actor=staff(Function.SYSTEM_ADMIN), reason="离职")
    request = RequestFactory().post("/login")
    assert authenticate(request, username=account.username, password=PASSWORD) is None
    with pytest.raises(Problem):
        close_account(account.id, actor=staff(Function.SYSTEM_ADMIN), reason="离职")


def test_use_is_noted_now_and_then() -> None:
    account = staff_account()
    seen(account.id)
    account.refresh_from_db()
    first = account.last_seen_at
    seen(account.id)
    account.refresh_from_db()
    assert account.last_seen_at == first


def test_the_database_keeps_one_account_of_a_kind_and_no_mail_of_people() -> None:
    account = staff_account()
    for wrong in (
        {"person_id": account.person_id},
        {"person_id": None},
        {"person_id": make_person().id, "email": "a@b.cn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(username=str(wrong)[:60], kind="staff", **wrong)


# ---- the city's sign-on


def login_of(**claims: str) -> SimpleNamespace:
    joined: list[Account] = []
    return SimpleNamespace(
        is_existing=False,
        account=SimpleNamespace(extra_data={"userinfo": claims}),
        connect=lambda request, account: joined.append(account),
        joined=joined,
    )


def test_the_city_vouches_for_a_person_on_record_and_nothing_is_kept() -> None:
    number = fresh_number()
    person = make_person("王小明", number=number)
    login = login_of(id_number=number, name="王小明")
    CitySignOnAdapter().pre_social_login(None, login)
    assert [account.person_id for account in login.joined] == [person.id]
    assert login.account.extra_data == {}
    with acting(system_actor("tests")):
        assert Event.objects.filter(action="identity.city_sign_on", person_id=person.id).exists()
    for claims in ({"id_number": number, "name": "李四"}, {"id_number": "", "name": "王小明"}, {}):
        with pytest.raises(Problem) as caught:
            CitySignOnAdapter().pre_social_login(None, login_of(**claims))
        assert caught.value.code == "identity.not_on_record"


def test_the_city_is_off_until_it_is_configured() -> None:
    assert identity_settings({})["SOCIALACCOUNT_PROVIDERS"] == {}
    made = identity_settings({"HRSS_OIDC_SERVER": "https://city.example", "HRSS_OIDC_CLIENT": "hrss"})
    app = made["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]
    assert (app["client_id"], app["settings"]["server_url"]) == ("hrss", "https://city.example")


def test_nobody_signs_up_by_password() -> None:
    assert not AccountAdapter().is_open_for_signup(None)
    assert not CitySignOnAdapter().is_open_for_signup(None, None)
    assert public(make_person().id).purpose == "self"
