"""Reads of the insurance domain, within the actor's scope (call inside ``acting``).

``record_of`` is the whole record of one person and leaves an event; the small readers below serve verbs and handlers,
which leave their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hrss.domains.insurance import amounts, policies
from hrss.domains.insurance.models import AccountYear, Award, AwardEvent, ResidentEnrolment, ResidentPayment
from hrss.foundation import audit
from hrss.foundation.people.cards import age_on
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.models import Person
from hrss.funds.payables.queries import fully_paid
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth

_MONTHS = """
SELECT person_id,
       count(DISTINCT year * 12 + month) FILTER (WHERE pension_employer_fen > 0) AS pension,
       count(DISTINCT year * 12 + month) FILTER (
         WHERE unemployment_employer_fen > 0 AND year * 12 + month - 1 > coalesce(counted.until, 0)) AS unemployment,
       min(year * 12 + month - 1) AS first,
       max(year * 12 + month - 1) AS last
FROM insurance_contribution
LEFT JOIN unnest(%s::uuid[], %s::int[]) AS counted(person, until) ON counted.person = person_id
WHERE person_id = ANY(%s)
GROUP BY person_id
"""


@dataclass(frozen=True, slots=True)
class ContributionMonths:
    """Months paid as an employee; ``unemployment`` counts since the last benefit was awarded."""

    pension: int
    unemployment: int
    first: YearMonth
    last: YearMonth


@dataclass(frozen=True, slots=True)
class ResidentYears:
    """What a resident has paid: years in order, the day on which the last of them was paid."""

    years: tuple[int, ...]
    regular: int
    last_paid_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """The residents' account at the end of a month: what was closed, what this year credits, the balance now."""

    opening: int
    credit: int
    product: int
    balance: int


@dataclass(frozen=True, slots=True)
class PayingOffer:
    """What a resident can pay now: the year of today, or the years missing at sixty; ``grades`` with their subsidy."""

    years: tuple[int, ...]
    making_up: bool
    grade: int
    grades: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the domain knows of one person, for the person and for those who serve them."""

    enrolment: ResidentEnrolment | None
    payments: tuple[ResidentPayment, ...]
    account: Account | None
    years: tuple[AccountYear, ...]
    months: ContributionMonths | None
    awards: tuple[Award, ...]
    events: tuple[AwardEvent, ...]


def record_of(person_id: UUID, *, actor: Actor, what: str = "insurance.record") -> Record:
    """Give the whole record of one person; the look is on the log."""
    with as_actor(actor):
        enrolment = latest_enrolment(person_id)
        audit.read(actor, person_id=person_id, what=what, region=enrolment.region_code if enrolment else "")
        years = tuple(AccountYear.objects.filter(person_id=person_id, scheme="resident").order_by("-year"))
        awards = tuple(Award.objects.filter(person_id=person_id).order_by("-first", "-id"))
        saving = bool(years) and all(award.benefit != amounts.PENSION_BENEFIT for award in awards)
        return Record(
            enrolment=enrolment,
            payments=tuple(ResidentPayment.objects.filter(person_id=person_id).order_by("-year")),
            account=account_in(person_id, YearMonth.of(timezone.localdate())) if saving else None,
            years=years,
            months=contribution_months([person_id]).get(person_id),
            awards=awards,
            events=tuple(AwardEvent.objects.filter(person_id=person_id).order_by("-on", "-id")),
        )


def open_enrolment(person_id: UUID) -> ResidentEnrolment | None:
    """Give the open enrolment of a person."""
    return ResidentEnrolment.objects.filter(person_id=person_id, ended_on=None).first()


def latest_enrolment(person_id: UUID) -> ResidentEnrolment | None:
    """Give the open enrolment of a person, else the one ended last."""
    return ResidentEnrolment.objects.filter(person_id=person_id).order_by("-enrolled_on", "-id").first()


def paying_offer(person: Person, today: date) -> PayingOffer | None:
    """Give what a person can pay today for the residents' pension; None where there is nothing to pay."""
    enrolment = open_enrolment(person.id)
    if enrolment is None or person.death_date is not None:
        return None
    if running_award(person.id, amounts.PENSION_BENEFIT) is not None:
        return None
    years, making_up = years_due(person, today)
    if not years:
        return None
    grades = policies.grades_for(enrolment.category, today)
    shown = dict.fromkeys(grades, 0) if making_up else grades
    return PayingOffer(years, making_up, enrolment.grade_yuan, shown)


