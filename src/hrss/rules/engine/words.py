"""Formulas in Chinese words: turns the written expression of a rule into a phrase, with or without its numbers.

A phrase is made once per expression and filled with values as often as wanted. Constants that only carry a scale
(``ONE``, ``TENTHS``) do not appear in words.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hrss.rules.engine.source import Source, target_names
from hrss.rules.engine.units import SCALES, Choice, Measure, Unit

_SYMBOLS: dict[type[ast.AST], str] = {
    ast.Add: " ＋ ", ast.Sub: " － ", ast.Mult: " × ", ast.FloorDiv: " 整除 ", ast.Mod: " 除后余数 ",
    ast.Lt: " ＜ ", ast.LtE: " ≤ ", ast.Gt: " ＞ ", ast.GtE: " ≥ ", ast.Eq: " ＝ ", ast.NotEq: " ≠ ",
    ast.And: " 且 ", ast.Or: " 或 ",
}  # fmt: skip
_DIVISIONS = {"half_up": "", "up": "向上取整", "down": "向下取整"}
_CALLS = {
    "min": "较低者（{0}，{1}）", "max": "较高者（{0}，{1}）", "abs": "{0} 的绝对值", "share_of": "{0} × {1}",
    "between": "{0}（不低于 {1}，不高于 {2}）", "bracket": "按 {1} 查〔{0}〕", "exact": "按 {1} 查〔{0}〕",
    "listed": "〔{0}〕列有 {1}", "yearly": "各年 12 个月的{0}合计", "refuse": "不予计算：{0}",
}  # fmt: skip
_ADD, _MULTIPLY, _ATOM = 1, 2, 3


Shower = Callable[[Any], str]


@lru_cache(maxsize=4096)
def shower(unit: Measure) -> Shower:
    """Give how values of a unit are shown: a number with its unit, a choice by its word, a table or series as words."""
    if isinstance(unit, Unit):
        return unit.shower()
    if isinstance(unit, type) and issubclass(unit, Choice):
        return {member: member.word or member.name for member in unit}.__getitem__
    return lambda value: "（逐年）"


def shown(unit: Measure, value: Any) -> str:
    """Show a value in its unit."""
    return shower(unit)(value)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a phrase where a named value stands."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression in words; ``parts`` are texts and slots."""

    parts: tuple[str | Slot, ...]
    binding: int = _ATOM

    def words(self) -> str:
        """The formula in words without numbers."""
        return "".join(part if isinstance(part, str) else part.word for part in self.parts).strip()

    def inside(self, binding: int) -> tuple[str | Slot, ...]:
        """The parts, in brackets where the surroundings bind tighter."""
        return self.parts if self.binding >= binding else ("（", *self.parts, "）")


