"""Handle an alert: the owner says which measure was taken; its effect is what the next runs see."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.rules import rule_of
from hrss.oversight.monitoring.services.run_rule import note

BY_HAND = ("case", "notice", "visit", "parameter", "none")


@verb("monitoring.handle")
def handle_alert(alert_id: UUID, *, actor: Actor, measure: str, text: str) -> Outcome:
    """Record the measure. Problems ``monitoring.no_alert``, ``monitoring.closed``, ``monitoring.measure|text``."""
    alert = Alert.objects.select_for_update().filter(id=alert_id).first()
    if alert is None:
        raise Problem("monitoring.no_alert", "没有这条预警，或不在您的区域", remedy="请从预警列表进入", status=404)
    require(actor, rule_of(alert.rule).owner, Function.INSPECTOR, region=alert.region_code, doing="处置这条预警")
    if alert.state == Alert.State.CLOSED:
        raise Problem("monitoring.closed", "预警已经解除", remedy="不用再办", status=409)
    if measure not in BY_HAND:
        raise Problem("monitoring.measure", "请选择采取的措施", remedy="从列表中选择", field="measure")
    if not text.strip():
        raise Problem("monitoring.text", "请写明做了什么", remedy="写明措施、结果和凭据", field="text")
    alert.state = Alert.State.HANDLED
    alert.save()
    note(alert, AlertAction.Measure(measure), text.strip()[:400], actor=actor)
    detail = {"rule": alert.rule, "measure": measure}
    audit.record(
        actor, "monitoring.handle", subject_kind="alert", subject_id=alert.id, region=alert.region_code, detail=detail
    )
    return Outcome("alert", str(alert.id), data=detail)
