"""Reading debts: the list by age, one debt with its lines, measures and plan, a person's own. Scoped and logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor, elevated
from hrss.foundation.people.models import Person
from hrss.foundation.people.queries import lineage
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.models import Deduction
from hrss.funds.recovery.balance import outstanding_of
from hrss.funds.recovery.fetching import not_found
from hrss.funds.recovery.models import Debt, DebtLine, Instalment, Measure, Movement
from hrss.funds.signing.signatures import Signed, signatures_of
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

PAGE = 50
LIVE = (Debt.State.OPEN, Debt.State.DECIDED)


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A debt in a list; ``owed`` in fen, ``days`` since it was opened."""

    debt: Debt
    benefit: str
    owed: int
    days: int

    @property
    def is_overdue(self) -> bool:
        """Tell whether the day to pay is over."""
        return self.debt.state == Debt.State.DECIDED and bool(
            self.debt.due_on and self.debt.due_on < timezone.localdate()
        )


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment and whether what came in so far covers it."""

    number: int
    due_on: date
    fen: int
    is_paid: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class DebtPage:
    """One debt with everything that hangs on it; ``next_fen`` is what falls due next, all of it without a plan."""

    row: DebtRow
    lines: tuple[DebtLine, ...]
    movements: tuple[Movement, ...]
    measures: tuple[tuple[Measure, tuple[Signed, ...]], ...]
    plan: tuple[Due, ...]
    deduction: Deduction | None
    next_fen: int
    debtor: str
    heir: str
    is_dead: bool

    @property
    def waiting(self) -> Measure | None:
        """The measure that waits for a name, if any."""
        live = (Measure.State.MADE, Measure.State.REVIEWED)
        return next((measure for measure, _ in self.measures if measure.state in live), None)


def debts(*, state: str = "", after: str = "") -> tuple[list[DebtRow], str]:
    """Give a page of debts, the oldest first, and the mark of the next one; without ``state`` those that wait.

    Problem ``recovery.page`` (400) for a mark that is none.
    """
    rows = Debt.objects.select_related("person").filter(state__in=[state] if state else LIVE)
    if after:
        rows = rows.filter(number__gt=after)
        if not after.isdigit():
            raise Problem("recovery.page", "翻页位置不对", remedy="请回到第一页", status=400)
    found = list(rows.order_by("number")[: PAGE + 1])
    more = found[PAGE - 1].number if len(found) > PAGE else ""
    return _rows(found[:PAGE]), more


def debts_of(person_id: UUID, *, actor: Actor) -> list[DebtRow]:
    """Give the debts a person owes or answers for as an heir, newest first, without those found to be none."""
    with as_actor(actor):
        mine = Q(person_id__in=lineage(person_id)) | Q(heir_id=person_id)
        found = list(Debt.objects.filter(mine).exclude(state=Debt.State.DROPPED).order_by("-opened_at")[:50])
        rows = _rows(found)
        audit.read(actor, person_id=person_id, what="recovery.debts", region=found[0].region_code if found else "")
    return rows


def debt_page(debt_id: UUID, *, actor: Actor) -> DebtPage:
    """Give one debt with lines, measures and plan. Problem ``recovery.not_found`` (404)."""
    with as_actor(actor):
        debt = Debt.objects.filter(id=debt_id).first()
        if debt is None:
            raise not_found()
        audit.read(actor, person_id=debt.person_id, what="recovery.debt", region=debt.region_code)
        with elevated(actor):  # an heir sees whose debt it is, nothing else of the dead
            people = Person.objects.in_bulk([key for key in (debt.person_id, debt.heir_id) if key])
        return _page(debt, people)


def _page(debt: Debt, people: Mapping[UUID, Person]) -> DebtPage:
    [row] = _rows([debt])
    measures = tuple(debt.measures.order_by("-made_at"))
    plan = _plan(measures, row.owed)
    unpaid = [one.fen for one in plan if not one.is_paid]
    return DebtPage(
        row,
        tuple(debt.lines.order_by("month", "id")),
        tuple(debt.movements.order_by("id")),
        tuple((measure, signatures_of(measure.kind, str(measure.id))) for measure in measures),
        plan,
        Deduction.objects.filter(reference=debt.id, ended_at=None).first(),
        min(unpaid[0], row.owed) if unpaid else row.owed,
        people[debt.person_id].name,
        people[debt.heir_id].name if debt.heir_id else "",
        people[debt.person_id].death_date is not None,
    )


def _plan(measures: tuple[Measure, ...], owed: int) -> tuple[Due, ...]:
    """Give the instalments of the newest plan: what is still owed covers the last ones, the rest is paid."""
    done = [one for one in measures if one.kind == Measure.Kind.PLAN and one.state == Measure.State.DONE]
    if not done:
        return ()
    today, left, found = timezone.localdate(), owed, []
    for one in Instalment.objects.filter(measure=done[0]).order_by("-number"):
        is_paid = left <= 0
        left -= one.amount
        found.append(Due(one.number, one.due_on, one.amount, is_paid, not is_paid and one.due_on < today))
    return tuple(reversed(found))


def _rows(found: list[Debt]) -> list[DebtRow]:
    owed, today = outstanding_of([debt.id for debt in found]), timezone.localdate()
    return [
        DebtRow(debt, benefit_of(debt.benefit).name, _shown(debt, owed[debt.id]), (today - _opened(debt)).days)
        for debt in found
    ]


def _shown(debt: Debt, owed: int) -> int:
    """Nothing is owed of a debt that was dropped or cancelled."""
    return owed if debt.state in LIVE else 0


def _opened(debt: Debt) -> date:
    return timezone.localdate(debt.opened_at)
