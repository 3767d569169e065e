"""Who may do what with alerts: those who work on cases read, the owner of the rule and inspectors handle."""

from __future__ import annotations

from typing import Final

from hrss.foundation.access.policies import may_act
from hrss.kernel.actor import Actor, Function
from hrss.oversight.monitoring.models import Alert
from hrss.oversight.monitoring.rules import Rule

READERS: Final = (
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.FINANCE,
    Function.DATA,
    Function.INSPECTOR,
    Function.LEADER,
    Function.AUDIT_ADMIN,
)
BY_HAND: Final = ("case", "notice", "visit", "parameter", "none")
SEES_IDS: Final = (Function.INSPECTOR, Function.DATA)


def may_handle(actor: Actor, rule: Rule, alert: Alert) -> bool:
    """Tell whether the actor may record a measure for this alert."""
    open_still = alert.state != Alert.State.CLOSED
    return open_still and may_act(actor, rule.owner, Function.INSPECTOR, region=alert.region_code)
