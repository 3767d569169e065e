"""Who may register and change an organisation: staff over its place, automatic steps, and the firm's own delegate."""

from __future__ import annotations

from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.policies import RECORDERS, require_post
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

EDITABLE_BY_FIRM = frozenset({"address", "industry", "headcount"})


def require_change(actor: Actor, organisation: Organisation, fields: set[str]) -> None:
    """Refuse unless the actor may change these fields; a firm changes how it is reached, not who it is."""
    own = actor.kind is ActorKind.PUBLIC and actor.acting_for_organisation == organisation.id
    if own and fields <= EDITABLE_BY_FIRM:
        return
    if own:
        raise Problem(
            "organisations.register_fact",
            "名称、负责人等以市场监管登记为准，不能自行更改",
            rule="信息以登记机关数据为准",
            remedy="先到市场监管部门变更，系统将自动同步；也可到窗口办理",
            status=403,
        )
    require_post(actor, *RECORDERS, Function.DATA, region=organisation.region_code, doing="变更单位信息")
