"""Random persons for any rule, drawn where formulas turn: bounds, round numbers, numbers equal to each other or to a
number the formula names, and whole tables; and the comparison of plain form, compiled form and oracle over them.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from tests.rules.oracles import employment, insurance, labour, services
from tests.rules.oracles.arithmetic import NoAnswer

from hrss.kernel.problem import Problem
from hrss.rules.engine.columns import Setting, run_columns
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import Measure, SeriesUnit, TableUnit, Unit

ORACLES: dict[str, Callable[..., Any]] = insurance.ORACLES | employment.ORACLES | labour.ORACLES | services.ORACLES
YEARS = 6
ROWS = 60  # persons who share one set of tables


@dataclass
class Outcome:
    """What a comparison found: persons asked, answered, and the first differences."""

    persons: int = 0
    answered: int = 0
    wrong: int = 0
    first: str = ""

    def note(self, what: str) -> None:
        """Count a difference and keep the first."""
        self.wrong += 1
        self.first = self.first or what


def compare(rule: Rule[..., Any], persons: int, *, seed: int = 1, compiled: bool = True) -> Outcome:
    """Ask the oracle, the plain form and the compiled form about random persons; they must agree on every one."""
    found = Outcome()
    draw = random.Random(f"{rule.name} {seed}")
    while found.persons < persons:
        rows, common = _people(rule, draw, min(ROWS, persons - found.persons))
        _compare_rows(rule, rows, common, found, compiled=compiled)
    return found


def _compare_rows(
    rule: Rule[..., Any], rows: list[dict[str, Any]], common: Mapping[str, Any], found: Outcome, *, compiled: bool
) -> None:
    oracle, answers, kept = ORACLES[rule.name], [], []
    for row in rows:
        found.persons += 1
        wanted, plain = _asked(oracle, row | common), _asked(rule, row | common)
        if wanted != plain:
            found.note(f"{row | common}: oracle {wanted}, plain {plain}")
        elif plain is not None:
            answers.append(plain)
            kept.append(row)
    found.answered += len(kept)
    if not (compiled and kept):
        return
    columns = {name: np.asarray([row[name] for row in kept], np.int64).T for name in kept[0]}
    columns = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    fast = run_columns(rule, columns, Setting(common=common))["amount"].tolist() if columns else answers
    for row, plain, quick in zip(kept, answers, fast, strict=True):
        if plain != quick:
            found.note(f"{row | common}: plain {plain}, compiled {quick}")


def _asked(form: Callable[..., Any], facts: Mapping[str, Any]) -> int | None:
    """A number, or None for a refusal."""
    try:
        return int(_call(form, facts))
    except (NoAnswer, Problem):
        return None


def _call(form: Callable[..., Any], facts: Mapping[str, Any]) -> Any:
    """By name where the oracle has the rule's names, else in the rule's order."""
    code = getattr(form, "__code__", None)
    if code is None or code.co_flags & 0x08 or set(code.co_varnames[: code.co_argcount]) == set(facts):
        return form(**facts)
    return form(*facts.values())


def _people(rule: Rule[..., Any], draw: random.Random, count: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Persons in the rule's order of inputs, and the tables they share."""
    marks = _marks(rule)
    common = {name: _table(unit, draw) for name, unit in rule.inputs.items() if isinstance(unit, TableUnit)}
    keys = [key for table in common.values() for key in table[::2]]
    rows = []
    for _ in range(count):
        row: dict[str, Any] = {}
        for name, unit in rule.inputs.items():
            if name not in common:
                row[name] = _value(unit, draw, [*marks, *keys, *(v for v in row.values() if isinstance(v, int))])
        SHAPES.get(rule.name, _as_drawn)(row, draw)
        rows.append(row)
    return rows, common


def _as_drawn(_row: dict[str, Any], _draw: random.Random) -> None:
    """Most rules answer whoever is drawn."""


def _marked(row: dict[str, Any], draw: random.Random) -> None:
    """Marks within their full mark and weights of one whole, for most persons."""
    if draw.random() < 0.8:
        for name in ("public", "professional"):
            row[f"{name}_full"] = draw.choice((10_000, 15_000, draw.randint(1, 50_000)))
            row[name] = draw.choice((0, row[f"{name}_full"], draw.randint(0, row[f"{name}_full"])))
        first = draw.randint(0, 100)
        second = draw.randint(0, 100 - first)
        row["public_weight"], row["professional_weight"] = first, second
        row["interview_weight"] = 100 - first - second + draw.choice((0, 0, 0, 0, 0, 0, 0, 1))
        row["interview_weight"] = min(row["interview_weight"], 100)


SHAPES: dict[str, Callable[[dict[str, Any], random.Random], None]] = {"talent.recruitment_score": _marked}


def _marks(rule: Rule[..., Any]) -> list[int]:
    """Numbers the formula names: where it is likely to turn."""
    found = [node.value for node in ast.walk(rule.source.tree) if isinstance(node, ast.Constant)]
    return [int(value) for value in found if isinstance(value, int)] or [0]


def _value(unit: Measure, draw: random.Random, marks: list[int]) -> Any:
    if isinstance(unit, SeriesUnit):
        length = 12 * YEARS if unit.most > 500 else YEARS
        return tuple(_number(unit.value, draw, marks) for _ in range(length))
    if isinstance(unit, Unit):
        return _number(unit, draw, marks)
    return int(draw.choice(list(unit)))  # type: ignore[arg-type]


def _number(unit: Unit, draw: random.Random, marks: list[int]) -> int:
    """A third anywhere, a third small or at a bound, a third at or beside a mark."""
    way = draw.randrange(6)
    if way < 2:
        high = unit.high if draw.random() < 0.5 else min(unit.high, unit.low + 2_000_000)
        return draw.randint(unit.low, high)
    if way == 2:
        return min(unit.high, unit.low + draw.randrange(40))
    if way == 3:
        return draw.choice((unit.low, unit.high, draw.randint(unit.low, min(unit.high, unit.low + 1200))))
    near = draw.choice(marks) * draw.choice((1, 1, 1, 12, 100, unit.scale)) + draw.choice((-1, 0, 0, 1))
    return min(max(near, unit.low), unit.high)


def _table(unit: TableUnit, draw: random.Random) -> tuple[int, ...]:
    """Rows with rising keys, half of them dense from nought or one."""
    dense = draw.random() < 0.5
    keys = range(draw.randrange(3), 14) if dense else sorted(draw.sample(range(200), draw.randint(2, 20)))
    low, high = max(unit.value.low, 0), min(unit.value.high, 10**6)
    return tuple(part for key in keys for part in (key, draw.randint(low, high)))
