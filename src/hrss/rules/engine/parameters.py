"""Dated, regional, bitemporal parameters: what was in force on a day in a region, as known on another day.

National values are the baseline; a value of a province replaces them, a value of a county replaces both. Of several
values for one day the one published last (and known at the time asked) counts. A gap is a Problem, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from hrss.kernel.problem import Problem
from hrss.kernel.regions import check_region_code
from hrss.rules.engine.units import Unit

STATUSES = ("final", "provisional", "unverified", "disputed")
STATUS_WORDS = {"final": "已核定", "provisional": "暂用", "unverified": "未核实", "disputed": "有争议"}
FOREVER = date(9999, 12, 31)
# The provinces of GB/T 2260 by their first two digits.
PROVINCES = frozenset(
    str(code)
    for part in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 83))
    for code in range(*part)
)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One value of a parameter with its validity, publication, status and source; numbers are scaled by the unit."""

    name: str
    title: str
    unit: Unit | None
    value: Any
    region: str
    valid_from: date
    valid_to: date
    known_from: date
    status: str
    document: str = ""
    source: str = ""
    note: str = ""
    publication_given: bool = False

    @property
    def version(self) -> str:
        """The stable name of exactly this value, stored with results."""
        return f"{self.name}@{self.region or '0'}@{self.valid_from.isoformat()}#{self.known_from.isoformat()}"

    @property
    def shown(self) -> str:
        """The value in words; a value nobody has found yet says so."""
        if self.value is None:
            return "未查到"
        if self.unit is None:
            return str(self.value)
        if isinstance(self.value, tuple):
            pairs = zip(self.value[::2], self.value[1::2], strict=True)
            return "；".join(f"{key}：{self.unit.show(value)}" for key, value in pairs)
        return self.unit.show(self.value)

    def is_valid(self, on: date) -> bool:
        """Tell whether the value is in force on a day."""
        return self.valid_from <= on <= self.valid_to

    def to_json(self) -> dict[str, Any]:
        """Give the value as plain JSON."""
        return {
            "name": self.name, "title": self.title, "unit": self.unit.name if self.unit else "text",
            "value": list(self.value) if isinstance(self.value, tuple) else self.value, "shown": self.shown,
            "region": self.region, "from": self.valid_from.isoformat(),
            "to": None if self.valid_to == FOREVER else self.valid_to.isoformat(),
            "known_from": self.known_from.isoformat(), "status": self.status, "document": self.document,
            "source": self.source, "note": self.note, "version": self.version,
        }  # fmt: skip


@dataclass(frozen=True)
class Parameters:
    """All parameters of a county: name → values. ``overrides`` replaces values for a simulation."""

    values: Mapping[str, tuple[ParameterValue, ...]]
    overrides: Mapping[str, Any] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, date, str, date | None], ParameterValue] = field(default_factory=dict, compare=False)

    def parameter(self, name: str, *, on: date, region: str, known_at: date | None = None) -> ParameterValue:
        """Give the value in force on a day in a region (code prefix), as known on ``known_at`` (default: now)."""
        key = (name, on, region, known_at)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._lookup(name, on, region, known_at)
        return found

    def by_year(
        self, name: str, *, first: int, last: int, region: str, known_at: date | None = None
    ) -> tuple[ParameterValue, ...]:
        """Give the values in force at the end of each year from ``first`` to ``last``."""
        years = range(first, last + 1)
        return tuple(self.parameter(name, on=date(year, 12, 31), region=region, known_at=known_at) for year in years)

    def with_overrides(self, overrides: Mapping[str, Any]) -> Parameters:
        """Give the same parameters with some values replaced at all dates, for a what-if."""
        unknown = [name for name in overrides if name not in self.values]
        if unknown:
            raise _unknown(unknown[0], self.values)
        return replace(self, overrides=dict(self.overrides) | dict(overrides), _found={})

    def pinned_to(self, versions: Iterable[str]) -> Parameters:
        """Give the same parameters bound to exactly the versions a stored result used."""
        return replace(self, pinned={version.split("@")[0]: version for version in versions}, _found={})

    def versions(self, name: str) -> tuple[ParameterValue, ...]:
        """All values of a parameter, by region, validity and publication."""
        if name not in self.values:
            raise _unknown(name, self.values)
        return self.values[name]

    def _lookup(self, name: str, on: date, region: str, known_at: date | None) -> ParameterValue:
        check_region(region)
        known = self.versions(name)
        if name in self.pinned:
            known = tuple(value for value in known if value.version == self.pinned[name])
            on = known[0].valid_from if known else on
        fitting = [value for value in known if value.is_valid(on) and region.startswith(value.region)]
        published = [value for value in fitting if known_at is None or value.known_from <= known_at]
        if not published:
            raise _gap(known, name, on, region, known_at, unpublished=bool(fitting))
        best = max(published, key=lambda value: (len(value.region), value.known_from))
        if name in self.overrides:
            return replace(best, value=self.overrides[name], note="模拟值")
        if best.value is None:
            raise _not_found(best, on)
        return best


@lru_cache(maxsize=4096)
def check_region(region: str) -> None:
    """Refuse a region that is no place: national values are for the country, not for a slip of the pen."""
    if region and check_region_code(region, field="region")[:2] not in PROVINCES:
        remedy = "请填写县区六位代码，例如 500236"
        raise Problem("rules.unknown_region", f"没有区划 {region}", field="region", rule="GB/T 2260", remedy=remedy)


def _unknown(name: str, values: Mapping[str, Any]) -> Problem:
    near = [known for known in sorted(values) if name.split(".")[-1] in known][:5]
    remedy = f"相近的参数：{'、'.join(near)}" if near else "用 hrss rules params 查看全部参数"
    return Problem("rules.unknown_parameter", f"没有名为「{name}」的参数", field=name, remedy=remedy, status=404)


def _not_found(value: ParameterValue, on: date) -> Problem:
    """The parameter is known to exist, its number is not: the document is named, the number is not guessed."""
    known = "；".join(part for part in (value.document, value.source, value.note) if part)
    what = f"参数「{value.title}」（{value.name}）在 {on.isoformat()} 的数值未查到：{known}"
    remedy = "请业务管理员按现行文件录入该参数；系统不使用默认值"
    return Problem("rules.gap", what, field=value.name, rule=value.title, remedy=remedy, on=on, region=value.region)


def _gap(
    known: tuple[ParameterValue, ...], name: str, on: date, region: str, known_at: date | None, *, unpublished: bool
) -> Problem:
    title = known[0].title if known else name
    where = f"地区 {region}" if region else "全国"
    if unpublished and known_at is not None:
        what = f"参数「{title}」（{name}）{on.isoformat()} 在{where}的数值到 {known_at.isoformat()} 尚未公布"
    else:
        what = f"参数「{title}」（{name}）在 {on.isoformat()}、{where}没有数值"
    remedy = "请业务管理员核对文件后补录该参数；系统不使用默认值"
    return Problem("rules.gap", what, field=name, rule=title, remedy=remedy, on=on, region=region)
