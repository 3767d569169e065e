"""What-if: one parameter replaced, a table of persons computed twice; who gains, who loses, what it costs, and where.

It changes nothing and knows no names: the table brings facts, township codes and ages only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from hrss.kernel.problem import Problem
from hrss.rules.catalogue import load_all
from hrss.rules.engine.columns import Setting, run_columns
from hrss.rules.engine.loading import default_parameters
from hrss.rules.engine.rule import find_rule
from hrss.rules.engine.tables import columns_of

AGE_BANDS = (0, 16, 30, 40, 50, 60, 70, 80)


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """The effect on one group: persons, gainers, losers, sum of changes in fen."""

    name: str
    persons: int
    gainers: int
    losers: int
    cost: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The effect of a changed parameter on a table of persons."""

    rule: str
    changes: Mapping[str, str]
    total: GroupEffect
    before: int
    after: int
    by_township: tuple[GroupEffect, ...]
    by_age: tuple[GroupEffect, ...]

    def to_text(self) -> str:
        """Give the effect as Chinese text."""
        changes = "；".join(f"{name} 改为 {value}" for name, value in self.changes.items())
        lines = [f"模拟：{changes}（规则 {self.rule}）", _line(self.total)]
        lines += ["按乡镇：", *(f"  {_line(group)}" for group in self.by_township)] if self.by_township else []
        lines += ["按年龄：", *(f"  {_line(group)}" for group in self.by_age)] if self.by_age else []
        return "\n".join(lines)


def _line(group: GroupEffect) -> str:
    money = f"{group.cost / 100:,.2f}"
    return f"{group.name}：{group.persons} 人，受益 {group.gainers}，受损 {group.losers}，变动合计 {money} 元"


def parse_change(text: str) -> tuple[str, Any, str]:
    """Read ``PARAM=VALUE`` (a table as ``1:3,2:6``): name, scaled value, value as written."""
    name, sign, written = text.partition("=")
    versions = default_parameters().versions(name.strip())
    unit = versions[0].unit
    if not sign or unit is None:
        raise Problem("rules.bad_change", f"「{text}」不是可模拟的改动", field=name, remedy="写成 参数名=数值")
    if ":" not in written:
        value = unit.read(written.strip(), field=name)
        unit.check(value, field=name, label=versions[0].title, rule="模拟")
        return name.strip(), value, written.strip()
    pairs = [item.split(":") for item in written.split(",")]
    table = sorted((int(key), unit.read(number, field=name)) for key, number in pairs)
    return name.strip(), tuple(part for pair in table for part in pair), written.strip()


def simulate(
    rule_name: str,
    table: Any,
    *,
    changes: list[str],
    on: date,
    region: str = "",
    township: str = "township",
    age: str = "age",
    common: Mapping[str, Any] | None = None,
) -> Simulation:
    """Compute a rule over a table with and without changed parameters; ``changes`` are ``PARAM=VALUE`` texts."""
    load_all()
    rule = find_rule(rule_name)
    read = [parse_change(text) for text in changes]
    _check_used(rule.parameters.values(), read, rule.title)
    columns = columns_of(table)
    facts = {name: columns[name] for name in rule.inputs if name in columns}
    store = default_parameters()
    changed = store.with_overrides({name: value for name, value, _ in read})
    before = run_columns(rule, facts, Setting(on=on, region=region, parameters=store, common=common))["amount"]
    after = run_columns(rule, facts, Setting(on=on, region=region, parameters=changed, common=common))["amount"]
    delta = after - before
    return Simulation(
        rule=rule.name,
        changes={name: written for name, _, written in read},
        total=_effect("合计", delta),
        before=int(before.sum()),
        after=int(after.sum()),
        by_township=_by(columns.get(township), delta),
        by_age=_by_age(columns.get(age), delta),
    )


def _check_used(known: Any, read: list[tuple[str, Any, str]], title: str) -> None:
    for name, _, _ in read:
        if name not in set(known):
            remedy = f"可模拟的参数：{'、'.join(sorted(set(known)))}"
            raise Problem("rules.unused_parameter", f"「{title}」不使用参数 {name}", field=name, remedy=remedy)


def _effect(name: str, delta: npt.NDArray[np.int64]) -> GroupEffect:
    return GroupEffect(name, len(delta), int((delta > 0).sum()), int((delta < 0).sum()), int(delta.sum()))


def _by(column: Any, delta: npt.NDArray[np.int64]) -> tuple[GroupEffect, ...]:
    if column is None:
        return ()
    names, places = np.unique(np.asarray(column), return_inverse=True)
    return tuple(_effect(str(name), delta[places == at]) for at, name in enumerate(names))


def _by_age(column: Any, delta: npt.NDArray[np.int64]) -> tuple[GroupEffect, ...]:
    if column is None:
        return ()
    bands = np.digitize(np.asarray(column), AGE_BANDS) - 1
    groups = [(at, delta[bands == at]) for at in range(len(AGE_BANDS))]
    return tuple(_effect(_band(at), part) for at, part in groups if len(part))


def _band(at: int) -> str:
    if at + 1 == len(AGE_BANDS):
        return f"{AGE_BANDS[at]} 岁及以上"
    return f"{AGE_BANDS[at]}—{AGE_BANDS[at + 1] - 1} 岁"
