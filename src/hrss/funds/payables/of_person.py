"""What a page about a person shows of money: benefits and latest payments, read along with the person in one statement.

Those of records merged into one natural person stand together. Only what such a list shows is read: facts and how an
amount was calculated are for ``queries``. Scoped by the database; the event of the page has to name both looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.people.queries import LINEAGE
from hrss.foundation.scope.hot import soon
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.models import Payment
from hrss.funds.payables.queries import ANSWERS, ENTITLEMENTS_OF, PAYMENTS_OF, runs_in
from hrss.kernel.months import YearMonth

LOOKS = (ENTITLEMENTS_OF, PAYMENTS_OF)
_STATES = {one.value: str(one.label) for one in Payment.State}
# LATERAL: PostgreSQL knows no number of records of a person and would read a whole table for hundreds of them.
_MONEY = f"""
{LINEAGE}
SELECT (SELECT json_agg(e ORDER BY e.first DESC, e.id DESC) FROM down CROSS JOIN LATERAL (
          SELECT e.id, e.benefit, e.first, e.last, e.stop_reason FROM payables_entitlement e
           WHERE e.person_id = down.id OFFSET 0) e),
       (SELECT json_agg(p ORDER BY p.id DESC) FROM (
          SELECT p.* FROM down CROSS JOIN LATERAL (
            SELECT p.id, p.benefit, p.month, p.amount, p.state, p.answer, p.account_tail FROM payables_payment p
             WHERE p.person_id = down.id AND p.state <> 'dropped' OFFSET 0) p
           ORDER BY p.id DESC LIMIT %(limit)s) p)"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit a person is or was entitled to, from month ``first`` to ``last`` (none: without end)."""

    name: str
    first: YearMonth
    last: YearMonth | None
    is_running: bool
    stop_reason: str


@dataclass(frozen=True, slots=True)
class Paid:
    """One attempt to pay a month, in fen; ``answer`` is what the bank said, in words."""

    id: int
    name: str
    month: YearMonth
    fen: int
    state: str
    state_name: str
    answer: str
    account_tail: str


@dataclass(frozen=True, slots=True)
class Money:
    """Benefits newest first, and the latest payments."""

    benefits: tuple[Benefit, ...] = ()
    payments: tuple[Paid, ...] = ()


def money_soon(person_id: UUID, *, limit: int = 12) -> Callable[[audit.Reading], Money]:
    """Ask along with the statement that follows.

    The function given back takes the event that names these looks (``LOOKS``; a look it does not name leaves one of
    its own) and gives the money.
    """
    rows = soon(_MONEY, {"person": person_id, "limit": limit})

    def money(under: audit.Reading) -> Money:
        for what in LOOKS:
            audit.read(under.actor, person_id=person_id, what=what, under=under)
        ((benefits, payments),) = rows()
        now = YearMonth.of(timezone.localdate()).index
        return Money(tuple(_benefit(one, now) for one in benefits or ()), tuple(_paid(one) for one in payments or ()))

    return money


def _benefit(row: Mapping[str, Any], now: int) -> Benefit:
    first, last = row["first"], row["last"]
    return Benefit(
        name=benefit_of(row["benefit"]).name,
        first=YearMonth.from_index(first),
        last=None if last is None else YearMonth.from_index(last),
        is_running=runs_in(now, first, last),
        stop_reason=row["stop_reason"],
    )


def _paid(row: Mapping[str, Any]) -> Paid:
    return Paid(
        id=row["id"],
        name=benefit_of(row["benefit"]).name,
        month=YearMonth.from_index(row["month"]),
        fen=row["amount"],
        state=row["state"],
        state_name=_STATES[row["state"]],
        answer=ANSWERS.get(row["answer"], row["answer"]),
        account_tail=row["account_tail"],
    )
