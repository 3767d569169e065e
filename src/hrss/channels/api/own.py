"""The calls about oneself: record, who looked, messages, delegations, insurance, what was paid out.

A delegate reaches these of the one acted for only when entrusted with everything, as on the pages.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja.params.functions import Query

from hrss.channels.api import schemas as out
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.request import Request
from hrss.channels.ui.whose import own_person, whole_trust
from hrss.domains.employment.queries import work_record
from hrss.domains.insurance import amounts
from hrss.domains.insurance import queries as insurance
from hrss.domains.insurance.services import bill_resident, pay_resident
from hrss.exchange.queries import asked_about
from hrss.foundation.access.queries import looks_at, sightings_of
from hrss.foundation.identity import queries as identity
from hrss.foundation.identity import services
from hrss.foundation.identity.queries import DelegationView
from hrss.foundation.messages import queries as messages_of
from hrss.foundation.messages.services import mark_read
from hrss.foundation.people import queries as people
from hrss.foundation.verbs import keyed
from hrss.funds.payables import queries as payables
from hrss.funds.payables.queries import PaymentView

_READ: dict[str, Any] = {"scope": "record", "label": "L3", "audit": "read"}
_WRITE: dict[str, Any] = {"scope": "record", "label": "L3", "audit": "write", "rate": "submit"}


@endpoint(api, "GET", "/me", title="我的信息", response={200: out.RecordOut, **REFUSALS}, **_READ)
def me(request: Request) -> Any:
    """One's own record, numbers masked."""
    person_id = own_person(request.actor)
    card, work = people.card(person_id, actor=request.actor), work_record(person_id)
    return out.RecordOut(
        name=card.name,
        id_number=card.id_masked,
        phone=card.phone_masked,
        region=card.region_name,
        work_status=work.status.value,
        registered_on=work.registered_on,
    )


@endpoint(api, "GET", "/me/looks", title="谁看过我的信息", response={200: list[out.LookOut], **REFUSALS}, **_READ)
def looks(request: Request, limit: int = Query(50, ge=1, le=200)) -> Any:
    """Who looked at one's data: body, post, time, purpose."""
    found = looks_at(own_person(request.actor), actor=request.actor, limit=limit)
    return [out.LookOut(at=one.at, body=one.body, post=one.post, what=one.what, purpose=one.purpose) for one in found]


@endpoint(
    api, "GET", "/me/sightings", title="在哪些列表里出现过", response={200: list[out.SightingOut], **REFUSALS}, **_READ
)
def sightings(request: Request, limit: int = Query(50, ge=1, le=200)) -> Any:
    """In whose lists one stood: body, post, day, why; how often."""
    found = sightings_of(own_person(request.actor), actor=request.actor, limit=limit)
    return [
        out.SightingOut(on=one.on, body=one.body, post=one.post, what=one.what, purpose=one.purpose, times=one.times)
        for one in found
    ]


@endpoint(
    api, "GET", "/me/questions", title="向别的部门问过我什么", response={200: list[out.AskedOut], **REFUSALS}, **_READ
)
def questions(request: Request) -> Any:
    """What other agencies and parts were asked about one, and why."""
    found = asked_about(own_person(request.actor), actor=request.actor)
    return [
        out.AskedOut(at=one.at, title=one.title, source=one.source, purpose=one.purpose, outcome=one.outcome_in_words)
        for one in found
    ]


@endpoint(api, "GET", "/me/messages", title="我的消息", response={200: out.MessageList, **REFUSALS}, **_READ)
def messages(request: Request, after: str = Query("", max_length=60)) -> Any:
    """One's messages, newest first; reading here marks nothing."""
    whole_trust(request.actor)
    found = messages_of.inbox(actor=request.actor, after=after)
    rows = [
        out.MessageOut(id=one.id, title=one.title, body=one.body, sent_at=one.sent_at, read_at=one.read_at)
        for one in found.rows
    ]
    return out.MessageList(messages=rows, next=found.next)


@endpoint(api, "POST", "/me/messages/read", title="标为已读", response={200: out.Count, **REFUSALS}, **_WRITE)
def read_messages(request: Request, body: out.Ids) -> Any:
    """Mark one's messages as read; others' ids change nothing."""
    whole_trust(request.actor)
    return out.Count(count=mark_read(body.ids, actor=request.actor))


@endpoint(api, "GET", "/me/delegations", title="我的委托", response={200: out.Delegations, **REFUSALS}, **_READ)
def delegations(request: Request) -> Any:
    """For whom one may act, and who may act for one. The id of one that runs goes into ``Acting-For``."""
    return out.Delegations(
        held=[_delegation(one) for one in identity.delegations_held(actor=request.actor)],
        given=[_delegation(one) for one in identity.delegations_given(actor=request.actor)],
    )


@endpoint(api, "POST", "/me/delegations", title="委托他人", response={200: out.Done, **REFUSALS}, **_WRITE)
def delegate(request: Request, body: out.DelegationIn) -> Any:
    """Let somebody act for oneself; it works once they accept."""
    done = services.grant_delegation(
        actor=request.actor,
        delegate_name=body.name,
        delegate_id_number=body.id_number,
        services=body.services,
        until=body.until,
        relation=body.relation,
        key=key_of(request),
    )
    return done.to_json()


