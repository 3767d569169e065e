"""Reads indicator files (``packs/*/indicators/*.yaml``) and the plan's tables, and joins them.

Every fault of every file is reported in one pass with file and line; a plan row no file computes is a fault too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Final

from jsonschema import Draft202012Validator

from hrss.casework.items.packs import layered, load_layers
from hrss.foundation.datasets import Aggregate, AnyOf, Condition, Measure, Moment, Operator, Time
from hrss.foundation.datasets.filters import Filter, Value
from hrss.foundation.datasets.measures import check_measure
from hrss.kernel.pack_files import DataPath, Source, pack_problem
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.indicators.definitions import (
    MAIN,
    Convention,
    CrossCheck,
    Direction,
    Goal,
    Kind,
    Note,
    Path,
    Reach,
    Statistic,
)

_TEXT: Final = {"type": "string", "minLength": 1}
_CONDITION: Final = {
    "type": "object",
    "required": ["column"],
    "minProperties": 2,
    "maxProperties": 2,
    "properties": {"column": _TEXT},
    "additionalProperties": True,
}
_MEASURE: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["dataset", "aggregate", "time"],
    "properties": {
        "dataset": _TEXT,
        "aggregate": {"enum": [one.value for one in Aggregate]},
        "column": _TEXT,
        "time": {"enum": [one.value for one in Time]},
        "where": {"type": "array", "items": {"anyOf": [_CONDITION, {"type": "object", "required": ["any_of"]}]}},
    },
}
_CONVENTION: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "title", "words", "numerator"],
    "properties": {"code": _TEXT, "title": _TEXT, "words": _TEXT, "numerator": _MEASURE, "denominator": _MEASURE},
}
_PART: Final = {"type": "object", "required": ["title", "measure"], "properties": {"title": _TEXT, "measure": _MEASURE}}
_NOTE: Final = {"type": "object", "required": ["text", "basis"], "properties": {"text": _TEXT, "basis": _TEXT}}
_CROSS: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "measure", "low", "high"],
    "properties": {"title": _TEXT, "measure": _MEASURE, "low": {"type": "number"}, "high": {"type": "number"}},
}
_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "code", "title", "version", "plan", "kind", "direction", "window", "path", "scales", "division", "source",
        "words", "status", "basis",
    ],
    "properties": {
        "code": _TEXT, "title": _TEXT, "version": {"type": "integer", "minimum": 1},
        "plan": {"type": "array", "minItems": 1, "items": _TEXT},
        "kind": {"enum": [one.value for one in Kind]},
        "direction": {"enum": [one.value for one in Direction]},
        "window": {"enum": [one.value for one in Reach]},
        "path": {"enum": [one.value for one in Path]},
        "scales": {"type": "boolean"}, "division": _TEXT, "source": _TEXT, "words": _TEXT,
        "status": {"enum": ["verified", "secondary", "unverified", "memory", "disputed", "open"]},
        "basis": _TEXT, "numerator": _MEASURE, "denominator": _MEASURE,
        "parts": {"type": "array", "minItems": 2, "items": _PART},
        "alternatives": {"type": "array", "items": _CONVENTION},
        "notes": {"type": "array", "items": _NOTE},
        "cross_checks": {"type": "array", "items": _CROSS},
    },
}  # fmt: skip


def load_indicators(code: str, *, root: FilePath) -> tuple[Statistic, ...]:
    """Read the statistics of a pack. Raises Problems: one for each fault, naming file and line."""
    layers = load_layers(code, root=root)
    goals = _goals(layers, root)
    problems: list[Problem] = []
    found: list[Statistic] = []
    used: dict[str, str] = {}
    for stem, source in layered(layers, "indicators", root=root).items():
        faults = list(_faults(source, stem, goals, used))
        problems.extend(faults)
        if not faults:
            found.append(_statistic(source.data, goals))
    problems.extend(
        pack_problem(place, f"规划指标 {key} 没有统计口径", remedy="在 indicators/ 下写出它的口径")
        for key, (_, place) in goals.items()
        if key not in used
    )
    if problems:
        raise Problems(problems)
    return tuple(found)


# The plan's tables ----------------------------------------------------------------------------------------------------

Goals = dict[str, tuple[Goal, tuple[str, int]]]


def _goals(layers: tuple[FilePath, ...], root: FilePath) -> Goals:
    goals: Goals = {}
    for layer in layers:
        for name, make in (("indicators.csv", _indicator_row), ("targets.csv", _target_row)):
            path = layer / "plan" / name
            for line, row in _rows(path):
                goal = make(row)
                goals[goal.id] = (goal, (path.relative_to(root).as_posix(), line))
    return goals


def _rows(path: FilePath) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _indicator_row(row: dict[str, str]) -> Goal:
    return Goal(
        id=row["id"], period=row["period"], name=row["name_zh"], unit=row["unit"], nature=row["kind"],
        cumulative=row["cumulative"] == "yes", parent=row["parent"], base_year=int(row["baseline_year"]),
        base_text=row["baseline"], target_year=int(row["target_year"]), op=row["target_op"],
        target_text=row["target"], actual_text=row["actual"], place=row["plan_ref"],
    )  # fmt: skip


def _target_row(row: dict[str, str]) -> Goal:
    return Goal(
        id=row["id"], period="145", name=row["name_zh"], unit=row["unit"], nature="", parent="",
        cumulative=row["per"] == "five-year total", base_year=None, base_text="", target_year=int(row["by"]),
        op=row["op"], target_text=row["value"], actual_text="", place=row["plan_ref"], per=row["per"],
    )  # fmt: skip


# One file -------------------------------------------------------------------------------------------------------------


def _faults(source: Source, stem: str, goals: Goals, used: dict[str, str]) -> Iterator[Problem]:
    errors = list(Draft202012Validator(_SCHEMA).iter_errors(source.data))
    for error in errors:
        yield _fault(source, tuple(error.absolute_path), error.message)
    if errors:
        return
    data = source.data
    if data["code"] != stem:
        yield _fault(source, ("code",), f"代码“{data['code']}”与文件名 {stem} 不一致")
    for index, key in enumerate(data["plan"]):
        if key not in goals:
            yield _fault(source, ("plan", index), f"规划里没有指标 {key}")
        elif key in used:
            yield _fault(source, ("plan", index), f"{key} 已由 {used[key]} 计算")
        used[key] = stem
    yield from _shape_faults(source)
    for path in _measure_paths(data):
        yield from _measure_faults(source, path)


def _shape_faults(source: Source) -> Iterator[Problem]:
    data, kind = source.data, source.data["kind"]
    if (kind == Kind.COMPOSITION) != ("parts" in data):
        yield _fault(source, ("kind",), "构成比要写 parts，其他不写")
    if kind != Kind.COMPOSITION and "numerator" not in data:
        yield _fault(source, ("kind",), "缺少 numerator")
    if (kind == Kind.RATE) != ("denominator" in data):
        yield _fault(source, ("kind",), "比率要写 denominator，总量不写")
    for index, other in enumerate(data.get("alternatives", ())):
        if (kind == Kind.RATE) != ("denominator" in other):
            yield _fault(source, ("alternatives", index), "另一口径的分子分母应与主口径同类")


def _measure_paths(data: Mapping[str, Any]) -> Iterator[DataPath]:
    yield from ((name,) for name in ("numerator", "denominator") if name in data)
    yield from (("parts", index, "measure") for index, _ in enumerate(data.get("parts", ())))
    yield from (("cross_checks", index, "measure") for index, _ in enumerate(data.get("cross_checks", ())))
    for index, other in enumerate(data.get("alternatives", ())):
        yield from (("alternatives", index, name) for name in ("numerator", "denominator") if name in other)


def _measure_faults(source: Source, path: DataPath) -> Iterator[Problem]:
    data: Any = source.data
    for step in path:
        data = data[step]
    try:
        check_measure(measure_of(data))
    except Problem as problem:
        yield _fault(source, path, problem.message)
    except ValueError as error:
        yield _fault(source, path, str(error))


def _fault(source: Source, path: DataPath, message: str) -> Problem:
    what = ".".join(str(step) for step in path)
    return pack_problem(source.place(path), f"{what} {message}" if what else message, remedy="改正这一行后重新装载")


# Shapes ---------------------------------------------------------------------------------------------------------------


def _statistic(data: Mapping[str, Any], goals: Goals) -> Statistic:
    main = Convention(
        MAIN,
        "主口径",
        data["words"],
        measure_of(data["numerator"]) if "numerator" in data else None,
        measure_of(data["denominator"]) if "denominator" in data else None,
        tuple((part["title"], measure_of(part["measure"])) for part in data.get("parts", ())),
    )
    return Statistic(
        code=data["code"], title=data["title"], version=data["version"], kind=Kind(data["kind"]),
        direction=Direction(data["direction"]), reach=Reach(data["window"]), path=Path(data["path"]),
        scales=data["scales"], division=data["division"], source=data["source"], status=data["status"],
        basis=data["basis"], conventions=(main, *(_convention(one) for one in data.get("alternatives", ()))),
        goals=tuple(sorted((goals[key][0] for key in data["plan"]), key=lambda goal: goal.order)),
        notes=tuple(Note(one["text"], one["basis"]) for one in data.get("notes", ())),
        cross_checks=tuple(_cross_check(one) for one in data.get("cross_checks", ())),
    )  # fmt: skip


def _convention(data: Mapping[str, Any]) -> Convention:
    denominator = measure_of(data["denominator"]) if "denominator" in data else None
    return Convention(data["code"], data["title"], data["words"], measure_of(data["numerator"]), denominator)


def _cross_check(data: Mapping[str, Any]) -> CrossCheck:
    low, high = (Decimal(str(data[name])) for name in ("low", "high"))
    return CrossCheck(data["title"], measure_of(data["measure"]), low, high)


def measure_of(data: Mapping[str, Any]) -> Measure:
    """Give the measure of its YAML form. ValueError for an operator nobody knows."""
    return Measure(
        dataset=data["dataset"],
        where=tuple(filter_of(one) for one in data.get("where", ())),
        aggregate=Aggregate(data["aggregate"]),
        column=data.get("column", ""),
        time=Time(data["time"]),
    )


def filter_of(data: Mapping[str, Any]) -> Filter:
    """Give a filter of its YAML form. ValueError for an operator nobody knows."""
    if "any_of" in data:
        return AnyOf(tuple(_condition(one) for one in data["any_of"]))
    return _condition(data)


def _condition(data: Mapping[str, Any]) -> Condition:
    operator = next(name for name in data if name != "column")
    if operator not in {one.value for one in Operator}:
        raise ValueError(f"没有比较方式“{operator}”，可用：{'、'.join(one.value for one in Operator)}")
    return Condition(data["column"], Operator(operator), _value(data[operator]))


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if value in (Moment.START.value, Moment.END.value):
        return Moment(value)
    plain: Value = value
    return plain
