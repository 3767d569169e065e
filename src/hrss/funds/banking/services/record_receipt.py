"""Record money that arrived (收款入账): once per reference of the channel; what came twice waits to go back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from hrss.foundation import audit
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.funds.banking.models import Collection, Receipt
from hrss.funds.codes import fund_of
from hrss.funds.ledger.posting import Line, post
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

BANK = "1002"  # 收入户存款
OWN_CONTRIBUTION = "4001-02"  # 社会保险费收入（个人缴纳）
SUSPENSE = "2101"  # 暂收款


@verb("banking.record_receipt")
def record_receipt(
    *,
    actor: Actor,
    fund: str,
    person_id: UUID,
    fen: int,
    channel: str,
    channel_reference: str,
    purpose: str,
    on: date,
    collection_id: UUID | None = None,
    income_account: str = OWN_CONTRIBUTION,
    bank_account: str = BANK,
    source: str = "receipt",
    surplus: bool = False,
) -> Outcome:
    """Record and post a receipt; the same reference again gives the first answer (``data["repeated"]``).

    Only the channel's answer becomes a receipt: the actor is the system (F11). A second payment of one collection is
    kept as ``surplus`` on the suspense account, and so is what the caller knows is not owed.
    Problems: ``banking.by_hand`` (403), ``banking.amount``,
    ``banking.reference`` (409), those of the ledger.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Problem(
            "banking.by_hand",
            "收款只能由支付渠道的答复入账，不能手工登记",
            rule="F11：不收现金，不在系统外收付",
            remedy="请让本人通过支付渠道缴费",
            status=403,
        )
    if fen <= 0:
        raise Problem("banking.amount", "收款金额要大于零", remedy="请核对金额", field="amount")
    with connection.cursor() as cursor:  # two notices of one payment wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{channel}:{channel_reference}"])
    known = Receipt.objects.filter(channel=channel, channel_reference=channel_reference).first()
    if known is not None:
        return _repeated(known, actor, fen, person_id)
    person = Person.objects.get(id=person_id)
    surplus = _is_surplus(collection_id, fen) or surplus
    row = Receipt.objects.create(
        fund=fund_of(fund).value,
        person=person,
        region_code=person.region_code,
        collection_id=collection_id,
        amount=fen,
        channel=channel,
        channel_reference=channel_reference,
        purpose=purpose,
        on=on,
        surplus=surplus,
    )
    if surplus:
        _post(row, actor, BANK, SUSPENSE, "receipt")
    else:
        _post(row, actor, bank_account, income_account, source)
    _leave_event(row, actor, "banking.record_receipt")
    return Outcome("receipt", str(row.id), channel_reference, {"fen": fen, "surplus": surplus, "repeated": False})


def _is_surplus(collection_id: UUID | None, fen: int) -> bool:
    """Mark the collection paid; tells whether it had been, or the amount is another."""
    if collection_id is None:
        return False
    row = Collection.objects.select_for_update().get(id=collection_id)
    if row.state != Collection.State.WAITING or row.amount != fen:
        return True
    row.state = Collection.State.PAID
    row.save(update_fields=["state"])
    return False


def _repeated(known: Receipt, actor: Actor, fen: int, person_id: UUID) -> Outcome:
    if (known.amount, known.person_id) != (fen, person_id):
        raise Problem(
            "banking.reference",
            "这个渠道流水号已经入账，金额或者缴款人不同",
            rule="一个渠道流水号只入账一次",
            remedy="请与支付渠道核对",
            status=409,
        )
    _leave_event(known, actor, "banking.receipt_repeated")
    data = {"fen": fen, "surplus": known.surplus, "repeated": True}
    return Outcome("receipt", str(known.id), known.channel_reference, data)


def _post(row: Receipt, actor: Actor, bank: str, account: str, source: str) -> None:
    reference = f"{row.channel}:{row.channel_reference}"
    lines = [
        Line(bank, debit=row.amount, person_id=row.person_id, region_code=row.region_code, reference=reference),
        Line(account, credit=row.amount, person_id=row.person_id, region_code=row.region_code, reference=reference),
    ]
    post(
        actor=actor,
        fund=row.fund,
        on=row.on,
        lines=lines,
        source=source,
        reference=reference,
        text=row.purpose[:100],
    )


def _leave_event(row: Receipt, actor: Actor, action: str) -> None:
    audit.record(
        actor,
        action,
        subject_kind="receipt",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"fund": row.fund, "fen": row.amount, "surplus": row.surplus, "channel": row.channel},
    )
