"""The rules of this county: read once from its pack."""

from __future__ import annotations

import functools

from django.conf import settings

from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring.reading import load_rules
from hrss.oversight.monitoring.rules import Rule


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of the county's pack."""
    return load_rules(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)


def known_rule(code: str) -> Rule | None:
    """Give a rule, None where the pack no longer has it: its closed alerts are still read."""
    return next((one for one in rules() if one.code == code), None)


def rule_of(code: str) -> Rule:
    """Give a rule. Problem ``monitoring.unknown`` (404)."""
    for one in rules():
        if one.code == code:
            return one
    raise Problem("monitoring.unknown", f"没有监控规则“{code}”", remedy="请从预警列表进入", status=404)


def codes_of(owner: Function) -> tuple[str, ...]:
    """Give the rules whose alerts are a function's to handle."""
    return tuple(one.code for one in rules() if one.owner is owner)
