"""Drafting a year: every task of the pack with its quantity, its shares by weight and the first owners it finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.queries import posts_in_force
from hrss.foundation.regions.queries import children_of
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import AnnualTask, TaskShare
from hrss.oversight.projects.packs import TaskSpec, tasks_of
from hrss.oversight.projects.planning import people_by_township, quantity_of, shared_out
from hrss.oversight.projects.policies import PLANNERS, require_county

Owner = tuple[UUID | None, str]
NOBODY: Owner = (None, "")


@verb("projects.draft_year")
def draft_year(year: int, county: str, *, actor: Actor) -> Outcome:
    """Draft what the pack has for a year and is not there yet. Problem ``projects.no_tasks`` where it has none."""
    require_county(actor, *PLANNERS, doing="编制年度计划")
    specs = tasks_of(year)
    if not specs:
        raise Problem(
            "projects.no_tasks",
            f"没有 {year} 年的任务文件",
            rule="年度任务来自 packs 的任务文件，数量来自规划",
            remedy="先在任务文件里写入这一年的任务",
            field="year",
        )
    there = set(AnnualTask.objects.filter(year=year).values_list("code", flat=True))
    weights, owners = people_by_township(date(year - 1, 12, 31)), _Owners(county)
    made = [_draft(one, year, county, weights, owners, actor) for one in specs if one.code not in there]
    audit.record(actor, "projects.draft_year", subject_kind="plan_year", subject_id=year, detail={"tasks": len(made)})
    return Outcome("plan_year", str(year), str(year), {"tasks": len(made)})


class _Owners:
    """Who answers for a share: the first handler in force of the line, or of the township."""

    def __init__(self, county: str) -> None:
        posts = posts_in_force(region=county, function=Function.HANDLER.value)
        self._county = county
        self._lines: dict[str, Owner] = {}
        self._places: dict[str, Owner] = {}
        for post in posts:
            owner = (post.account_id, post.account.display_name)
            known = self._lines if post.region_code == county else self._places
            known.setdefault(post.line if post.region_code == county else post.region_code, owner)

    def of_line(self, line: str) -> Owner:
        """Give the owner of a line."""
        return self._lines.get(line, next(iter(self._lines.values()), NOBODY))

    def of_place(self, region: str) -> Owner:
        """Give the owner of a township."""
        return self._places.get(region, NOBODY)


def _draft(
    spec: TaskSpec, year: int, county: str, weights: Mapping[str, int], owners: _Owners, actor: Actor
) -> AnnualTask:
    month, day = (int(part) for part in spec.due.split("-"))
    quantity = quantity_of(spec, year)
    task = AnnualTask.objects.create(
        year=year, code=spec.code, title=spec.title, text=spec.text, op=spec.op, quantity=quantity, unit=spec.unit,
        statistic=spec.statistic.code if spec.statistic else "", goal=spec.goal.id if spec.goal else "",
        division=spec.division, sharing="sum" if spec.sharing == "even" else spec.sharing,
        due_on=date(year, month, day), source=spec.source, status=spec.status,
        drafted_by=actor.person, drafted_name=actor.name,
    )  # fmt: skip
    owner, name = owners.of_line(spec.line)
    shares = [_share(task, county, spec.division, quantity, (owner, name))]
    shares += [
        _share(task, code, place, part, owners.of_place(code))
        for code, place, part in _parts(spec, quantity, county, weights)
    ]
    TaskShare.objects.bulk_create(shares)
    return task


def _share(task: AnnualTask, region: str, division: str, quantity: Decimal, owner: Owner) -> TaskShare:
    return TaskShare(
        task=task, region_code=region, division=division, quantity=quantity, due_on=task.due_on,
        owner=owner[0], owner_name=owner[1],
    )  # fmt: skip


def _parts(
    spec: TaskSpec, quantity: Decimal, county: str, weights: Mapping[str, int]
) -> list[tuple[str, str, Decimal]]:
    """Give code, name and quantity of each township that gets a share."""
    if spec.sharing == "none":
        return []
    names = {node.code: node.name for node in children_of(county)}
    if spec.sharing == "each":
        return [(code, name, quantity) for code, name in names.items()]
    by_weight = {code: weights.get(code, 0) for code in names} if spec.sharing == "sum" else dict.fromkeys(names, 1)
    parts = shared_out(quantity, by_weight, unit=spec.unit)
    return [(code, names[code], part) for code, part in parts.items() if part]