@endpoint(
    api,
    "POST",
    "/me/delegations/{uuid:delegation_id}/accept",
    title="接受委托",
    response={200: out.Done, **REFUSALS},
    **_WRITE,
)
def accept_delegation(request: Request, delegation_id: UUID) -> Any:
    """Accept a delegation that is offered to one."""
    return services.accept_delegation(delegation_id, actor=request.actor, key=key_of(request)).to_json()


@endpoint(
    api,
    "POST",
    "/me/delegations/{uuid:delegation_id}/revoke",
    title="撤销委托",
    response={200: out.Done, **REFUSALS},
    **_WRITE,
)
def revoke_delegation(request: Request, delegation_id: UUID) -> Any:
    """Take a delegation back, or give it back."""
    return services.revoke_delegation(delegation_id, actor=request.actor, key=key_of(request)).to_json()


@endpoint(api, "GET", "/me/insurance", title="我的社保", response={200: out.InsuranceOut, **REFUSALS}, **_READ)
def my_insurance(request: Request) -> Any:
    """Enrolment, payments, account by year, benefits with how each came about, and what can be paid now."""
    person_id = own_person(request.actor)
    person = people.person_by_id(person_id, actor=request.actor, what="insurance.own_record")
    record = insurance.record_of(person_id, actor=request.actor)
    offer = insurance.paying_offer(person, timezone.localdate())
    return out.InsuranceOut(
        enrolled_on=record.enrolment.enrolled_on if record.enrolment else None,
        category=record.enrolment.category if record.enrolment else "",
        paid=[
            {"year": one.year, "paid_fen": one.paid_fen, "subsidy_fen": one.subsidy_fen, "on": one.paid_on.isoformat()}
            for one in record.payments
        ],
        years=[
            {
                "year": one.year,
                "credit_fen": one.credit_fen,
                "interest_fen": one.interest_fen,
                "balance_fen": one.balance_fen,
            }
            for one in record.years
        ],
        awards=[
            {
                "id": str(one.id),
                "name": amounts.TITLES[one.benefit],
                "amount_fen": one.amount_fen,
                "first": one.first.isoformat(),
                "last": one.last.isoformat() if one.last else None,
                "state": one.state,
                "explanation": one.explanation,
            }
            for one in record.awards
        ],
        payable_years=list(offer.years) if offer else [],
        grades=dict(offer.grades) if offer else {},
    )


@endpoint(api, "POST", "/me/insurance/bills", title="开缴费单", response={200: out.Done, **REFUSALS}, **_WRITE)
def bill(request: Request, body: out.Grade) -> Any:
    """Make the bill of what can be paid today at a grade."""
    done = keyed(
        key_of(request),
        bill_resident,
        own_person(request.actor),
        actor=request.actor,
        grade_yuan=body.grade,
        on=timezone.localdate(),
    )
    return done.to_json()


@endpoint(
    api,
    "POST",
    "/me/insurance/bills/{uuid:bill_id}/payment",
    title="缴费",
    response={200: out.Done, **REFUSALS},
    **_WRITE,
)
def pay(request: Request, body: out.Grade, bill_id: UUID) -> Any:
    """Have a bill paid by the payment channel; the same bill is paid once."""
    done = keyed(
        key_of(request),
        pay_resident,
        own_person(request.actor),
        actor=request.actor,
        bill_id=bill_id,
        grade_yuan=body.grade,
        on=timezone.localdate(),
    )
    return done.to_json()


@endpoint(api, "GET", "/me/payments", title="发给我的钱", response={200: list[out.PaymentOut], **REFUSALS}, **_READ)
def payments(
    request: Request, before: int | None = Query(None, ge=1, le=2**62), limit: int = Query(24, ge=1, le=200)
) -> Any:
    """What was paid to one, newest month first; ``before`` is the last id of the page before."""
    found = payables.payments_of(own_person(request.actor), actor=request.actor, before=before, limit=limit)
    return [out.PaymentOut(**_payment(one)) for one in found]


@endpoint(
    api,
    "GET",
    "/me/payments/{int:payment_id}",
    title="这笔钱怎么算的",
    response={200: out.PaymentDetail, **REFUSALS},
    **_READ,
)
def payment(request: Request, payment_id: int) -> Any:
    """One payment with every step of its calculation, made again from what was stored."""
    own_person(request.actor)
    found = payables.payment_by_id(payment_id, actor=request.actor)
    return out.PaymentDetail(**_payment(found), explanation=found.explanation().to_json())


def _delegation(one: DelegationView) -> out.DelegationOut:
    return out.DelegationOut(
        id=one.id,
        kind=one.kind,
        grantor=one.grantor,
        delegate=one.delegate,
        relation=one.relation,
        services=list(one.services),
        since=one.since,
        until=one.until,
        state=one.state,
    )


def _payment(one: PaymentView) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "month": str(one.month),
        "fen": one.fen,
        "state": one.state,
        "state_name": one.state_name,
        "run_number": one.run_number,
        "answer": one.answer,
        "account_tail": one.account_tail,
    }
