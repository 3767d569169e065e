"""Run a rule for a day: open alerts once, follow those that stay, raise what is overdue, close what is gone."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.evaluating import Signal, evaluate
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.rules import LEVELS, Rule

Kind = AlertAction.Measure


@verb("monitoring.run_rule")
def run_rule(code: str, *, actor: Actor, day: date) -> Outcome:
    """Evaluate and follow up. A second run of the same day changes nothing. Problem ``monitoring.unknown``."""
    rule = rule_of(code)
    signals = evaluate(rule, day)
    standing = {one.subject: one for one in Alert.objects.select_for_update().filter(rule=code).exclude(state="closed")}
    known = _ever(code) if rule.once else set(standing)
    fresh = [one for key, one in signals.items() if key not in known]
    for signal in fresh:
        _open(rule, signal, day)
    for subject, alert in standing.items():
        _follow(rule, alert, signals.get(subject), day)
    detail = {"day": day.isoformat(), "signals": len(signals), "opened": len(fresh)}
    audit.record(actor, "monitoring.run_rule", subject_kind="rule", subject_id=code, detail=detail)
    return Outcome("rule", code, data=detail)


def _ever(code: str) -> set[str]:
    """Give every subject the rule was ever opened for: what is over is told once."""
    return set(Alert.objects.filter(rule=code).values_list("subject", flat=True))


def _open(rule: Rule, signal: Signal, day: date) -> None:
    alert = Alert.objects.create(
        rule=rule.code, rule_version=rule.version, subject=signal.subject, region_code=signal.region_code,
        level=signal.level, count=signal.count, count_at_opening=signal.count, opened_on=day, seen_on=day,
        due_on=day + timedelta(days=rule.days), about=rule.about(signal.subject), discreet=rule.discreet,
    )  # fmt: skip
    note(alert, Kind.OPENED, rule.title)


def _follow(rule: Rule, alert: Alert, signal: Signal | None, day: date) -> None:
    """Gone: closed with what is left. Still there: the count is kept, the clock and the measure's effect looked at.

    What a ``once`` rule told of is over, so it is never gone: the alert waits for its measure.
    """
    if signal is None and not rule.once:
        _close(rule, alert, day)
        return
    if signal is not None:
        alert.count, alert.seen_on = signal.count, day
        alert.level = max(alert.level, signal.level, key=LEVELS.index)
    if alert.state == Alert.State.HANDLED and alert.effect_on and alert.effect_on <= day:
        _judge(rule, alert, day)
    elif alert.state == Alert.State.OPEN and alert.due_on < day and not alert.escalated:
        _raise(alert, "逾期未处置")
    alert.save()


def _close(rule: Rule, alert: Alert, day: date) -> None:
    handled = alert.state == Alert.State.HANDLED
    alert.state, alert.closed_on, alert.count_at_closing = Alert.State.CLOSED, day, 0
    alert.effect = Alert.Effect.GONE if handled else ""
    alert.count = 0
    alert.save()
    note(alert, Kind.GONE, f"{rule.title}：信号消失" + ("，处置见效" if handled else ""))


def _judge(rule: Rule, alert: Alert, day: date) -> None:
    """Measure the effect of the measure: less than then, or back to the owner a level higher."""
    before = alert.count_at_handling or alert.count_at_opening
    alert.effect_on = None
    if alert.count < before:
        alert.effect, alert.effect_on = Alert.Effect.LESS, day + timedelta(days=rule.effect_days)
        note(alert, Kind.EFFECT, f"处置时 {before}，现在 {alert.count}，有所减轻，继续观察")
        return
    alert.effect, alert.state = Alert.Effect.NONE, Alert.State.OPEN
    alert.due_on = day + timedelta(days=rule.days)
    note(alert, Kind.EFFECT, f"处置时 {before}，现在 {alert.count}，没有见效，请另行处置")
    _raise(alert, "措施没有见效")


def _raise(alert: Alert, why: str) -> None:
    alert.escalated = True
    alert.level = LEVELS[min(LEVELS.index(alert.level) + 1, len(LEVELS) - 1)]
    note(alert, Kind.RAISED, why)


def note(
    alert: Alert, measure: AlertAction.Measure, text: str, *, actor: Actor | None = None, reference: str = ""
) -> None:
    """Add a line to the alert's story."""
    AlertAction.objects.create(
        alert=alert, region_code=alert.region_code, measure=measure, note=text, count=alert.count, reference=reference,
        by_person=actor.person if actor else None, by_name=actor.name if actor else "",
    )  # fmt: skip
