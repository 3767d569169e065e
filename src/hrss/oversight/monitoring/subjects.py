"""What an alert is about, in words: a firm, a case, a goal of the plan, a member of staff, a person without a name.

A person who is served is never named in a list: the page of the alert leads to the person's page, where the purpose is
asked and the look is on the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hrss.casework.models import Case
from hrss.foundation.identity.models import Account
from hrss.foundation.organisations.models import Organisation
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.models import Alert
from hrss.oversight.monitoring.rules import COUNTY, Kind, Rule, persons_in

_KINDS: Final = {COUNTY: "county", "organisation_id": "firm", "employer_id": "firm", "person_id": "person"}
_DAY_LENGTH: Final = len("2026-01-01")
_OF_CASES: Final = frozenset({"casework.cases", "monitoring.decided"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject in words and what kind it is: firm, case, goal, staff, person, county or record.

    ``code`` finds its page.
    """

    kind: str
    words: str
    code: str


def kind_of(rule: Rule) -> str:
    """Give what kind of subject a rule's alerts have."""
    if rule.kind is Kind.PATH:
        return "goal"
    if rule.staff:
        return "staff"
    return "case" if rule.counted.dataset in _OF_CASES else _KINDS.get(rule.group, "record")


def subjects_of(alerts: Iterable[Alert]) -> dict[UUID, Subject]:
    """Give the subject of each alert; one statement a kind."""
    known = {rule.code: kind_of(rule) for rule in rules()}
    kinds = {one.id: (known.get(one.rule, "record"), one.subject) for one in alerts}
    firms = _firms([subject for kind, subject in kinds.values() if kind == "firm"])
    cases = _cases([subject for kind, subject in kinds.values() if kind == "case"])
    names = _names([subject for kind, subject in kinds.values() if kind == "staff"])
    goals = {goal.id: (goal.name, one.code) for one in statistics() for goal in one.goals}
    return {
        key: Subject(kind, _staff(subject, names), subject)
        if kind == "staff"
        else _subject(kind, subject, firms, cases, goals)
        for key, (kind, subject) in kinds.items()
    }


def _subject(
    kind: str, subject: str, firms: dict[str, str], cases: dict[str, str], goals: dict[str, tuple[str, str]]
) -> Subject:
    if kind == "firm":
        return Subject(kind, firms.get(subject, "单位（已不在登记簿）"), subject)
    if kind == "case":
        return Subject(kind, cases.get(subject, "办件（不在您的区域）"), subject)
    if kind == "goal":
        name, code = goals.get(subject, (subject, ""))
        return Subject(kind, name, code)
    return Subject(kind, {"county": "全县", "person": "一名人员"}.get(kind, "一条记录"), subject)


def _staff(subject: str, names: dict[str, str]) -> str:
    """Give the names of the staff, and the day where the matter is one of a day."""
    told = "和".join(names.get(str(one), "办事人员（已无账号）") for one in persons_in(subject))
    day = subject.rpartition(" ")[2]
    return f"{told}，{day}" if len(day) == _DAY_LENGTH else told


def _names(subjects: list[str]) -> dict[str, str]:
    ids = [one for subject in subjects for one in persons_in(subject)]
    found = Account.objects.filter(kind="staff", person_id__in=ids).values_list("person_id", "display_name")
    return {str(key): name for key, name in found} if ids else {}


def _firms(ids: list[str]) -> dict[str, str]:
    found = Organisation.objects.filter(id__in=ids).values_list("id", "name") if ids else ()
    return {str(key): name for key, name in found}


def _cases(ids: list[str]) -> dict[str, str]:
    found = Case.objects.filter(id__in=ids).values_list("id", "item_name", "number") if ids else ()
    return {str(key): f"{name} {number}" for key, name, number in found}
