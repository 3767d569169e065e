"""Close the alerts of a rule that the pack no longer has: nothing would ever look at them again.

The signal may still be there, so no effect is claimed and the count stays what was last seen. It refuses a rule that
is still in force.
"""

from __future__ import annotations

from datetime import date

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.services.run_rule import note

_REASON = "监控规则“{}”已从规则库撤销，不再检查，预警随规则关闭；事情本身有没有了结以业务记录为准"


@verb("monitoring.retire_rule")
def retire_rule(code: str, *, actor: Actor, day: date) -> Outcome:
    """Close what stands. A second run closes nothing. Problem ``monitoring.in_force``: the rule is in the pack."""
    if any(one.code == code for one in rules()):
        raise Problem("monitoring.in_force", f"监控规则“{code}”还在用", remedy="要停用请先从规则库撤下", status=409)
    standing = list(Alert.objects.select_for_update().filter(rule=code).exclude(state=Alert.State.CLOSED))
    for alert in standing:
        _close(alert, day)
    detail = {"day": day.isoformat(), "closed": len(standing)}
    audit.record(actor, "monitoring.retire_rule", subject_kind="rule", subject_id=code, detail=detail)
    return Outcome("rule", code, data=detail)


def _close(alert: Alert, day: date) -> None:
    alert.state, alert.closed_on, alert.count_at_closing = Alert.State.CLOSED, day, alert.count
    alert.effect, alert.effect_on = "", None
    alert.save()
    note(alert, AlertAction.Measure.RETIRED, _REASON.format(alert.rule))
