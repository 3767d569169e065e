"""What monitoring does by itself: every rule every night, and a rule at once after the data it looks at has arrived.
Alerts of rules that the pack no longer has are closed in the same night.

Each rule is a transaction of its own, so that one rule's fault leaves the others alone.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hrss.foundation.jobs import enqueue, job
from hrss.foundation.outbox import subscribe
from hrss.kernel.actor import Actor, system_actor
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.queries import withdrawn
from hrss.oversight.monitoring.rules import TOPICS, Rule
from hrss.oversight.monitoring.services.retire_rule import retire_rule
from hrss.oversight.monitoring.services.run_rule import run_rule

_ROBOT = system_actor("monitoring.jobs").for_purpose("statistics")


@job("monitoring.run", lock="monitoring", own_transactions=True)
def run_all() -> int:
    """按规则逐条检查数据，开立、跟进、升级和解除预警；规则撤销的，关闭它的预警。"""
    _retire()
    return _run(rules())


@job("monitoring.run_after", lock="monitoring", own_transactions=True)
def run_after(*, topic: str) -> int:
    """数据到达后马上检查与它有关的规则。"""
    return _run(tuple(one for one in rules() if topic in one.after))


def _run(chosen: tuple[Rule, ...]) -> int:
    today = timezone.localdate()
    for rule in chosen:
        run_rule(rule.code, actor=_ROBOT, day=today)
    return len(chosen)


def _retire() -> None:
    """Close what stands on withdrawn rules, each rule in a transaction of its own."""
    for code in withdrawn(actor=_ROBOT):
        retire_rule(code, actor=_ROBOT, day=timezone.localdate())


def _watch(topic: str) -> None:
    @subscribe(topic, name=f"monitoring.{topic}")
    def arrived(payload: dict[str, Any], *, actor: Actor) -> None:
        enqueue("monitoring.run_after", once=f"monitoring.run_after:{topic}", topic=topic)


for one in TOPICS:
    _watch(one)
