"""The county's tasks and projects as data (``packs/*/tasks``, ``packs/*/projects``), checked with file and line."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from jsonschema import Draft202012Validator

from hrss.casework.items.packs import layered, load_layers
from hrss.kernel.pack_files import Source, pack_problem
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Goal, Statistic

WAN: Final = 10_000 * 100  # 万元 in fen
_TEXT: Final = {"type": "string", "minLength": 1}
_YEAR: Final = {"type": "integer", "minimum": 2000, "maximum": 2100}
_QUANTITY: Final = {"anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": {"type": "number"}}]}
_TASK: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "status", "text"],
    "anyOf": [{"required": ["goal"]}, {"required": ["unit", "quantity", "division", "source"]}],
    "properties": {
        "title": _TEXT, "text": _TEXT, "goal": _TEXT, "statistic": _TEXT, "unit": _TEXT, "quantity": _QUANTITY,
        "op": {"enum": [">=", ">", "<=", "<", "="]}, "division": _TEXT, "source": _TEXT,
        "sharing": {"enum": ["sum", "each", "none", "even"]}, "status": _TEXT,
        "due": {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"},
    },
}  # fmt: skip
_TASKS: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["years", "tasks"],
    "properties": {
        "lines": {"type": "object", "additionalProperties": _TEXT},
        "years": {"type": "array", "items": _YEAR, "minItems": 2, "maxItems": 2},
        "tasks": {"type": "object", "additionalProperties": _TASK},
    },
}
_OUTPUT: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "quantity", "unit", "source"],
    "oneOf": [{"required": ["statistic"]}, {"required": ["task"]}, {"required": ["milestone"]}],
    "properties": {
        "title": _TEXT, "quantity": {"type": "number"}, "unit": _TEXT, "source": _TEXT,
        "statistic": _TEXT, "task": _TEXT, "milestone": {"type": "integer", "minimum": 1},
    },
}  # fmt: skip
_PROJECT: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "milestones", "investment", "outputs"],
    "properties": {
        "code": _TEXT,
        "milestones": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "weight", "due"],
                "properties": {"title": _TEXT, "weight": {"type": "integer", "minimum": 1}, "due": _TEXT},
            },
        },
        "investment": {"type": "object", "additionalProperties": {"type": "number"}},
        "outputs": {"type": "array", "items": _OUTPUT},
    },
}


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """One task of the pack. Empty ``quantities`` mean: the plan's target by its path. ``line`` is who handles it."""

    code: str
    title: str
    text: str
    first_year: int
    last_year: int
    statistic: Statistic | None
    goal: Goal | None
    quantities: Mapping[int, Decimal]
    unit: str
    op: str
    division: str
    line: str
    sharing: str
    due: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """What a project must bring and where its actual value comes from."""

    title: str
    quantity: Decimal
    unit: str
    bound: str
    binding: str
    source: str


@dataclass(frozen=True, slots=True)
class ProjectSpec:
    """A project of the plan's annex with milestones (title, weight, day) and investment by year in fen."""

    code: str
    title: str
    site: str
    nature: str
    content: str
    investment: int
    first_year: int
    last_year: int
    division: str
    source: str
    milestones: tuple[tuple[str, int, date], ...]
    by_year: Mapping[int, int]
    outputs: tuple[OutputSpec, ...]


def load_tasks(code: str, *, root: Path) -> tuple[TaskSpec, ...]:
    """Read all tasks of a pack. Raises Problems, each with file and line."""
    problems: list[Problem] = []
    found: list[TaskSpec] = []
    sources = layered(load_layers(code, root=root), "tasks", root=root)
    lines = {name: line for one in sources.values() for name, line in (one.data.get("lines") or {}).items()}
    for source in sources.values():
        faults = list(_task_faults(source))
        problems += faults
        if not faults:
            found += [_task(key, data, source.data["years"], lines) for key, data in source.data["tasks"].items()]
    if problems:
        raise Problems(problems)
    return tuple(found)


def load_projects(code: str, *, root: Path) -> tuple[ProjectSpec, ...]:
    """Read all projects of a pack and join them with the plan's table. Raises Problems, each with file and line."""
    layers = load_layers(code, root=root)
    table = dict(_annex(layers))
    problems: list[Problem] = []
    found: list[ProjectSpec] = []
    for stem, source in layered(layers, "projects", root=root).items():
        faults = list(_project_faults(source, stem, table))
        problems += faults
        if not faults:
            found.append(_project(source.data, table[stem]))
    if problems:
        raise Problems(problems)
    return tuple(found)


