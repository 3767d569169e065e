"""Handle an alert: the owner says which measure was taken; its effect is what the next runs see.

What an alert of a ``once`` rule tells of is over, so the measure closes it. It refuses a measure without words, a case
nobody opened, and alerts that are over.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hrss.casework.models import Case
from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.policies import BY_HAND, handlers
from hrss.oversight.monitoring.rules import Rule
from hrss.oversight.monitoring.services.run_rule import note

_TEXT_LIMIT = 400


@verb("monitoring.handle")
def handle_alert(alert_id: UUID, *, actor: Actor, measure: str, text: str, reference: str = "") -> Outcome:
    """Record the measure; ``reference`` is the number of the case, notice or change it went by.

    Problems ``monitoring.no_alert``, ``monitoring.closed``, ``monitoring.measure|text|reference``.
    """
    alert = Alert.objects.select_for_update().filter(id=alert_id).first()
    if alert is None:
        raise Problem("monitoring.no_alert", "没有这条预警，或不在您的区域", remedy="请从预警列表进入", status=404)
    rule = rule_of(alert.rule)
    require(actor, *handlers(rule), region=alert.region_code, doing="处置这条预警")
    if alert.state == Alert.State.CLOSED:
        raise Problem("monitoring.closed", "预警已经解除", remedy="不用再办", status=409)
    _check(measure, text, reference.strip())
    _take(alert, rule)
    note(alert, AlertAction.Measure(measure), text.strip(), actor=actor, reference=reference.strip())
    detail = {"rule": alert.rule, "measure": measure, "reference": reference.strip()}
    audit.record(
        actor, "monitoring.handle", subject_kind="alert", subject_id=alert.id, region=alert.region_code, detail=detail
    )
    return Outcome("alert", str(alert.id), data=detail)


def _take(alert: Alert, rule: Rule) -> None:
    today = timezone.localdate()
    alert.count_at_handling, alert.effect = alert.count, ""
    if rule.once:
        alert.state, alert.closed_on, alert.count_at_closing = Alert.State.CLOSED, today, alert.count
    else:
        alert.state, alert.effect_on = Alert.State.HANDLED, today + timedelta(days=rule.effect_days)
    alert.save()


def _check(measure: str, text: str, reference: str) -> None:
    if measure not in BY_HAND:
        raise Problem("monitoring.measure", "请选择采取的措施", remedy="从列表中选择", field="measure")
    if not text.strip():
        raise Problem("monitoring.text", "请写明做了什么", remedy="写明措施、结果和凭据", field="text")
    if len(text.strip()) > _TEXT_LIMIT:
        raise Problem(
            "monitoring.text", f"说明超过 {_TEXT_LIMIT} 字", remedy="请写得短一些，详细情况放进办件", field="text"
        )
    if measure == "case" and not Case.objects.filter(number=reference).exists():
        raise Problem(
            "monitoring.reference", "查不到这个办件编号，或不在您的区域", rule="立案或办件要有办件编号",
            remedy="请核对编号，先立案再登记", field="reference",
        )  # fmt: skip
