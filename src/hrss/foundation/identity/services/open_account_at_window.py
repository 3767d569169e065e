"""A clerk opens a person's account at the window, the identity card seen."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.identity.finding import public_account_for
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.policies import RECORDERS, refuse_own_affairs, require_post
from hrss.foundation.people.services import add_phone
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("identity.open_account_at_window")
def open_account_at_window(person_id: UUID, *, actor: Actor, phone: str, key: str = "") -> Outcome:
    """Put the phone on the person's record and make it the one their account signs in by.

    Problems: ``phone.format``, ``people.not_found`` (404), ``people.no_post``, ``people.own_affairs`` (403).
    """
    person = person_to_change(person_id)
    require_post(actor, *RECORDERS, region=person.region_code, doing="开通账号")
    refuse_own_affairs(actor, person.id)
    add_phone(person.id, actor=actor, phone=phone)
    account = public_account_for(person.id, person.name, phone=phone)
    audit.record(
        actor,
        "identity.open_account_at_window",
        subject_kind="account",
        subject_id=account.id,
        person_id=person.id,
        region=person.region_code,
    )
    return Outcome("account", str(account.id))
