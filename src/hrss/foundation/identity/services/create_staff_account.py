"""Make an account for a member of staff; it has no post and no second factor yet."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.foundation import audit
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.services.set_password import check_password_rules
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.create_staff_account")
def create_staff_account(*, actor: Actor, person_id: UUID, username: str, password: str) -> Outcome:
    """Make the one staff account of a natural person (P03). The system administrator does it and gives no posts.

    The password is somebody else's choice, so it is changed at the first sign-in.

    Problems: ``identity.no_post`` (403), ``identity.username|password``, ``identity.account_exists`` (409).
    """
    require_function(actor, Function.SYSTEM_ADMIN, doing="开设工作人员账号")
    name = username.strip().lower()
    if len(name) < 3 or not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise Problem(
            "identity.username",
            "用户名至少三位，用字母、数字、点和横线",
            remedy="请改用户名，例如 baidi.handler3",
            field="username",
        )
    with elevated(actor):
        person = person_to_change(person_id)
    account = Account(username=name, kind=Account.Kind.STAFF, person=person, display_name=person.name)
    check_password_rules(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Problem(
            "identity.account_exists",
            "这个人已有工作人员账号，或用户名已被使用",
            remedy="请在账号列表里找这个人；用户名被占用的请换一个",
            rule="P03 一个自然人一个账号",
            field="username",
            status=409,
        ) from error
    audit.record(
        actor,
        "identity.create_staff_account",
        subject_kind="account",
        subject_id=account.id,
        person_id=person.id,
        region=person.region_code,
        detail={"username": name},
    )
    return Outcome("account", str(account.id), data={"username": name})
