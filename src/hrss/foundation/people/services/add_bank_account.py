"""Propose a payee account for a person; another person reviews it before money may go there."""

from __future__ import annotations

import re
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.models.belongings import BANK_ACCOUNT
from hrss.foundation.people.policies import require_self_or_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_bank_card, uuid7
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.add_bank_account")
def add_bank_account(
    person_id: UUID,
    *,
    actor: Actor,
    bank: str,
    number: str,
    holder: str,
    is_social_card: bool = False,
    key: str = "",
) -> Outcome:
    """Enter an account whose holder must be the person (M05); it waits for review (M06).

    Problems: ``bank_card.…``, ``people.holder_differs``, ``people.bank_account_exists`` (409), ``people.no_post``.
    """
    digits = check_bank_card(number, field="number")
    if not bank.strip():
        raise Problem("people.bank", "请填写开户银行", remedy="写明银行名称，如“重庆农村商业银行”", field="bank")
    person = person_to_change(person_id)
    require_self_or_post(actor, person, doing="登记银行账户")
    if re.sub(r"\s", "", holder) != re.sub(r"\s", "", person.name):
        raise Problem(
            "people.holder_differs",
            "户名与本人姓名不一致",
            rule="M05：待遇只发放到本人账户（《社会保险经办条例》第九条：账户变更应当核对）",
            remedy="请提供本人名下的账户，优先使用社会保障卡账户",
            field="holder",
        )
    ring, account_id = ring_in_use(), uuid7()
    index = blind_index(digits, ring=ring, field=BANK_ACCOUNT)
    live = [BankAccount.State.PROPOSED, BankAccount.State.ACTIVE]
    if BankAccount.objects.filter(person=person, index=index, state__in=live).exists():
        raise Problem("people.bank_account_exists", "这个账户已经登记过", remedy="请在账户列表中查看", status=409)
    BankAccount.objects.create(
        id=account_id,
        person=person,
        region_code=person.region_code,
        bank=bank.strip(),
        cipher=seal(digits, ring=ring, field=BANK_ACCOUNT, owner=person.id),
        index=index,
        tail=digits[-4:],
        holder=person.name,
        is_social_card=is_social_card,
        since=timezone.localdate(),
        proposed_by=actor.person,
    )
    audit.record(
        actor,
        "people.add_bank_account",
        subject_kind="bank_account",
        subject_id=account_id,
        person_id=person.id,
        region=person.region_code,
        detail={"bank": bank.strip(), "is_social_card": is_social_card},
    )
    return Outcome("bank_account", str(account_id), data={"tail": digits[-4:], "state": "proposed"})
