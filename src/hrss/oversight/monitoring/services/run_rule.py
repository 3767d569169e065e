"""Run a rule for a day: open alerts once, follow those that stay, raise what is overdue, close what is gone."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.oversight.monitoring.evaluating import Signal, evaluate
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.rules import LEVELS, Rule, rule_of

Kind = AlertAction.Measure


@verb("monitoring.run_rule")
def run_rule(code: str, *, actor: Actor, day: date) -> Outcome:
    """Evaluate and follow up. A second run of the same day changes nothing. Problem ``monitoring.unknown``."""
    rule = rule_of(code)
    signals = evaluate(rule, day)
    standing = {one.subject: one for one in Alert.objects.select_for_update().filter(rule=code).exclude(state="closed")}
    fresh = [one for key, one in signals.items() if key not in standing]
    for signal in fresh:
        _open(rule, signal, day)
    for subject, alert in standing.items():
        _follow(rule, alert, signals.get(subject), day)
    detail = {"day": day.isoformat(), "signals": len(signals), "opened": len(fresh)}
    audit.record(actor, "monitoring.run_rule", subject_kind="rule", subject_id=code, detail=detail)
    return Outcome("rule", code, data=detail)


def _open(rule: Rule, signal: Signal, day: date) -> None:
    alert = Alert.objects.create(
        rule=rule.code, rule_version=rule.version, subject=signal.subject, region_code=signal.region_code,
        level=signal.level, count=signal.count, count_at_opening=signal.count, opened_on=day, seen_on=day,
        due_on=day + timedelta(days=rule.days),
    )  # fmt: skip
    note(alert, Kind.OPENED, rule.title)


def _follow(rule: Rule, alert: Alert, signal: Signal | None, day: date) -> None:
    """Gone: closed with what is left. Still there: the count is kept; overdue and unhandled, it rises a level."""
    if signal is None:
        alert.state, alert.closed_on, alert.count_at_closing = Alert.State.CLOSED, day, 0
        alert.save()
        note(alert, Kind.GONE, f"{rule.title}：信号消失")
        return
    alert.count, alert.seen_on = signal.count, day
    alert.level = max(alert.level, signal.level, key=LEVELS.index)
    if alert.due_on < day and alert.state == Alert.State.OPEN and not alert.escalated:
        alert.escalated = True
        alert.level = LEVELS[min(LEVELS.index(alert.level) + 1, len(LEVELS) - 1)]
        note(alert, Kind.RAISED, "逾期未处置")
    alert.save()


def note(alert: Alert, measure: AlertAction.Measure, text: str, *, actor: Actor | None = None) -> None:
    """Add a line to the alert's story."""
    AlertAction.objects.create(
        alert=alert, region_code=alert.region_code, measure=measure, note=text, count=alert.count,
        by_person=actor.person if actor else None, by_name=actor.name if actor else "",
    )  # fmt: skip
