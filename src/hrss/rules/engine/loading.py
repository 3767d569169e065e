"""Reads parameter files and checks them: units, regions, status, source, overlaps and gaps.

The format is described in ``rules/README.md``. All faults of all files are reported at once; a file with a fault is
never used in part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from hrss.kernel.problem import Problem, Problems
from hrss.rules.engine import units
from hrss.rules.engine.parameters import FOREVER, STATUSES, Parameters, ParameterValue
from hrss.rules.engine.units import Unit

FOLDER = Path(__file__).resolve().parents[1] / "parameters"
REGIONS = {"national": "", "chongqing": "50", "fengjie": "500236"}
LOCAL = "county.yaml"
_LOCAL: list[Path] = []
PERCENT = Unit("rate", "", 10_000, -10 * units.ONE, 10 * units.ONE)
UNITS: dict[str, Unit | None] = {
    "yuan": units.FEN, "percent": PERCENT, "ratio": units.RATE.within(0, 10 * units.ONE),
    "index": units.INDEX, "months": units.MONTHS,
    "tenth_months": units.TENTH_MONTHS, "years": units.YEARS, "days": units.DAYS, "hours": units.HOURS,
    "score": units.SCORE, "count": units.COUNT, "grade": units.GRADE, "year": units.YEAR, "month": units.MONTH,
    "flag": units.FLAG, "text": None,
}  # fmt: skip
_HEAD = {"title", "unit", "key", "values", "each", "gaps", "note"}
_FIELDS = {"value", "from", "to", "known_from", "region", "status", "document", "source", "note"}


def default_parameters() -> Parameters:
    """The parameters in use: those shipped with the platform and the county's own, loaded and checked once.

    The county's file is read again when it has changed, so every process follows an approval at its next question.
    """
    path = local_file()
    try:
        stamp = path.stat().st_mtime_ns if path else 0
    except OSError:
        stamp = 0
    return _with_local(path, stamp) if path and stamp else published_parameters()


@lru_cache(maxsize=1)
def published_parameters() -> Parameters:
    """The parameters shipped with the platform."""
    return load_folder(FOLDER)


def keep_local(path: Path) -> None:
    """Say where the county's own values stand, in the form of the published files; there need be no such file."""
    _LOCAL[:] = [path]


def local_file() -> Path | None:
    """Give where the county's own values stand, None where nobody has said."""
    return _LOCAL[0] if _LOCAL else None


def load_with(text: str) -> Parameters:
    """Load the shipped parameters together with the county's own, given as text. Raises Problems where they clash."""
    return load_texts([*_texts(FOLDER), (LOCAL, text)])


@lru_cache(maxsize=2)
def _with_local(path: Path, stamp: int) -> Parameters:
    return load_with(path.read_text(encoding="utf-8"))


def load_folder(folder: Path) -> Parameters:
    """Load all parameter files below a folder; the first folder level is the region."""
    return load_texts(_texts(folder))


def _texts(folder: Path) -> list[tuple[str, str]]:
    paths = sorted(folder.rglob("*.yaml"))
    return [(str(path.relative_to(folder)), path.read_text(encoding="utf-8")) for path in paths]


def load_texts(files: Iterable[tuple[str, str]]) -> Parameters:
    """Load parameter files given as (relative path, text)."""
    found: dict[str, list[ParameterValue]] = defaultdict(list)
    heads: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path, text in files:
        region = REGIONS.get(path.split("/")[0], "")
        for name, entry in (yaml.load(text, Loader=yaml.CSafeLoader) or {}).items():
            try:
                found[name] += _read_entry(name, entry, region)
                _check_head(name, entry, heads)
            except Problem as problem:
                problem.message = f"{path}：{problem.message}"
                problems.append(problem)
    for name, values in found.items():
        problems += [*_overlaps(values), *_holes(name, values, heads.get(name, {}))]
    if problems:
        raise Problems(problems)
    return Parameters({name: _sorted(values) for name, values in sorted(found.items())})


def _sorted(values: list[ParameterValue]) -> tuple[ParameterValue, ...]:
    return tuple(sorted(values, key=lambda value: (value.region, value.valid_from, value.known_from)))


def _fault(name: str, what: str, remedy: str) -> Problem:
    return Problem("rules.parameter_file", f"参数 {name} {what}", field=name, remedy=remedy)


