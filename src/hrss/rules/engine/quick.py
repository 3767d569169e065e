"""One person answered by the compiled form: for calls by the thousand inside a request, without an explanation.

All inputs are given as whole numbers and NumPy series. What a kernel refuses or does not trust, the plain form answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from hrss.rules.engine.columns import arranged, is_compilable
from hrss.rules.engine.kernels import Kernel, kernel_of
from hrss.rules.engine.prelude import REFUSED
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import SeriesUnit, TableUnit, Unit
from hrss.rules.engine.years import Shape


def quick(rule: Rule[..., Any], facts: Mapping[str, Any]) -> int:
    """Answer one person from whole numbers and NumPy series by the compiled form, without an explanation.

    For calls by the thousand inside a request; all inputs are given. Falls back to the plain form like ``batch`` does.
    """
    prepared: _Quick | None = rule.__dict__.get("_quick")
    if prepared is None:
        prepared = rule.__dict__["_quick"] = _Quick(rule)
    return prepared(facts)


class _Quick:
    """A kernel for one row with everything that does not depend on the person worked out."""

    def __init__(self, rule: Rule[..., Any]) -> None:
        self.rule = rule
        series = frozenset(name for name, unit in rule.inputs.items() if isinstance(unit, SeriesUnit))
        self.compiled = is_compilable(rule) and rule.source.states == 1
        self.kernels: dict[bool, Kernel] = {}
        self.arrays = series | {name for name, unit in rule.inputs.items() if isinstance(unit, TableUnit)}
        self.bounds = [(name, unit) for name, unit in rule.inputs.items() if isinstance(unit, Unit)]

    def __call__(self, facts: Mapping[str, Any]) -> int:
        for name, unit in self.bounds:
            if not unit.low <= facts[name] <= unit.high:
                unit.check(facts[name], field=name, label=self.rule.word(name), rule=self.rule.title)
        out = np.empty(1, np.int64)
        if not self.compiled or self._run(facts, out) or out[0] == REFUSED:
            return int(self.rule(**{name: _plain(facts[name]) for name in self.rule.inputs}))
        return int(out[0])

    def _run(self, facts: Mapping[str, Any], out: Any) -> bool:
        inputs, dense = arranged(self.rule, {name: self._value(name, facts[name]) for name in self.rule.inputs})
        run = self.kernels.get(dense)
        if run is None:
            run = self.kernels[dense] = kernel_of(self.rule, Shape(frozenset(), dense=dense))
        return run(0, 1, *inputs, out)

    def _value(self, name: str, value: Any) -> Any:
        if name not in self.arrays or isinstance(value, np.ndarray):
            return value
        return np.asarray(value, np.int64)


def _plain(value: Any) -> Any:
    return tuple(value.tolist()) if isinstance(value, np.ndarray) else value
