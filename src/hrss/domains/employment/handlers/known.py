"""What is already known about an applicant, with its source: the values of ``x-prefill`` (办事不重复填)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hrss.casework.handlers import Prefilled
from hrss.domains.employment import queries
from hrss.exchange.asking import ask
from hrss.foundation.people.queries import household_of
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

REGISTER = "人员档案"
_LATELY = timedelta(days=365)
EMPLOYMENT = "就业登记"


def about_last_job(person_id: UUID) -> Mapping[str, Prefilled]:
    """Give the last employer, the day of leaving and, within a year of it, the situation, where known."""
    jobs = queries.jobs_of(person_id, limit=1)
    if not jobs:
        return {}
    job = jobs[0]
    known = {"employment.last_employer": Prefilled(job.employer, EMPLOYMENT, job.since)} if job.employer else {}
    if job.until:
        known["employment.last_left_on"] = Prefilled(job.until.isoformat(), EMPLOYMENT, job.until)
        if timezone.localdate() - job.until < _LATELY:
            known["employment.situation"] = Prefilled("left_unit", EMPLOYMENT, job.until)
    return known


def months_paid(person_id: UUID, *, actor: Actor) -> int:
    """Ask insurance for how many months unemployment insurance was paid; 0 where there is no answer."""
    asker = actor if actor.purpose and actor.kind is not ActorKind.SYSTEM else actor.for_purpose("case")
    try:
        answer = ask("insurance.contribution_months", person_id, actor=asker)
    except Problem:
        return 0
    return int((answer.data or {}).get("unemployment_months", 0))


def about_household(person_id: UUID, *, actor: Actor) -> Mapping[str, Prefilled]:
    """Give names and relations of the household; numbers are for the applicant to write."""
    household = household_of(person_id, actor=actor)
    if household is None:
        return {}
    rows = [{"name": member.name, "relation": "self"} for member in household.members if member.person_id == person_id]
    rows += [{"name": member.name} for member in household.members if member.person_id != person_id]
    return {"people.household_members": Prefilled(rows, REGISTER)}