@functools.cache
def tasks_of(year: int) -> tuple[TaskSpec, ...]:
    """Give the tasks the county's pack has for a year."""
    every = load_tasks(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)
    return tuple(one for one in every if one.first_year <= year <= one.last_year)


@functools.cache
def project_specs() -> tuple[ProjectSpec, ...]:
    """Give the projects of the county's pack."""
    return load_projects(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)


def _schema_faults(source: Source, schema: Mapping[str, Any]) -> list[Problem]:
    errors = Draft202012Validator(schema).iter_errors(source.data)
    return [pack_problem(source.place(tuple(one.absolute_path)), one.message) for one in errors]


def _task_faults(source: Source) -> Iterator[Problem]:
    faults = _schema_faults(source, _TASKS)
    yield from faults
    if faults:
        return
    goals, codes = _goals(), {one.code for one in statistics()}
    for key, data in source.data["tasks"].items():
        if data.get("goal") and data["goal"] not in goals:
            yield pack_problem(source.place(("tasks", key, "goal")), f"规划里没有目标“{data['goal']}”")
        if data.get("statistic") and data["statistic"] not in codes:
            yield pack_problem(source.place(("tasks", key, "statistic")), f"没有指标“{data['statistic']}”")


def _goals() -> dict[str, tuple[Statistic, Goal]]:
    return {goal.id: (one, goal) for one in statistics() for goal in one.goals}


def _task(code: str, data: Mapping[str, Any], years: list[int], lines: Mapping[str, str]) -> TaskSpec:
    statistic, goal = _goals().get(data.get("goal", ""), (None, None))
    if data.get("statistic"):
        statistic = next(one for one in statistics() if one.code == data["statistic"])
    division = data.get("division") or (statistic.division if statistic else "")
    return TaskSpec(
        code=code, title=data["title"], text=data["text"], first_year=years[0], last_year=years[1],
        statistic=statistic, goal=goal, quantities=_quantities(data.get("quantity"), years),
        unit=data.get("unit") or (goal.unit if goal else ""), op=data.get("op") or (goal.op if goal else ">="),
        division=division, line=lines.get(division, "*"), sharing=data.get("sharing", "none"),
        due=data.get("due", "12-31"), source=data.get("source") or (goal.place if goal else ""), status=data["status"],
    )  # fmt: skip


def _quantities(told: Any, years: list[int]) -> dict[int, Decimal]:
    if told is None:
        return {}
    if isinstance(told, dict):
        return {int(year): Decimal(str(value)) for year, value in told.items()}
    return {year: Decimal(str(told)) for year in range(years[0], years[1] + 1)}


def _annex(layers: tuple[Path, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    for layer in layers:
        path = layer / "plan" / "projects.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                yield from ((row["id"], row) for row in csv.DictReader(file))


def _project_faults(source: Source, stem: str, table: Mapping[str, dict[str, str]]) -> Iterator[Problem]:
    faults = _schema_faults(source, _PROJECT)
    yield from faults
    if faults:
        return
    if source.data["code"] != stem or stem not in table:
        yield pack_problem(source.place(("code",)), f"“{stem}”不在规划附件的项目表里，或与文件名不一致")
        return
    if sum(one["weight"] for one in source.data["milestones"]) != 100:
        yield pack_problem(source.place(("milestones",)), "各节点权重之和应为 100")
    planned = sum(Decimal(str(one)) for one in source.data["investment"].values())
    if planned != Decimal(table[stem]["investment_wan_yuan"]):
        yield pack_problem(source.place(("investment",)), f"各年投资之和 {planned} 万元，不等于附件的投资估算")


def _project(data: Mapping[str, Any], row: Mapping[str, str]) -> ProjectSpec:
    return ProjectSpec(
        code=data["code"], title=row["name_zh"], site=row["site"], nature=row["nature"], content=row["content"],
        investment=int(row["investment_wan_yuan"]) * WAN, first_year=int(row["start_year"]),
        last_year=int(row["end_year"]), division=row["owner"], source=row["plan_ref"],
        milestones=tuple((one["title"], one["weight"], date.fromisoformat(one["due"])) for one in data["milestones"]),
        by_year={int(year): int(Decimal(str(amount)) * WAN) for year, amount in data["investment"].items()},
        outputs=tuple(_output(one) for one in data["outputs"]),
    )  # fmt: skip


def _output(data: Mapping[str, Any]) -> OutputSpec:
    bound = next(name for name in ("statistic", "task", "milestone") if name in data)
    return OutputSpec(
        data["title"], Decimal(str(data["quantity"])), data["unit"], bound, str(data[bound]), data["source"]
    )