class Speaker:
    """Makes phrases of a rule's expressions."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.units: dict[str, Measure] = source.inputs | source.steps

    def say(self, node: ast.expr) -> Phrase:
        """Make the phrase of an expression."""
        speak = getattr(self, f"_{type(node).__name__.lower()}", None)
        return speak(node) if speak else Phrase((ast.unparse(node),))

    def _name(self, node: ast.Name) -> Phrase:
        if node.id in SCALES:
            return Phrase(("1",))
        if node.id in self.units:
            return Phrase((Slot(node.id, self.source.words.get(node.id, node.id)),))
        value = self.source.names.get(node.id)
        return Phrase((getattr(value, "title", None) or str(value),))

    def _constant(self, node: ast.Constant) -> Phrase:
        return Phrase(("是" if node.value is True else "否" if node.value is False else str(node.value),))

    def _attribute(self, node: ast.Attribute) -> Phrase:
        owner = self.source.names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        member = getattr(owner, node.attr, None)
        return Phrase((getattr(member, "word", "") or node.attr,))

    def _binop(self, node: ast.BinOp) -> Phrase:
        if isinstance(node.op, ast.Mult) and (scale_free := _without_scale(node)) is not node:
            return self.say(scale_free)
        binding = _ADD if isinstance(node.op, ast.Add | ast.Sub) else _MULTIPLY
        right = binding + 1 if isinstance(node.op, ast.Sub | ast.FloorDiv | ast.Mod) else binding
        left, after = self.say(node.left).inside(binding), self.say(node.right).inside(right)
        return Phrase((*left, _SYMBOLS[type(node.op)], *after), binding)

    def _unaryop(self, node: ast.UnaryOp) -> Phrase:
        mark = "非 " if isinstance(node.op, ast.Not) else "－"
        return Phrase((mark, *self.say(node.operand).inside(_ATOM)))

    def _boolop(self, node: ast.BoolOp) -> Phrase:
        parts: list[str | Slot] = []
        for value in node.values:
            parts += [*([_SYMBOLS[type(node.op)]] if parts else []), *self.say(value).inside(0)]
        return Phrase(tuple(parts), -1)

    def _compare(self, node: ast.Compare) -> Phrase:
        parts: list[str | Slot] = [*self.say(node.left).inside(_ADD)]
        for operator, value in zip(node.ops, node.comparators, strict=True):
            parts += [_SYMBOLS[type(operator)], *self.say(value).inside(_ADD)]
        return Phrase(tuple(parts), 0)

    def _ifexp(self, node: ast.IfExp) -> Phrase:
        test, then, other = self.say(node.test), self.say(node.body), self.say(node.orelse)
        return Phrase(("如", *test.parts, "则 ", *then.parts, "，否则 ", *other.parts), -1)

    def _tuple(self, node: ast.Tuple) -> Phrase:
        return _joined([self.say(item) for item in node.elts])

    def _call(self, node: ast.Call) -> Phrase:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in _DIVISIONS:
            return self._division(_DIVISIONS[name], [node.args[0]], node.args[1])
        if name == "half_up_product":
            return self._division("", node.args[:2], node.args[2])
        if name == "fold":
            return Phrase(("逐年：", *self.say(node.args[0]).parts, "，自 ", *self.say(node.args[1]).parts, " 起"))
        if name in _CALLS:
            return _filled(_CALLS[name], [self.say(argument) for argument in node.args])
        called = self.source.names.get(name)
        arguments = _joined([self.say(argument) for argument in node.args])
        return Phrase((f"{getattr(called, 'title', name)}〔", *arguments.parts, "〕"))

    def _division(self, rounding: str, factors: list[ast.expr], divisor: ast.expr) -> Phrase:
        parts: list[str | Slot] = []
        for factor in factors:
            parts += [*([" × "] if parts else []), *self.say(_without_scale(factor)).inside(_MULTIPLY)]
        below = _without_scale(divisor)
        if not _is_scale(below):
            parts += [" ÷ ", *self.say(below).inside(_ATOM)]
        return Phrase((f"{rounding}（", *parts, "）")) if rounding else Phrase(tuple(parts), _MULTIPLY)


def _is_scale(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in SCALES


def _without_scale(node: ast.expr) -> ast.expr:
    """Drop factors that only carry a scale."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
        return node
    left, right = _without_scale(node.left), _without_scale(node.right)
    if _is_scale(left):
        return right
    if _is_scale(right):
        return left
    return node if left is node.left and right is node.right else ast.BinOp(left, node.op, right)


def _joined(phrases: list[Phrase]) -> Phrase:
    parts: list[str | Slot] = []
    for phrase in phrases:
        parts += [*(["，"] if parts else []), *phrase.parts]
    return Phrase(tuple(parts))


def _filled(template: str, phrases: list[Phrase]) -> Phrase:
    parts: list[str | Slot] = []
    rest = template
    while "{" in rest:
        before, _, after = rest.partition("{")
        index, _, rest = after.partition("}")
        parts += [before, *phrases[int(index)].parts]
    return Phrase((*parts, rest))


def formula_lines(source: Source, title: str) -> tuple[str, ...]:
    """Give the whole rule in Chinese words, one line a statement, without numbers."""
    return tuple(_told(source.body, Speaker(source), title, ""))


def _told(body: list[ast.stmt], speaker: Speaker, title: str, indent: str) -> list[str]:
    lines: list[str] = []
    for node in body:
        if isinstance(node, ast.If):
            lines.append(f"{indent}如果 {speaker.say(node.test).words()}：")
            lines += _told(node.body, speaker, title, indent + "　")
            if node.orelse:
                lines += [f"{indent}否则：", *_told(node.orelse, speaker, title, indent + "　")]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            names = "、".join(speaker.source.words.get(name, name) for name in target_names(node))
            lines.append(f"{indent}{names} ＝ {speaker.say(node.value).words()}")
        elif isinstance(node, ast.Return | ast.Expr) and node.value is not None:
            lead = f"{title} ＝ " if isinstance(node, ast.Return) else ""
            lines.append(f"{indent}{lead}{speaker.say(node.value).words()}")
    return lines
