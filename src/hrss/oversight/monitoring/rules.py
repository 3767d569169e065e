"""Monitoring rules as data: a measure grouped by what an alert is about, levels, owner, clock, what to do.

Every fault of every file names file and line; a rule over a column nobody declares is refused.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from jsonschema import Draft202012Validator

from hrss.casework.items.packs import layered, load_layers
from hrss.foundation.datasets import Measure, Window, dataset_of
from hrss.foundation.datasets.measures import check_measure
from hrss.kernel.actor import Function
from hrss.kernel.pack_files import Source, pack_problem
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.indicators.reading_packs import measure_of

LEVELS: Final = ("yellow", "orange", "red")
_TEXT: Final = {"type": "string", "minLength": 1}
_LEVEL: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["level", "at_least"],
    "properties": {"level": {"enum": list(LEVELS)}, "at_least": {"type": "integer", "minimum": 1}},
}
_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "code", "title", "version", "legal", "owner", "days", "todo", "measure", "group", "at_least", "levels",
    ],
    "properties": {
        "code": _TEXT, "title": _TEXT, "version": {"type": "integer", "minimum": 1}, "legal": _TEXT,
        "owner": {"enum": [one.value for one in Function]}, "days": {"type": "integer", "minimum": 1}, "todo": _TEXT,
        "measure": {"type": "object"}, "window_days": {"type": "integer", "minimum": 1}, "group": _TEXT,
        "at_least": {"type": "integer", "minimum": 1}, "levels": {"type": "array", "minItems": 1, "items": _LEVEL},
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``group`` is the column an alert is about; ``days`` the time its owner has to act."""

    code: str
    title: str
    version: int
    legal: str
    owner: Function
    days: int
    todo: str
    measure: Measure
    group: str
    at_least: int
    levels: tuple[tuple[int, str], ...]
    window_days: int = 1

    def level(self, count: int) -> str:
        """Give the level of a count: the highest whose bound it reaches."""
        return max((bound, level) for bound, level in self.levels if count >= bound)[1]

    def window(self, day: date) -> Window:
        """Give the days looked at on a day."""
        return Window(day - timedelta(days=self.window_days - 1), day)


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of the county's pack."""
    return load_rules(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)


def load_rules(code: str, *, root: Path) -> tuple[Rule, ...]:
    """Read the rules of a pack. Raises Problems: one for each fault, naming file and line."""
    problems: list[Problem] = []
    found: list[Rule] = []
    for stem, source in layered(load_layers(code, root=root), "monitoring", root=root).items():
        faults = list(_faults(source, stem))
        problems.extend(faults)
        if not faults:
            found.append(_rule(source.data))
    if problems:
        raise Problems(problems)
    return tuple(found)


def rule_of(code: str) -> Rule:
    """Give a rule. Problem ``monitoring.unknown`` (404)."""
    for one in rules():
        if one.code == code:
            return one
    raise Problem("monitoring.unknown", f"没有监控规则“{code}”", remedy="请从预警列表进入", status=404)


def _faults(source: Source, stem: str) -> Iterator[Problem]:
    errors = list(Draft202012Validator(_SCHEMA).iter_errors(source.data))
    yield from (pack_problem(source.place(tuple(one.absolute_path)), one.message) for one in errors)
    if errors:
        return
    if source.data["code"] != stem:
        yield pack_problem(source.place(("code",)), f"代码与文件名 {stem} 不一致")
    try:
        measure = measure_of(source.data["measure"])
        check_measure(measure)
        if source.data["group"] not in dataset_of(measure.dataset).by_name:
            yield pack_problem(source.place(("group",)), f"数据集没有列“{source.data['group']}”")
    except (Problem, ValueError, KeyError) as fault:
        yield pack_problem(source.place(("measure",)), str(fault))
    if min(one["at_least"] for one in source.data["levels"]) > source.data["at_least"]:
        yield pack_problem(source.place(("levels",)), "最低等级的界限高于触发界限")


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        code=data["code"], title=data["title"], version=data["version"], legal=data["legal"],
        owner=Function(data["owner"]), days=data["days"], todo=data["todo"], measure=measure_of(data["measure"]),
        group=data["group"], at_least=data["at_least"], window_days=data.get("window_days", 1),
        levels=tuple((one["at_least"], one["level"]) for one in data["levels"]),
    )  # fmt: skip
