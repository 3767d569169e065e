"""The plain form without its small calls: the same formula, with the month rule and the divisions written in place.

A life has 360 months; calling a month rule for each is most of what one person's answer costs. What is written in
place is the rule's own source; a month rule of several statements is called as before.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from hrss.rules.engine.arithmetic import PRIMITIVES, twelve_months
from hrss.rules.engine.source import Source

Sums = Callable[..., Sequence[int]]


class InPlace(ast.NodeTransformer):
    """Writes ``min``, ``max`` and ``half_up`` of whole numbers out as comparisons; new names end in ``_``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Write one call out where it is one of the three and means the primitive."""
        made: Any = self.generic_visit(node)
        name = made.func.id if isinstance(made.func, ast.Name) else ""
        write = {"min": self._lesser, "max": self._greater, "half_up": self._rounded}.get(name)
        if write is None or len(made.args) != 2 or self.source.names.get(name) is not PRIMITIVES[name]:
            return made  # type: ignore[no-any-return]
        return ast.copy_location(write(*made.args), node)

    def _lesser(self, one: ast.expr, other: ast.expr) -> ast.expr:
        return self._chosen("<=", one, other)

    def _greater(self, one: ast.expr, other: ast.expr) -> ast.expr:
        return self._chosen(">=", one, other)

    def _chosen(self, sign: str, one: ast.expr, other: ast.expr) -> ast.expr:
        (first, left), (second, right) = self._once(one), self._once(other)
        return _expression(f"{left} if {first} {sign} {second} else {right}")

    def _rounded(self, amount: ast.expr, divisor: ast.expr) -> ast.expr:
        (first, again), (_, below) = self._once(amount), self._once(divisor)
        if not isinstance(divisor, ast.Name | ast.Constant):
            return ast.Call(ast.Name("half_up", ast.Load()), [amount, divisor], [])
        return _expression(f"({again} + {below} // 2) // {below} if {first} >= 0 else half_up({again}, {below})")

    def _once(self, node: ast.expr) -> tuple[str, str]:
        """How a value is written the first time and again, so that it is computed once."""
        if isinstance(node, ast.Name | ast.Constant):
            return ast.unparse(node), ast.unparse(node)
        self.count += 1
        return f"(t{self.count}_ := {ast.unparse(node)})", f"t{self.count}_"


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def year_sums(month: Source) -> Sums | None:
    """Give ``yearly`` for one month rule with the rule written in place; None where it is more than one expression."""
    ending = month.body[0]
    if len(month.body) != 1 or not isinstance(ending, ast.Return) or ending.value is None:
        return None
    number, wage, *limits = month.inputs
    value = ast.unparse(InPlace(month).visit(_expression(ast.unparse(ending.value))))
    each = f"for {number}, {wage} in zip(TWELVE, months_)" if number in value else f"for {wage} in months_"
    text = f"""
def summed(all_, *years_):
    found_ = []
    for {", ".join(["months_", *limits])}, in twelve_months(all_, *years_):
        sum_ = 0
        {each}:
            sum_ += {value}
        found_.append(sum_)
    return tuple(found_)
"""
    space = {name: getattr(value, "direct", value) for name, value in month.names.items()}
    space |= {"twelve_months": twelve_months, "TWELVE": range(1, 13)}
    exec(compile(text, month.function.__code__.co_filename, "exec"), space)  # noqa: S102 (our own checked source)
    made: Sums = space["summed"]
    return made
