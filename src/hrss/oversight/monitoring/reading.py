"""Reading monitoring rules from packs.

Every fault of every file names file and line; a rule over a column nobody declares is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from hrss.casework.items.packs import layered, load_layers
from hrss.foundation.datasets import Condition, Measure, dataset_of
from hrss.foundation.datasets.filters import check
from hrss.foundation.datasets.measures import check_measure
from hrss.kernel.actor import Function
from hrss.kernel.pack_files import Source, pack_problem
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.indicators.reading_packs import filter_of, measure_of
from hrss.oversight.monitoring.rules import BOUNDS, COUNTY, LEVELS, TOPICS, Kind, Level, Rule

_TEXT: Final = {"type": "string", "minLength": 1}
_NUMBER: Final = {"type": "integer", "minimum": 1}
COMPARING: Final = (Kind.PEERS, Kind.PAIRS)
_FLAG: Final = {"type": "boolean"}
_LEVEL: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["level", "at_least"],
    "properties": {
        "level": {"enum": list(LEVELS)}, "at_least": _NUMBER, "where": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip
_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "title", "version", "legal", "owner", "days", "todo", "group", "at_least", "levels"],
    "properties": {
        "code": _TEXT, "title": _TEXT, "version": _NUMBER, "legal": _TEXT,
        "owner": {"enum": [one.value for one in Function]}, "days": _NUMBER, "effect_days": _NUMBER, "todo": _TEXT,
        "unit": _TEXT, "kind": {"enum": [one.value for one in Kind]}, "measure": {"type": "object"},
        "window_days": _NUMBER, "back": _NUMBER, "group": _TEXT, "at_least": _NUMBER,
        "levels": {"type": "array", "minItems": 1, "items": _LEVEL},
        "among": _TEXT, "fewest": _NUMBER, "staff": _FLAG, "discreet": _FLAG, "once": _FLAG,
        "bounds": {
            "type": "object", "additionalProperties": False, "required": ["status", "source"],
            "properties": {"status": {"enum": list(BOUNDS)}, "source": _TEXT},
        },
        "after": {"type": "array", "items": {"enum": list(TOPICS)}}, "covers": {"type": "array", "items": _TEXT},
    },
}  # fmt: skip


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


def _faults(source: Source, stem: str) -> Iterator[Problem]:
    data = source.data
    errors = list(Draft202012Validator(_SCHEMA).iter_errors(data))
    yield from (pack_problem(source.place(tuple(one.absolute_path)), one.message) for one in errors)
    if errors:
        return
    if data["code"] != stem:
        yield pack_problem(source.place(("code",)), f"代码与文件名 {stem} 不一致")
    if (_kind(data) is Kind.PATH) != ("measure" not in data):
        yield pack_problem(source.place(("kind",)), "目标进度不写 measure，其他种类要写")
    elif "measure" in data:
        yield from _measure_faults(source)
    counts = _kind(data) in (Kind.ROWS, Kind.PATH)  # levels of the others are per cent
    if counts and min(one["at_least"] for one in data["levels"]) > data["at_least"]:
        yield pack_problem(source.place(("levels",)), "最低等级的界限高于触发界限")


def _measure_faults(source: Source) -> Iterator[Problem]:
    data = source.data
    try:
        measure = measure_of(data["measure"])
        check_measure(measure)
        known = dataset_of(measure.dataset).by_name
        if data["group"] != COUNTY and data["group"] not in known:
            yield pack_problem(source.place(("group",)), f"数据集没有列“{data['group']}”")
        if (_kind(data) in COMPARING) != (data.get("among") in known):
            yield pack_problem(source.place(("among",)), "与同类比的写 among（数据集的列），其他种类不写")
        _check_levels(measure, data["levels"])
    except (Problem, ValueError, KeyError) as fault:
        yield pack_problem(source.place(("measure",)), str(fault))


def _check_levels(measure: Measure, levels: list[Mapping[str, Any]]) -> None:
    for wanted in (filter_of(one) for level in levels for one in level.get("where", ())):
        for condition in (wanted,) if isinstance(wanted, Condition) else wanted.conditions:
            check(dataset_of(measure.dataset), condition)


def _kind(data: Mapping[str, Any]) -> Kind:
    return Kind(data.get("kind", Kind.ROWS))


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        code=data["code"], title=data["title"], version=data["version"], legal=data["legal"],
        owner=Function(data["owner"]), days=data["days"], todo=data["todo"], unit=data.get("unit", "条"),
        kind=_kind(data), measure=measure_of(data["measure"]) if "measure" in data else None, group=data["group"],
        at_least=data["at_least"], levels=tuple(_level(one) for one in data["levels"]),
        window_days=data.get("window_days", 1), effect_days=data.get("effect_days", 15), back=data.get("back", 6),
        after=tuple(data.get("after", ())), covers=tuple(data.get("covers", ())), among=data.get("among", ""),
        fewest=data.get("fewest", 1), staff=data.get("staff", False), once=data.get("once", False),
        discreet=data.get("discreet", data.get("staff", False)),
        bound_status=data.get("bounds", {}).get("status", ""),
        bound_source=data.get("bounds", {}).get("source", ""),
    )  # fmt: skip


def _level(data: Mapping[str, Any]) -> Level:
    return Level(data["level"], data["at_least"], tuple(filter_of(one) for one in data.get("where", ())))
