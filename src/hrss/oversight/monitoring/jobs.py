"""What monitoring does by itself: every rule every night. Each rule is a transaction of its own."""

from __future__ import annotations

from django.utils import timezone

from hrss.foundation.jobs import job
from hrss.kernel.actor import system_actor
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.services.run_rule import run_rule

_ROBOT = system_actor("monitoring.jobs").for_purpose("statistics")


@job("monitoring.run", own_transactions=True)
def run_all() -> int:
    """按规则逐条检查数据，开立、跟进、升级和解除预警。"""
    today = timezone.localdate()
    for rule in rules():
        run_rule(rule.code, actor=_ROBOT, day=today)
    return len(rules())
