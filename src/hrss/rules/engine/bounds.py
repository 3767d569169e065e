"""Proof that a formula stays within 64 bits and never divides by zero, from the bounds of its inputs.

Intervals are carried through the checked source, guards narrow them, called rules are followed with the intervals of
their arguments. What cannot be proven is not compiled: the plain form, exact at any size, answers instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrss.kernel.problem import Problem
from hrss.rules.engine.divisions import LIMIT, LONG, Division, Floor, Interval, hull
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import Source, target_names
from hrss.rules.engine.tracing import bare_function
from hrss.rules.engine.units import MOST_YEARS, Measure, SeriesUnit, TableUnit, Unit

Facts = dict[str, Interval]
WIDE = 10**8  # upper bound from which an input is an amount of money that rarely comes near it
_MIRRORED = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq}
_NEGATED = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip


def interval_of(unit: Measure) -> Interval:
    """The bounds a unit promises."""
    if isinstance(unit, TableUnit | SeriesUnit):
        return interval_of(unit.value)
    if isinstance(unit, Unit):
        return unit.low, unit.high
    members = [int(member) for member in unit]
    return min(members), max(members)


@dataclass
class Proof:
    """What was proven about a rule: its results, its divisions by rule and text, and what a year gives in its fold."""

    results: tuple[Interval, ...] = ()
    divisions: dict[tuple[str, str], Division] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    fold: FoldProof | None = None

    def forms(self, rule: Rule[..., Any]) -> dict[str, str]:
        """The compiled form of each division of a rule, by its text."""
        return {text: found.form for (name, text), found in self.divisions.items() if name == rule.name}

    def lanes(self, name: str) -> dict[str, str]:
        """The form of each division of a rule in double lanes, by its text."""
        return {text: found.lane for (owner, text), found in self.divisions.items() if owner == name}


@dataclass(frozen=True, slots=True)
class FoldProof:
    """The states of a fold: their declared bounds, what a year gives, and which may wait for a check at the end."""

    held: tuple[Interval, ...]
    results: tuple[Interval, ...]
    waiting: frozenset[int]


def prove(rule: Rule[..., Any]) -> Proof:
    """Prove a rule for all inputs within their bounds; the faults say what could not be proven."""
    kept: Proof | None = rule.__dict__.get("_proof")
    if kept is None:
        kept = rule.__dict__["_proof"] = Proof()
        start = {name: interval_of(unit) for name, unit in rule.inputs.items()}
        kept.results = _Walker(rule.source, rule.name, kept).run(start)
    return kept


def prove_from(rule: Rule[..., Any], start: Facts) -> Proof:
    """Prove a rule for inputs within the given bounds."""
    proof = Proof()
    proof.results = _Walker(rule.source, rule.name, proof).run(start)
    return proof


def usual(rule: Rule[..., Any]) -> Facts:
    """Bounds nearly all inputs keep: a tenth of what an amount may reach, everything else as declared."""
    found = {name: interval_of(unit) for name, unit in rule.inputs.items()}
    wide = [name for name, unit in rule.inputs.items() if isinstance(unit, Unit) and unit.high >= WIDE]
    return found | {name: (found[name][0], found[name][1] // 10) for name in wide}


def demand_proof(rule: Rule[..., Any]) -> None:
    """Raise the Problem of a rule that cannot be proven."""
    faults = prove(rule).faults
    if faults:
        remedy = "收紧输入的单位范围，或加一道判断"
        raise Problem("rules.unproven", f"规则 {rule.name}：{'；'.join(faults[:3])}", remedy=remedy)


def _product(one: Interval, other: Interval) -> Interval:
    ends = [a * b for a in one for b in other]
    return min(ends), max(ends)


def _divided(amount: Interval, divisor: Interval) -> Interval:
    ends = [a // d for a in amount for d in divisor if d]
    return (min(ends), max(ends) + 1) if ends else (0, 0)


class _Walker:
    """Carries intervals through one rule; ``ended`` collects the intervals of all returns."""

    def __init__(self, source: Source, name: str, proof: Proof) -> None:
        self.source = source
        self.name = name
        self.proof = proof
        self.ended: list[tuple[Interval, ...]] = []

    def run(self, facts: Facts) -> tuple[Interval, ...]:
        """Walk the rule; gives the hull of its results."""
        self.body(bare_function(self.source).body, dict(facts))
        width = max((len(item) for item in self.ended), default=1)
        columns = [[item[at] for item in self.ended if len(item) > at] for at in range(width)]
        return tuple((min(low for low, _ in column), max(high for _, high in column)) for column in columns)

    def body(self, statements: list[ast.stmt], facts: Facts) -> Facts | None:
        """Walk statements; None where every path has returned."""
        here: Facts | None = facts
        for node in statements:
            if here is None:
                return None
            here = self.statement(node, here)
        return here

    def statement(self, node: ast.stmt, facts: Facts) -> Facts | None:
        """Walk one statement."""
        if isinstance(node, ast.If):
            return self.branch(node, facts)
        if isinstance(node, ast.Return) and node.value is not None:
            items = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            self.ended.append(tuple(self.value(item, facts) for item in items))
            return None
        if isinstance(node, ast.Assign):
            return facts | self.assigned(node, facts)
        return None  # a refusal

    def branch(self, node: ast.If, facts: Facts) -> Facts | None:
        """Walk both branches with what the test says, and join."""
        self.value(node.test, facts)
        then = self.body(node.body, self.narrowed(node.test, facts, True))
        other = self.body(node.orelse, self.narrowed(node.test, facts, False))
        if then is None or other is None:
            return other if then is None else then
        return {name: hull(then[name], other[name]) for name in then.keys() & other.keys()}

    def assigned(self, node: ast.Assign, facts: Facts) -> Facts:
        """Intervals an assignment binds."""
        names = target_names(node)
        call = node.value if isinstance(node.value, ast.Call) else None
        called = call.func.id if call and isinstance(call.func, ast.Name) else ""
        if call and called == "fold":
            return dict(zip(names, self.folded(call, facts), strict=True))
        if call and called == "yearly":
            return {names[0]: self.summed(call, facts)}
        return {names[0]: self.value(node.value, facts)}

    def folded(self, call: ast.Call, facts: Facts) -> list[Interval]:
        """The states of a fold: their declared bounds, which the kernel checks every year or at the end."""
        step: Rule[..., Any] = self.source.names[ast.unparse(call.args[0])]
        start = call.args[1].elts if isinstance(call.args[1], ast.Tuple) else [call.args[1]]
        states = [interval_of(unit) for unit in list(step.inputs.values())[: len(start)]]
        opening = [self.value(item, facts) for item in start]
        if any(low < held[0] or high > held[1] for (low, high), held in zip(opening, states, strict=True)):
            self.fault(call, "累计的起点超出状态的范围")
        if step.refuses:
            self.fault(call, "累计的一步可能拒绝")
        years = _Years(step, states, opening, [self.value(item, facts) for item in call.args[2:]])
        grown, waiting = years.waiting()
        results = self.step(call, step, [*grown, *years.series])
        self.proof.fold = FoldProof(tuple(states), results, waiting)
        return states

    def summed(self, call: ast.Call, facts: Facts) -> Interval:
        """Twelve times the month rule."""
        step: Rule[..., Any] = self.source.names[ast.unparse(call.args[0])]
        low, high = self.called(call, step, [(1, 12), *(self.value(item, facts) for item in call.args[1:])])
        return 12 * low, 12 * high

    def called(self, call: ast.Call, rule: Rule[..., Any], values: list[Interval]) -> Interval:
        """Follow a called rule with the intervals of its arguments."""
        return self.step(call, rule, values)[0]

    def step(self, call: ast.Call, rule: Rule[..., Any], values: list[Interval]) -> tuple[Interval, ...]:
        """Follow a called rule that may give several results."""
        if any(name in ("fold", "yearly") for name, _ in rule.source.calls()):
            return (self.fault(call, "累计只能写在最外层的规则里"),) * rule.source.states
        return _Walker(rule.source, rule.name, self.proof).run(dict(zip(rule.inputs, values, strict=True)))

    def fault(self, node: ast.AST, what: str) -> Interval:
        """Note what could not be proven."""
        self.proof.faults.append(f"{what}：{ast.unparse(node)}（{self.name}）")
        return -LIMIT, LIMIT

    def value(self, node: ast.expr, facts: Facts) -> Interval:
        """The interval of an expression, checked against the limit."""
        found = self._value(node, facts)
        return found if found[0] >= -LIMIT and found[1] <= LIMIT else self.fault(node, "可能超出 64 位")

    def _value(self, node: ast.expr, facts: Facts) -> Interval:
        if isinstance(node, ast.Constant):
            return int(node.value), int(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.Name):
            return self.name_value(node, facts)
        if isinstance(node, ast.Attribute):
            member = int(getattr(self.source.names[ast.unparse(node.value)], node.attr))
            return member, member
        if isinstance(node, ast.BinOp):
            return self.operation(node, facts)
        return self.compound(node, facts)

    def name_value(self, node: ast.Name, facts: Facts) -> Interval:
        """The interval of a name: a value, or a constant of the module."""
        if node.id in facts:
            return facts[node.id]
        constant = int(self.source.names[node.id])
        return constant, constant

    def compound(self, node: ast.expr, facts: Facts) -> Interval:
        """Intervals of negation, tests, choices between values, and calls."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            low, high = self.value(node.operand, facts)
            return -high, -low
        if isinstance(node, ast.IfExp):
            self.value(node.test, facts)
            then = self.value(node.body, self.narrowed(node.test, facts, True))
            return hull(then, self.value(node.orelse, self.narrowed(node.test, facts, False)))
        if isinstance(node, ast.Call):
            return self.call(node, facts)
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                self.value(part, facts)
        return 0, 1

    def operation(self, node: ast.BinOp, facts: Facts) -> Interval:
        """Intervals of + - × // %."""
        left, right = self.value(node.left, facts), self.value(node.right, facts)
        if isinstance(node.op, ast.Add):
            return left[0] + right[0], left[1] + right[1]
        if isinstance(node.op, ast.Sub):
            return left[0] - right[1], left[1] - right[0]
        if isinstance(node.op, ast.Mult):
            return _product(left, right)
        if right[0] <= 0:
            return self.fault(node, "可能除以零")
        self.note(node, Floor(left, right, "over" if isinstance(node.op, ast.Mod) else "down"))
        return (0, right[1] - 1) if isinstance(node.op, ast.Mod) else _divided(left, right)

    def call(self, node: ast.Call, facts: Facts) -> Interval:
        """The interval of a primitive or of a called rule."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        rule = self.source.names.get(name)
        values = [(0, 0) if _is_rule_name(self.source, item) else self.value(item, facts) for item in node.args]
        if isinstance(rule, Rule):
            return self.called(node, rule, values)
        if name in ("half_up", "up", "down"):
            return self.division(node, name, values[0], values[1])
        if name == "half_up_product":
            return self.division(node, "", _product(values[0], values[1]), values[2])
        if name == "share_of":
            return self.division(node, name, _product(values[0], values[1]), (10**6, 10**6))
        return _SIMPLE[name](values)

    def division(self, node: ast.Call, name: str, amount: Interval, divisor: Interval) -> Interval:
        """A division with rounding: the divisor is positive, the amount fits."""
        if divisor[0] <= 0:
            return self.fault(node, "可能除以零")
        if name and amount[1] + divisor[1] > LIMIT:
            return self.fault(node, "可能超出 64 位")
        if amount[0] < 0 and name in ("", "share_of"):
            return self.fault(node, "可能为负数")
        rounds = name in ("up", "down")
        self.note(node, Floor(amount, divisor, name) if rounds else Division(amount, divisor))
        return _divided(amount, divisor)

    def note(self, node: ast.expr, division: Division) -> None:
        """Keep what is known of a division in the source."""
        key = self.name, ast.unparse(node)
        self.proof.divisions[key] = division.joined(self.proof.divisions.get(key))

    def narrowed(self, test: ast.expr, facts: Facts, holds: bool) -> Facts:
        """What a test being true (or false) says about names."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.narrowed(test.operand, facts, not holds)
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
            for part in test.values:
                facts = self.narrowed(part, facts, holds)
            return facts
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            return self.compared(test, facts, holds)
        return facts

    def compared(self, test: ast.Compare, facts: Facts, holds: bool) -> Facts:
        """Narrow by one comparison of a name with a value, on either side."""
        kind: Any = type(test.ops[0]) if holds else _NEGATED.get(type(test.ops[0]))
        left, right = test.left, test.comparators[0]
        found = dict(facts)
        if isinstance(left, ast.Name) and left.id in facts:
            found[left.id] = _cut(facts[left.id], kind, self.value(right, facts))
        if isinstance(right, ast.Name) and right.id in facts:
            found[right.id] = _cut(facts[right.id], _MIRRORED.get(kind), self.value(left, facts))
        return found


