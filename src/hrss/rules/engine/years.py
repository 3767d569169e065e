"""The year loop of a kernel: for a block of persons, one vector loop over a year's columns, months and states.

The twelve months are written out, so that a year's sums never leave the registers. Every column is watched while it is
read; a state is watched where its bounds carry the proof of the next year, or once at the end where they do not.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hrss.rules.engine.bounds import FoldProof, interval_of, prove
from hrss.rules.engine.divisions import Interval
from hrss.rules.engine.emit import Lower
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import target_names
from hrss.rules.engine.units import Unit

YEAR, ROW = " " * 12, " " * 16


@dataclass(frozen=True, slots=True)
class Shape:
    """How inputs arrive: which are columns (of rows, or periods by rows), which of these are at most 32 bits wide.

    The rest are one value for all rows. ``want`` are named values to give beside the result; ``dense`` tables have a
    place for every key.
    """

    columns: frozenset[str]
    narrow: frozenset[str] = frozenset()
    want: tuple[str, ...] = ()
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A rule with one fold at top level, cut in three: before, the fold, after."""

    before: list[ast.stmt]
    sums: list[ast.Assign]
    fold: ast.Assign
    after: list[ast.stmt]


def call_of(node: ast.Assign) -> ast.Call:
    """The call on the right side of a fold or yearly sum."""
    if not isinstance(node.value, ast.Call):
        raise TypeError("a fold is a call")
    return node.value


