"""Sample columns for any rule, within the bounds of its units: for warming kernels, tests and generated pages.

Samples follow from the declared units alone, seeded, so that they are the same on every machine. They are no persons.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hrss.rules.catalogue import list_rules
from hrss.rules.engine.columns import Setting, is_compilable, run_columns
from hrss.rules.engine.kernels import warm
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import Measure, SeriesUnit, TableUnit, Unit

YEARS = 6
MONTHS = 12 * YEARS


def sample_columns(rule: Rule[..., Any], rows: int, *, seed: int = 7) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give columns for the facts of a rule and common values for its tables, within all bounds."""
    draw = np.random.default_rng(seed)
    columns = {name: _column(draw, unit, rows) for name, unit in rule.inputs.items() if not _is_table(unit)}
    common = {name: _table(draw, unit) for name, unit in rule.inputs.items() if isinstance(unit, TableUnit)}
    return columns, common


def _is_table(unit: Measure) -> bool:
    return isinstance(unit, TableUnit)


def _column(draw: np.random.Generator, unit: Measure, rows: int) -> Any:
    if isinstance(unit, SeriesUnit):
        length = MONTHS if unit.most > 12 * YEARS * 2 else YEARS
        return np.stack([_values(draw, unit.value, rows) for _ in range(length)])
    if isinstance(unit, Unit):
        return _values(draw, unit, rows)
    members = np.asarray([int(member) for member in unit], np.int64)  # type: ignore[union-attr]
    return draw.choice(members, rows)


def _values(draw: np.random.Generator, unit: Unit, rows: int) -> Any:
    """Half over the whole range, a quarter near the low end, the rest at both ends."""
    wide = draw.integers(unit.low, unit.high, rows, endpoint=True)
    near = draw.integers(unit.low, min(unit.high, unit.low + 400), rows, endpoint=True)
    edge = draw.choice(np.asarray([unit.low, unit.high, min(unit.low + 1, unit.high)]), rows)
    kind = draw.integers(0, 8, rows)
    return np.where(kind < 4, wide, np.where(kind < 7, near, edge))


def _table(draw: np.random.Generator, unit: TableUnit) -> tuple[int, ...]:
    keys = [0, *sorted({int(key) for key in draw.integers(1, 120, 30)})]
    values = draw.integers(max(unit.value.low, 0), min(unit.value.high, 10**6), len(keys), endpoint=True)
    return tuple(int(part) for pair in zip(keys, values, strict=True) for part in pair)


def warm_all() -> int:
    """Compile every rule that can be compiled, for columns of facts; gives how many. Run at set-up."""
    return warm((rule for rule in list_rules() if is_compilable(rule)), run=_run_small)


def _run_small(rule: Rule[..., Any]) -> None:
    columns, common = sample_columns(rule, 0)
    run_columns(rule, columns, Setting(common=common))