def _check_head(name: str, entry: Mapping[str, Any], heads: dict[str, dict[str, Any]]) -> None:
    known = heads.setdefault(name, dict(entry))
    if known["unit"] != entry["unit"]:
        raise _fault(name, f"在不同文件中单位不一：{known['unit']} 与 {entry['unit']}", "统一单位")
    known["gaps"] = known.get("gaps") or entry.get("gaps")


def _read_entry(name: str, entry: Any, region: str) -> list[ParameterValue]:
    if not isinstance(entry, dict) or not {"title", "unit", "values"} <= entry.keys() or entry.keys() - _HEAD:
        raise _fault(name, "须有 title、unit、values，且没有其他未知项", "见 rules/README.md 的参数一节")
    if entry["unit"] not in UNITS:
        raise _fault(name, f"单位「{entry['unit']}」未定义", f"可用单位：{'、'.join(UNITS)}")
    if not entry["values"]:
        raise _fault(name, "没有一档数值", "未查到的写 value: null，状态 unverified，并写明文号")
    return [_read_value(name, entry, (entry.get("each") or {}) | value, region) for value in entry["values"]]


def _read_value(name: str, entry: Mapping[str, Any], value: Mapping[str, Any], region: str) -> ParameterValue:
    if value.keys() - _FIELDS or not {"value", "from", "status"} <= value.keys():
        raise _fault(name, f"有一档数值的项目不对：{sorted(value)}", "每档须有 value、from、status 与出处")
    if value["status"] not in STATUSES:
        raise _fault(name, f"状态「{value['status']}」未定义", f"可用状态：{'、'.join(STATUSES)}")
    if not (value.get("source") or value.get("document")):
        raise _fault(name, f"{value['from']} 一档没有出处", "写明 document（文号）或 source（来源）")
    if value["value"] is None and value["status"] != "unverified":
        raise _fault(name, f"{value['from']} 一档没有数值", "未查到的数值（null）状态只能是 unverified")
    unit = UNITS[entry["unit"]]
    return ParameterValue(
        name=name,
        title=entry["title"],
        unit=unit,
        value=_scaled(name, unit, value["value"]),
        region=str(value.get("region", region)),
        valid_from=_day(name, value["from"]),
        valid_to=_day(name, value.get("to") or FOREVER),
        known_from=_day(name, value.get("known_from") or value["from"]),
        status=value["status"],
        document=str(value.get("document") or ""),
        source=str(value.get("source") or ""),
        note=str(value.get("note") or ""),
        publication_given="known_from" in value,
    )


def _day(name: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    raise _fault(name, f"日期「{value}」写法不对", "写成 2025-01-01")


def _scaled(name: str, unit: Unit | None, value: Any) -> Any:
    if unit is None or value is None:
        return value
    if isinstance(value, dict):
        pairs = sorted((int(key), unit.read(number, field=name)) for key, number in value.items())
        for _, number in pairs:
            unit.check(number, field=name, label=name, rule="参数文件")
        return tuple(number for pair in pairs for number in pair)
    scaled = unit.read(value, field=name)
    unit.check(scaled, field=name, label=name, rule="参数文件")
    return scaled


def _overlaps(values: list[ParameterValue]) -> Iterable[Problem]:
    """Two values for one day are a fault unless the later one says when it was published and so replaces the first."""
    ordered = sorted(values, key=lambda value: (value.region, value.known_from, value.valid_from))
    for first, second in combinations(ordered, 2):
        meet = second.valid_from <= first.valid_to and first.valid_from <= second.valid_to
        replaces = second.known_from > first.known_from and second.publication_given
        if first.region == second.region and meet and not replaces:
            what = f"地区 {first.region or '全国'} 的 {first.valid_from} 与 {second.valid_from} 两档重叠"
            yield _fault(first.name, what, "改正起止日期；后公布的数值写明 known_from")


def _holes(name: str, values: list[ParameterValue], head: Mapping[str, Any]) -> Iterable[Problem]:
    if head.get("gaps"):
        return
    for region in sorted({value.region for value in values}):
        spans = sorted((value.valid_from, value.valid_to) for value in values if value.region == region)
        reached = spans[0][1]
        for start, end in spans[1:]:
            if reached != FOREVER and start > reached + timedelta(days=1):
                yield _fault(
                    name,
                    f"地区 {region or '全国'} 在 {reached} 与 {start} 之间没有数值",
                    "补齐，或用 gaps 写明为什么缺",
                )
            reached = max(reached, end)