@dataclass(frozen=True)
class Years:
    """Writes the year loop of one rule for one shape of inputs."""

    rule: Rule[..., Any]
    shape: Shape
    parts: Parts

    @cached_property
    def states(self) -> list[str]:
        """Names of the states the fold carries."""
        return target_names(self.parts.fold)

    @cached_property
    def sums(self) -> dict[str, ast.Call]:
        """Yearly sums by name."""
        return {target_names(node)[0]: call_of(node) for node in self.parts.sums}

    @cached_property
    def series(self) -> list[str]:
        """What the step reads of a year, in order."""
        return [ast.unparse(item) for item in call_of(self.parts.fold).args[2:]]

    @cached_property
    def months(self) -> list[str]:
        """The monthly series behind the sums, each once."""
        return list(dict.fromkeys(ast.unparse(call.args[1]) for call in self.sums.values()))

    @cached_property
    def proof(self) -> FoldProof:
        """What is proven about the fold."""
        found = prove(self.rule).fold
        if found is None:
            raise TypeError("a rule without a fold has no years")
        return found

    def lines(self) -> list[str]:
        """The whole loop, with the check of the states that waited for its end."""
        read = [name for name in self.months if name in self.shape.columns]
        return [
            f"        for y_ in range({self._length()}):",
            *(line for name in self.sums for line in self._limits(name)[1]),
            *(line for name in self.months for line in self._month_rows(name)),
            *(line for name in self.series for line in self._year_row(name)),
            f"{YEAR}odd_ = np.int64(0)",
            *(f"{YEAR}most_{name} = np.u{self._width(name)}(0)" for name in read),
            f"{YEAR}for i_ in range(size_):",
            *self._month_sums(),
            *self._step(),
            f"{YEAR}strange_ |= odd_ < 0",
            *(f"{YEAR}strange_ |= most_{name} > np.u{self._width(name)}({self._reach(name)})" for name in read),
            *self._final_watch(),
        ]

    def _length(self) -> str:
        counted = next((name for name in self.series if name not in self.sums), None)
        return f"len({counted})" if counted else f"len({self.months[0]}) // 12"

    def _bounds(self, name: str) -> Interval:
        return interval_of(self.rule.inputs[name])

    def _reach(self, name: str) -> int:
        low, high = self._bounds(name)
        return high - low

    def _width(self, name: str) -> str:
        return "int32" if name in self.shape.narrow else "int64"

    def _period(self, name: str, index: str) -> str:
        """One period of a series: a row of the block, or one value for all."""
        return f"{name}[{index}, block_ : block_ + size_]" if name in self.shape.columns else f"{name}[{index}]"

    def _lane(self, name: str) -> str:
        """The narrowest whole number that holds a yearly sum, proven from the bounds of the month rule's result."""
        call = self.sums[name]
        unit = self.rule.source.names[ast.unparse(call.args[0])].source.results[0]
        fits = isinstance(unit, Unit) and 12 * unit.low > -(2**31) and 12 * unit.high < 2**31
        read = [ast.unparse(item) for item in call.args[1:]]
        return "int32" if fits and all(one in self.shape.narrow or self._fits(one) for one in read) else "int64"

    def _fits(self, name: str) -> bool:
        """Whether one value for all, within its checked bounds, fits 32 bits (columns may be wider than theirs)."""
        low, high = self._bounds(name)
        return name not in self.shape.columns and low > -(2**31) and high < 2**31

    def _limits(self, name: str) -> tuple[list[str], list[str]]:
        """How the values of the year are handed to a month rule, and the lines that fetch them."""
        values, lines, lane = [], [], self._lane(name)
        for at, item in enumerate(self.sums[name].args[2:]):
            series, local = ast.unparse(item), f"l_{name}_{at}"
            if series in self.shape.columns:
                lines += [f"{YEAR}{local} = {self._period(series, 'y_')}", f"{YEAR}for i_ in range(size_):"]
                lines.append(scalar_watch(f"{local}[i_]", self._bounds(series), ROW))
                values.append(f"np.{lane}({local}[i_])")
            else:
                lines.append(scalar_watch(f"{series}[y_]", self._bounds(series), YEAR))
                lines.append(f"{YEAR}{local} = np.{lane}({series}[y_])")
                values.append(local)
        return values, lines

    def _month_rows(self, name: str) -> list[str]:
        rows = [f"{YEAR}m{at}_{name} = {self._period(name, f'12 * y_ + {at}')}" for at in range(12)]
        if name in self.shape.columns:
            return rows
        return rows + [scalar_watch(f"m{at}_{name}", self._bounds(name), YEAR) for at in range(12)]

    def _year_row(self, name: str) -> list[str]:
        if name in self.sums:
            return []
        if name in self.shape.columns:
            return [f"{YEAR}y_{name} = {self._period(name, 'y_')}"]
        return [f"{YEAR}y_{name} = np.int64({name}[y_])", scalar_watch(f"y_{name}", self._bounds(name), YEAR)]

    def _month_sums(self) -> list[str]:
        """The twelve months written out, for all sums of the year."""
        lines = [f"{ROW}a_{name} = np.{self._lane(name)}(0)" for name in self.sums]
        for at in range(12):
            lines += [f"{ROW}a_{name} += {self._month(name, at)}" for name in self.sums]
            lines += [self._month_watch(name, at) for name in self.months if name in self.shape.columns]
        return lines

    def _month(self, name: str, at: int) -> str:
        """One month's part of a sum."""
        call, lane = self.sums[name], self._lane(name)
        months = ast.unparse(call.args[1])
        index = "[i_]" if months in self.shape.columns else ""
        values = [str(at + 1), f"np.{lane}(m{at}_{months}{index})", *self._limits(name)[0]]
        return f"np.{lane}({self._called(call.args[0])}({', '.join(values)}))"

    def _month_watch(self, name: str, at: int) -> str:
        """Keep the greatest value above the lower bound; what is below it is very great without a sign."""
        width, low = self._width(name), self._bounds(name)[0]
        value = f"np.{width}(m{at}_{name}[i_])"
        above = value if low == 0 else f"np.{width}({value} - np.{width}({low}))"
        return f"{ROW}most_{name} = max(most_{name}, np.u{width}({above}))"

    def _called(self, node: ast.expr) -> str:
        return ast.unparse(Lower(self.rule.source).expression(node))

    def _step(self) -> list[str]:
        """The year's step on one row: new states, stored, and watched with the values of the year."""
        values = [f"s_{name}[i_]" for name in self.states] + [self._year_value(name) for name in self.series]
        found = ", ".join(f"n_{name}" for name in self.states)
        step = self._called(call_of(self.parts.fold).args[0])
        watched = [text for text in (*self._state_watch(), *self._column_watch()) if text]
        return [
            f"{ROW}{found} = {step}({', '.join(values)})",
            *(f"{ROW}s_{name}[i_] = n_{name}" for name in self.states),
            *([f"{ROW}odd_ |= {' | '.join(watched)}"] if watched else []),
        ]

    def _year_value(self, name: str) -> str:
        if name in self.sums:
            return f"np.int64(a_{name})"
        return f"np.int64(y_{name}[i_])" if name in self.shape.columns else f"y_{name}"

    def _state_watch(self) -> list[str]:
        proof = zip(self.states, self.proof.held, self.proof.results, strict=True)
        return [
            watch(f"n_{name}", held, result)
            for at, (name, held, result) in enumerate(proof)
            if at not in self.proof.waiting
        ]

    def _column_watch(self) -> list[str]:
        """The columns of the year; one of 32 bits cannot pass a bound beyond 32 bits."""
        found = []
        for name in self.series:
            if name in self.shape.columns:
                promised = (-(2**31), 2**31 - 1) if name in self.shape.narrow else (-(2**63), 2**63 - 1)
                found.append(watch(f"np.int64(y_{name}[i_])", self._bounds(name), promised))
        return found

    def _final_watch(self) -> list[str]:
        """States that may pass their bounds on the way are checked once, before the result is made of them."""
        proof = self.proof
        texts = [watch(f"s_{self.states[at]}[i_]", proof.held[at], proof.results[at]) for at in sorted(proof.waiting)]
        watched = [text for text in texts if text]
        if not watched:
            return []
        return [
            "        odd_ = np.int64(0)",
            "        for i_ in range(size_):",
            f"            odd_ |= {' | '.join(watched)}",
            "        strange_ |= odd_ < 0",
        ]


def watch(value: str, bounds: Interval, promised: Interval) -> str:
    """An expression that is negative where a value leaves its bounds; empty where the promise holds it inside.

    Subtraction and "or" are what a compiler runs on many rows at once.
    """
    texts = []
    if promised[1] > bounds[1]:
        texts.append(f"({bounds[1]} - {value})")
    if promised[0] < bounds[0]:
        texts.append(value if bounds[0] == 0 else f"({value} - ({bounds[0]}))")
    return " | ".join(texts)


def scalar_watch(value: str, bounds: Interval, indent: str) -> str:
    """Notice one value outside its bounds."""
    return f"{indent}strange_ |= {value} < {bounds[0]} or {value} > {bounds[1]}"