def _cut(held: Interval, kind: Any, other: Interval) -> Interval:
    """Cut an interval by a comparison; an empty result keeps the old one (the branch is never taken)."""
    low, high = held
    if kind in (ast.Lt, ast.LtE):
        high = min(high, other[1] - (kind is ast.Lt))
    elif kind in (ast.Gt, ast.GtE):
        low = max(low, other[0] + (kind is ast.Gt))
    elif kind is ast.Eq:
        low, high = max(low, other[0]), min(high, other[1])
    elif kind is ast.NotEq and other[0] == other[1]:
        low, high = low + (low == other[0]), high - (high == other[0])
    return (low, high) if low <= high else held


class _Years:
    """Years of a fold: which states may pass their bounds for all the years a fold can have without harm."""

    def __init__(
        self, step: Rule[..., Any], held: list[Interval], opening: list[Interval], series: list[Interval]
    ) -> None:
        self.step = step
        self.held = held
        self.opening = opening
        self.series = series

    def waiting(self) -> tuple[list[Interval], frozenset[int]]:
        """Intervals of all states over the years, and the states that need no check before the end.

        A sum (of months, of indices) cannot pass 64 bits in a life; a balance with interest might, so it is watched.
        """
        alone = frozenset(at for at in range(len(self.held)) if self.grown(frozenset({at})))
        grown = self.grown(alone) if alone else None
        return (grown, alone) if grown else (self.held, frozenset())

    def grown(self, free: frozenset[int]) -> list[Interval] | None:
        """What the free states reach, the others watched; None where the proof of a year fails on the way."""
        now = [self.opening[at] if at in free else held for at, held in enumerate(self.held)]
        for _ in range(MOST_YEARS):
            trial = Proof()
            found = _Walker(self.step.source, self.step.name, trial).run(
                dict(zip(self.step.inputs, [*now, *self.series], strict=True))
            )
            if trial.faults or any(max(-found[at][0], found[at][1]) > LONG for at in free):
                return None
            now = [hull(held, found[at]) if at in free else held for at, held in enumerate(now)]
        return [hull(interval, held) for interval, held in zip(now, self.held, strict=True)]


def _is_rule_name(source: Source, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and isinstance(source.names.get(node.id), Rule)


_SIMPLE: Mapping[str, Callable[[list[Interval]], Interval]] = {
    "min": lambda values: (min(low for low, _ in values), min(high for _, high in values)),
    "max": lambda values: (max(low for low, _ in values), max(high for _, high in values)),
    "abs": lambda values: (0, max(abs(values[0][0]), abs(values[0][1]))),
    "between": lambda values: (min(values[1][0], values[2][0]), max(values[1][1], values[2][1])),
    "bracket": lambda values: values[0],
    "exact": lambda values: values[0],
    "listed": lambda values: (0, 1),
    "refuse": lambda values: (0, 0),
}
