"""Reading alerts: a list by state and filters, one alert with its story, the very rows behind it, a replay.

Everything is read as the actor: alerts and rows within scope, rows masked by right; a look at rows leaves an event.
Alerts about members of staff are there only for those who watch over them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from hrss.foundation import audit
from hrss.foundation.access.policies import may_act, require
from hrss.foundation.datasets import Sensitivity
from hrss.foundation.datasets.running import Page, Reading, number, rows
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.scope import acting, current_actor
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.evaluating import evaluate
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.policies import BY_HAND, READERS, SEES_IDS, sees_discreet
from hrss.oversight.monitoring.rules import LEVELS, Kind, Rule
from hrss.oversight.monitoring.subjects import Subject, subjects_of

Place = tuple[date, UUID]
_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is wanted; empty parts do not narrow it. ``codes`` are rules (of an owner, for example)."""

    state: str = Alert.State.OPEN.value
    level: str = ""
    codes: tuple[str, ...] | None = None
    region: str = ""
    late_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Alerts that are not closed: by level (waiting for a measure), late ones, handled ones, without effect."""

    levels: dict[str, int]
    late: int
    handled: int
    without_effect: int


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Alerts in the order of their clocks, and the place to go on from."""

    alerts: tuple[Alert, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Replay:
    """An alert computed again as of its day: what it said then, what the same question says now about that day.

    ``same_rule`` is False where the rule has changed since: then the two need not agree.
    """

    day: date
    then: int
    again: int | None
    level: str
    same_rule: bool

    @property
    def agrees(self) -> bool:
        """Tell whether the alert comes out as it did."""
        return self.again == self.then


def alerts(wanted: Wanted, *, actor: Actor, after: Place | None = None, limit: int = 50) -> AlertPage:
    """Give a page of alerts: open and handled ones by the day they are due, closed ones by the day they closed."""
    require(actor, *READERS, doing="查看预警")
    clock = "closed_on" if wanted.state == _CLOSED else "due_on"
    found = _narrowed(_seen_by(actor).filter(state=wanted.state), wanted)
    if wanted.state == _CLOSED:
        found = found.filter(_before(after)) if after else found
        found = found.order_by("-closed_on", "-id")
    else:
        found = found.filter(_later(after)) if after else found
        found = found.order_by("due_on", "id")
    shown = list(found[: limit + 1])
    last = shown[limit - 1] if len(shown) > limit else None
    return AlertPage(tuple(shown[:limit]), (getattr(last, clock), last.id) if last else None)


def counts(wanted: Wanted, *, actor: Actor) -> dict[str, int]:
    """Give how many alerts there are by state, under the same filters."""
    require(actor, *READERS, doing="查看预警")
    found = _narrowed(_seen_by(actor), wanted).values_list("state").annotate(n=Count("id"))
    return dict(found)


def by_rule(region: str) -> dict[tuple[str, str], int]:
    """Give how many alerts are not closed, by rule and level, within a place and the actor's scope."""
    standing = _seen_by(current_actor()).exclude(state=_CLOSED).filter(region_code__startswith=region)
    found = standing.values_list("rule", "level").annotate(n=Count("id"))
    return {(code, level): n for code, level, n in found}


def standing(region: str, day: date) -> Standing:
    """Give how alerts stand within a place and the actor's scope, in one statement."""
    seen = _seen_by(current_actor()).exclude(state=_CLOSED).filter(region_code__startswith=region)
    found = seen.values_list(
        "state", "level", "effect"
    ).annotate(n=Count("id"), late=Count("id", filter=Q(due_on__lt=day)))  # fmt: skip
    rows = list(found)
    waiting = [row for row in rows if row[0] == Alert.State.OPEN.value]
    return Standing(
        {level: sum(n for _, own, _, n, _ in waiting if own == level) for level in LEVELS},
        sum(late for *_, late in waiting),
        sum(n for state, _, _, n, _ in rows if state == Alert.State.HANDLED.value),
        sum(n for _, _, effect, n, _ in waiting if effect == Alert.Effect.NONE.value),
    )


def newest(wanted: Wanted, *, limit: int) -> list[Alert]:
    """Give alerts of every state, those that wait first, then the newest."""
    found = _narrowed(_seen_by(current_actor()), wanted)
    order = Case(When(state="open", then=0), When(state="handled", then=1), default=2)
    return list(found.order_by(order, "-opened_on", "-id")[:limit])


def measures_of(alerts: Collection[Alert]) -> dict[UUID, AlertAction]:
    """Give the newest measure taken by hand for each alert; one statement."""
    ids = [one.id for one in alerts]
    taken = AlertAction.objects.filter(alert_id__in=ids, measure__in=BY_HAND)
    return {one.alert_id: one for one in taken.order_by("alert_id", "-id").distinct("alert_id")}


def silent_firms(region: str, *, limit: int = 20) -> list[tuple[UUID, Subject, int]]:
    """Give the alerts about sample firms that did not report: alert, firm, months."""
    found = list(
        Alert.objects.exclude(state=_CLOSED).filter(rule="report_missing", region_code__startswith=region)
        .order_by("-count", "opened_on", "id")[:limit]
    )  # fmt: skip
    subjects = subjects_of(found)
    return [(one.id, subjects[one.id], one.count) for one in found]


def withdrawn(*, actor: Actor) -> list[str]:
    """Give the codes of rules that alerts still stand on and the pack no longer has."""
    with acting(actor):
        standing = set(Alert.objects.exclude(state=_CLOSED).values_list("rule", flat=True).distinct())
    return sorted(standing - {one.code for one in rules()})


def alert_of(alert_id: UUID, *, actor: Actor) -> Alert:
    """Give an alert. Problem ``monitoring.no_alert`` (404): there is none, or not in the actor's region."""
    require(actor, *READERS, doing="查看预警")
    found = _seen_by(actor).filter(id=alert_id).first()
    if found is None:
        raise Problem("monitoring.no_alert", "没有这条预警，或不在您的区域", remedy="请从预警列表进入", status=404)
    return found


def story_of(alert: Alert) -> list[AlertAction]:
    """Give what was noticed and done, oldest first."""
    return list(alert.actions.order_by("id"))


def rows_behind(
    alert: Alert, rule: Rule, *, actor: Actor, day: date, after: tuple[date, str] | None = None, limit: int = 50
) -> tuple[Reading, Page]:
    """Give the number and its very rows as of a day, masked by right; leaves a read event."""
    up_to = Sensitivity.PERSONAL if may_act(actor, *SEES_IDS) else Sensitivity.INTERNAL
    query = rule.rows_of(alert.subject, day)
    with as_actor(actor):
        reading = number(query)
        found = rows(query, after=after, limit=limit, up_to=up_to)
        audit.read(
            actor.for_purpose(actor.purpose or "statistics"), person_id=None, what="monitoring.rows",
            subject_kind="alert", subject_id=alert.id, region=alert.region_code,
            detail={"rule": rule.code, "day": day.isoformat(), "rows": len(found.rows)},
        )  # fmt: skip
    return reading, found


def replay(alert: Alert, rule: Rule) -> Replay:
    """Compute an alert again as of the day it was opened, with what was known by then."""
    signal = evaluate(rule, alert.opened_on, known_by=alert.opened_on).get(alert.subject)
    return Replay(
        alert.opened_on,
        alert.count_at_opening,
        signal.count if signal else None,
        signal.level if signal else "",
        alert.rule_version == rule.version,
    )


def has_rows(rule: Rule) -> bool:
    """Tell whether rows of a dataset lie behind a rule; a goal of the plan has the indicator's page instead."""
    return rule.kind is not Kind.PATH


def rules_seen_by(actor: Actor) -> tuple[Rule, ...]:
    """Give the rules whose alerts the actor may read, for filters."""
    return tuple(one for one in rules() if not one.discreet or sees_discreet(actor))


def _seen_by(actor: Actor | None) -> QuerySet[Alert]:
    found = Alert.objects.all()
    return found if sees_discreet(actor) else found.filter(discreet=False)


def _narrowed(found: QuerySet[Alert], wanted: Wanted) -> QuerySet[Alert]:
    conditions: dict[str, str | date | Collection[str]] = {}
    if wanted.level:
        conditions["level"] = wanted.level
    if wanted.codes is not None:
        conditions["rule__in"] = wanted.codes
    if wanted.region:
        conditions["region_code__startswith"] = wanted.region
    if wanted.late_on:
        conditions["due_on__lt"] = wanted.late_on
    return found.filter(**conditions)


def _later(place: Place) -> Q:
    day, key = place
    return Q(due_on__gt=day) | Q(due_on=day, id__gt=key)


def _before(place: Place) -> Q:
    day, key = place
    return Q(closed_on__lt=day) | Q(closed_on=day, id__lt=key)
