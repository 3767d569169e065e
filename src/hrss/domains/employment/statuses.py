"""Employment status derived from events (就业服务与就业管理规定): pure, for one person at a time.

A status is never typed in. The last event on or before a day decides it; death ends everything. It refuses events of
an unknown kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What a person is in the labour market on a day."""

    EMPLOYED = "employed"  # 就业
    UNEMPLOYED = "unemployed"  # 登记失业
    SEEKING = "seeking"  # 求职（未登记失业）
    INACTIVE = "inactive"  # 未就业也未求职
    DECEASED = "deceased"  # 死亡


class EventKind(StrEnum):
    """What may happen to a person in the labour market."""

    HIRED = "hired"  # 单位招用
    SELF_EMPLOYED = "self_employed"  # 自主创业、个体经营
    FLEXIBLE = "flexible"  # 灵活就业
    LEFT = "left"  # 离开单位
    REGISTERED = "registered"  # 失业登记
    SOUGHT = "sought"  # 求职登记
    GAVE_UP = "gave_up"  # 终止求职或拒绝服务
    LOST_CONTACT = "lost_contact"  # 连续六个月没有联系
    RETIRED = "retired"  # 享受养老待遇
    STUDYING = "studying"  # 入学
    SERVING = "serving"  # 服兵役
    IMPRISONED = "imprisoned"  # 服刑
    INCAPABLE = "incapable"  # 完全丧失劳动能力
    DIED = "died"  # 死亡


STATUS_AFTER: dict[EventKind, Status] = {
    EventKind.HIRED: Status.EMPLOYED,
    EventKind.SELF_EMPLOYED: Status.EMPLOYED,
    EventKind.FLEXIBLE: Status.EMPLOYED,
    EventKind.LEFT: Status.SEEKING,
    EventKind.REGISTERED: Status.UNEMPLOYED,
    EventKind.SOUGHT: Status.SEEKING,
    EventKind.GAVE_UP: Status.INACTIVE,
    EventKind.LOST_CONTACT: Status.INACTIVE,
    EventKind.RETIRED: Status.INACTIVE,
    EventKind.STUDYING: Status.INACTIVE,
    EventKind.SERVING: Status.INACTIVE,
    EventKind.IMPRISONED: Status.INACTIVE,
    EventKind.INCAPABLE: Status.INACTIVE,
    EventKind.DIED: Status.DECEASED,
}

ENDS_REGISTRATION: dict[EventKind, str] = {
    EventKind.HIRED: "被用人单位录用",
    EventKind.SELF_EMPLOYED: "自主创业或者从事个体经营",
    EventKind.FLEXIBLE: "从事有稳定收入的劳动",
    EventKind.RETIRED: "已享受基本养老保险待遇",
    EventKind.INCAPABLE: "完全丧失劳动能力",
    EventKind.STUDYING: "入学",
    EventKind.SERVING: "服兵役",
    EventKind.IMPRISONED: "被判刑收监执行",
    EventKind.GAVE_UP: "终止就业要求或者拒绝接受公共就业服务",
    EventKind.LOST_CONTACT: "连续六个月没有与公共就业服务机构联系",
    EventKind.DIED: "死亡",
}
"""Why an unemployment registration ends (就业服务与就业管理规定第六十六条, wording unverified)."""


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One event of one person: day, order of recording, kind and employer."""

    on: date
    recorded: int
    kind: EventKind
    employer: str = ""


def status_on(happenings: Iterable[Happening], day: date) -> Status:
    """Give the status on ``day``: leaving one of two jobs leaves a person employed; death is final."""
    known = sorted(happening for happening in happenings if happening.on <= day)
    jobs: set[str] = set()
    status = Status.INACTIVE
    for happening in known:
        if happening.kind is EventKind.DIED:
            return Status.DECEASED
        status = _next(status, happening, jobs)
    return status


def _next(status: Status, happening: Happening, jobs: set[str]) -> Status:
    """Give the status after one more event, keeping the set of current jobs."""
    after = STATUS_AFTER[happening.kind]
    if happening.kind is EventKind.LEFT:
        jobs.discard(happening.employer)
        return Status.EMPLOYED if jobs else after
    if after is Status.EMPLOYED:
        jobs.add(happening.employer)
        return after
    if happening.kind in (EventKind.SOUGHT, EventKind.GAVE_UP) and jobs:
        return status
    jobs.clear()
    return after
