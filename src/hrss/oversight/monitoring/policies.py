"""Who may do what with alerts: those who work on cases read, the owner of the rule and inspectors handle.

Alerts about members of staff are read only by those who watch over them; whom one is about never sees it (the database
holds that). Where it is about an inspector, a leader handles it.
"""

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
WATCHERS: Final = (Function.INSPECTOR, Function.AUDIT_ADMIN, Function.LEADER)
BY_HAND: Final = ("case", "notice", "visit", "parameter", "none")
SEES_IDS: Final = (Function.INSPECTOR, Function.DATA)


def may_handle(actor: Actor, rule: Rule, alert: Alert) -> bool:
    """Tell whether the actor may record a measure for this alert."""
    return alert.state != Alert.State.CLOSED and may_act(actor, *handlers(rule), region=alert.region_code)


def handlers(rule: Rule) -> tuple[Function, ...]:
    """Give the functions that may record a measure for a rule's alerts."""
    return (rule.owner, Function.INSPECTOR, *((Function.LEADER,) if rule.discreet else ()))


def sees_discreet(actor: Actor | None) -> bool:
    """Tell whether the actor reads alerts about members of staff; nobody does outside an ``acting`` block."""
    return actor is not None and may_act(actor, *WATCHERS)