def years_due(person: Person, on: date) -> tuple[tuple[int, ...], bool]:
    """Give the years a resident can pay on a day, and whether they are made up late: all missing ones at sixty."""
    paid, making_up = resident_years(person.id).years, age_on(person.birth_date, on) >= amounts.PENSION_AGE
    if making_up:
        return policies.years_to_make_up(paid, on), True
    return () if on.year in paid else (on.year,), False


def resident_years(person_id: UUID) -> ResidentYears:
    """Give the years a resident has paid."""
    rows = list(ResidentPayment.objects.filter(person_id=person_id).order_by("year"))
    return ResidentYears(
        years=tuple(row.year for row in rows),
        regular=sum(not row.is_late for row in rows),
        last_paid_on=max((row.paid_on for row in rows), default=None),
    )


def account_in(person_id: UUID, month: YearMonth) -> Account:
    """Give the residents' account at the end of ``month``; years before it that are not closed yet are closed here."""
    found = AccountYear.objects.filter(person_id=person_id, scheme="resident", year__lte=month.year)
    rows = {row.year: row for row in found}
    if not rows:
        return Account(0, 0, 0, 0)
    opening = 0
    for year in range(min(rows), month.year):
        row = rows.get(year)
        if row is not None and row.balance_fen is not None:
            opening = row.balance_fen
        else:
            opening = amounts.closed(opening, row.credit_fen if row else 0, row.product_fen if row else 0, year)[1]
    now = rows.get(month.year)
    credit, product = (now.credit_fen, now.product_fen) if now else (0, 0)
    return Account(opening, credit, product, int(amounts.balance_in(opening, credit, product, month).amount))


def contribution_months(person_ids: Sequence[UUID]) -> dict[UUID, ContributionMonths]:
    """Give the months each person paid as an employee, in one statement; who never paid is not in the result."""
    counted = counted_until(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [list(counted), [month.index for month in counted.values()], list(person_ids)])
        rows = cursor.fetchall()
    return {
        person: ContributionMonths(pension, unemployment, YearMonth.from_index(first), YearMonth.from_index(last))
        for person, pension, unemployment, first, last in rows
    }


def counted_until(person_ids: Iterable[UUID]) -> dict[UUID, YearMonth]:
    """Give the last month that the newest unemployment award of each person has used up."""
    rows = Award.objects.filter(person_id__in=list(person_ids), benefit=amounts.UNEMPLOYMENT_BENEFIT)
    return {row.person_id: YearMonth.parse(row.facts["counted_until"]) for row in rows.order_by("first", "id")}


def unused_months(person_id: UUID) -> int:
    """Give the months of the last unemployment award that were not drawn (重庆市失业保险条例第二十四条)."""
    award = (
        Award.objects.filter(person_id=person_id, benefit=amounts.UNEMPLOYMENT_BENEFIT).order_by("first", "id").last()
    )
    if award is None or award.planned_last is None or award.last is None:
        return 0
    return max(YearMonth.of(award.planned_last) - YearMonth.of(award.last), 0)


def used_up(month: YearMonth, *, most: int) -> list[tuple[UUID, YearMonth]]:
    """Give the running unemployment awards whose planned months are over before ``month`` and all paid, with the last.

    A month the bank gave back, or that a check keeps waiting, is still owed: such an award runs on.
    """
    rows = Award.objects.filter(
        state=Award.State.ACTIVE, benefit=amounts.UNEMPLOYMENT_BENEFIT, planned_last__lt=month.first_day
    ).order_by("planned_last", "id")
    due = list(rows.values_list("id", "entitlement_id", "planned_last"))
    paid = fully_paid([entitlement for _, entitlement, _ in due if entitlement])
    return [(award, YearMonth.of(last)) for award, entitlement, last in due if last and entitlement in paid][:most]


def running_award(person_id: UUID, benefit: str) -> Award | None:
    """Give the award of a benefit that is running or paused."""
    return Award.objects.filter(
        person_id=person_id, benefit=benefit, state__in=[Award.State.ACTIVE, Award.State.PAUSED], deceased=None
    ).first()


def running_awards(person_ids: Sequence[UUID]) -> dict[UUID, list[Award]]:
    """Give the running and paused monthly awards of each person."""
    found: dict[UUID, list[Award]] = {}
    live = [Award.State.ACTIVE, Award.State.PAUSED]
    for row in Award.objects.filter(person_id__in=list(person_ids), state__in=live, deceased=None):
        found.setdefault(row.person_id, []).append(row)
    return found
