"""Explanation: a result with everything that led to it, for people in Chinese and for machines as JSON.

It keeps the facts, the named values and the parameter versions; words are made when read. It can be computed again
from its own JSON and then gives the same fen.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hrss.rules.engine.parameters import STATUS_WORDS, STATUSES, ParameterValue
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.telling import Step, teller_of, told


@dataclass(frozen=True)
class Explanation:
    """The answer of a rule for one person: amount, named parts, facts, parameter versions and status."""

    rule: Rule[..., Any]
    amount: Any
    named: Mapping[str, Any]
    parameters: tuple[ParameterValue, ...] = ()
    on: date | None = None
    region: str = ""
    known_at: date | None = None

    @property
    def status(self) -> str:
        """The weakest status among the parameters used: final, provisional, unverified or disputed."""
        return max((value.status for value in self.parameters), key=STATUSES.index, default="final")

    def part(self, name: str) -> Any:
        """Give a named intermediate result; 0 where the formula ended before it."""
        if name not in self.rule.source.steps and name not in self.rule.inputs:
            raise KeyError(name)
        return self.named.get(name, 0)

    @property
    def summands(self) -> dict[str, Any]:
        """Give the named values whose plain sum the result is, in order.

        Empty where the last line of the formula is no such sum, or where it ended before.
        """
        last = self.rule.source.body[-1]
        names = _added(last.value) if isinstance(last, ast.Return) and last.value else []
        if len(names) < 2 or not set(names) <= set(self.named):
            return {}
        return {name: self.named[name] for name in names}

    @property
    def shown(self) -> str:
        """The amount in words."""
        return told(self.rule, self.amount)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps that were taken, in order."""
        return teller_of(self.rule)(self.named, self.amount)

    def to_json(self) -> dict[str, Any]:
        """Give the explanation as plain JSON; ``replay`` computes it again from this."""
        return {
            "rule": self.rule.name, "title": self.rule.title, "article": self.rule.article, "payer": self.rule.payer,
            "amount": _plain(self.amount), "shown": self.shown, "rounding": self.rule.rounding, "status": self.status,
            "on": self.on.isoformat() if self.on else None, "region": self.region,
            "known_at": self.known_at.isoformat() if self.known_at else None,
            "facts": {name: _plain(self.named[name]) for name in self.rule.facts},
            "overridden": {
                name: _plain(self.named[name])
                for name, key in self.rule.parameters.items()
                if key not in {value.name for value in self.parameters}
            },
            "steps": [step.to_json() for step in self.steps],
            "parameters": [value.to_json() for value in self.parameters],
        }  # fmt: skip

    def to_text(self) -> str:
        """Give the explanation as Chinese text for people."""
        lines = [f"{self.rule.title}：{self.shown}", f"依据：{self.rule.article}"]
        lines += [f"由谁支付：{self.rule.payer}"] if self.rule.payer else []
        for at, step in enumerate(self.steps, 1):
            lines += step.to_lines(str(at))
        for value in self.parameters:
            lines.append(f"参数〔{value.title}〕{STATUS_WORDS[value.status]}，{value.document or value.source}")
        if self.status != "final":
            lines.append(f"提示：所用参数{STATUS_WORDS[self.status]}，结果仅供参考，以核定为准。")
        return "\n".join(lines)


def _added(node: ast.expr) -> list[str]:
    """Give the names a sum of names adds up; nothing where anything else stands in it."""
    if isinstance(node, ast.Name):
        return [node.id]
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
        return []
    left, right = _added(node.left), _added(node.right)
    return [*left, *right] if left and right else []


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else int(value)
