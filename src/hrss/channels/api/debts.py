"""The calls about what one has to pay back: the debts, one with its months and plan, a bill, paying it, the decision.

Only one's own, or those of somebody who entrusted everything; the same bill is paid once.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse

from hrss.channels.api import schemas as out
from hrss.channels.api.document import PDF
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.debts import decision_answer
from hrss.channels.ui.request import Request
from hrss.channels.ui.whose import own_person
from hrss.foundation.verbs import keyed
from hrss.funds.recovery import queries
from hrss.funds.recovery.paying import pay_back
from hrss.funds.recovery.queries import DebtPage, DebtRow
from hrss.funds.recovery.services import bill_debt
from hrss.kernel.months import YearMonth

_READ: dict[str, Any] = {"scope": "record", "label": "L3", "audit": "read"}
_WRITE: dict[str, Any] = {"scope": "record", "label": "L3", "audit": "write", "rate": "submit"}


@endpoint(api, "GET", "/me/debts", title="要退的钱", response={200: list[out.DebtOut], **REFUSALS}, **_READ)
def debts(request: Request) -> Any:
    """Everything one has or had to pay back, newest first."""
    found = queries.debts_of(own_person(request.actor), actor=request.actor)
    return [out.DebtOut(**_row(one)) for one in found]


@endpoint(
    api, "GET", "/me/debts/{uuid:debt_id}", title="一笔要退的钱", response={200: out.DebtDetail, **REFUSALS}, **_READ
)
def debt(request: Request, debt_id: UUID) -> Any:
    """One debt: how it came about month by month, the plan, what has been paid."""
    own_person(request.actor)
    return _detail(queries.debt_page(debt_id, actor=request.actor))


@endpoint(
    api, "POST", "/me/debts/{uuid:debt_id}/bills", title="开退款单", response={200: out.Done, **REFUSALS}, **_WRITE
)
def debt_bill(request: Request, body: out.Fen, debt_id: UUID) -> Any:
    """Make the bill of an amount, never above what is owed; the answer's id is the bill."""
    own_person(request.actor)
    return keyed(key_of(request), bill_debt, debt_id, actor=request.actor, fen=body.fen).to_json()


@endpoint(
    api,
    "POST",
    "/me/debts/{uuid:debt_id}/bills/{uuid:bill_id}/payment",
    title="退款",
    response={200: out.Done, **REFUSALS},
    **_WRITE,
)
def pay_debt(request: Request, debt_id: UUID, bill_id: UUID) -> Any:
    """Have a bill paid by the payment channel. The bill itself is the key: it is paid once, whatever is sent twice."""
    own_person(request.actor)
    return pay_back(debt_id, bill_id, actor=request.actor).to_json()


@endpoint(
    api,
    "GET",
    "/me/debts/{uuid:debt_id}/decision",
    title="追回决定书",
    response=REFUSALS,
    openapi_extra={"responses": PDF},
    **_READ,
)
def debt_decision(request: Request, debt_id: UUID) -> FileResponse:
    """The decision as PDF."""
    own_person(request.actor)
    return decision_answer(debt_id, request.actor)


def _row(one: DebtRow) -> dict[str, Any]:
    return {
        "id": one.debt.id,
        "number": one.debt.number,
        "benefit": one.benefit,
        "amount_fen": one.debt.amount,
        "owed_fen": one.owed,
        "state": one.debt.state,
        "due_on": one.debt.due_on,
    }


def _detail(found: DebtPage) -> out.DebtDetail:
    return out.DebtDetail(
        **_row(found.row),
        reason=found.row.debt.reason,
        debtor=found.debtor,
        heir=found.heir,
        next_fen=found.next_fen,
        deducted_per_million=found.deduction.share if found.deduction else 0,
        months=[
            out.DebtMonthOut(
                month=str(YearMonth.from_index(one.month)),
                paid_fen=one.paid,
                due_fen=one.due,
                amount_fen=one.amount,
            )
            for one in found.lines
        ],
        plan=[
            out.InstalmentOut(number=one.number, due_on=one.due_on, fen=one.fen, paid=one.is_paid, late=one.is_late)
            for one in found.plan
        ],
        movements=[out.DebtMovementOut(on=one.on, kind=one.kind, fen=one.amount) for one in found.movements],
    )
