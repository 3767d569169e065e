"""The end of a rule without branches, so that a kernel runs it on many rows at once.

Both sides of every choice are worked out and one is picked. That is possible where every division has an exact form in
double lanes within the usual bounds (a tenth of what wide inputs may reach); a kernel looks at each block of rows and
runs the plain end where a value passes them. Rules with anything else keep the plain end only.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from hrss.rules.engine.bounds import Proof, prove_from, usual
from hrss.rules.engine.emit import Lower, callees, emitted_name
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import Source
from hrss.rules.engine.tracing import bare_function

MOST = 400  # assignments of one function; where branches join again the rest is written twice
LANES = {"bracket", "exact", "listed"}


class Branching(Exception):
    """A rule that cannot be written without branches."""


def emit_straight(rule: Rule[..., Any], name: str, arguments: list[str], body: list[ast.stmt]) -> str:
    """Give the text of a rule's end and of all it calls, without a branch; empty where there is none."""
    proof = prove_from(rule, usual(rule))
    if proof.faults:
        return ""
    try:
        texts: dict[str, str] = {}
        last = _function(rule.source, name, arguments, body, proof.lanes(rule.name))
        for called in _called(rule.source, body):
            _emit_callees(called, texts, proof)
    except Branching:
        return ""
    return "\n\n\n".join(f"@lane\n{text}" for text in (*texts.values(), last))


def _called(source: Source, body: list[ast.stmt]) -> list[Rule[..., Any]]:
    used = {node.id for part in body for node in ast.walk(part) if isinstance(node, ast.Name)}
    return [called for called in callees(source) if any(source.names.get(name) is called for name in used)]


def _emit_callees(rule: Rule[..., Any], texts: dict[str, str], proof: Proof) -> None:
    for called in callees(rule.source):
        _emit_callees(called, texts, proof)
    if rule.name not in texts:
        body = bare_function(rule.source).body
        texts[rule.name] = _function(
            rule.source, f"{emitted_name(rule)}_lane", list(rule.inputs), body, proof.lanes(rule.name)
        )


def _function(source: Source, name: str, arguments: list[str], body: list[ast.stmt], forms: Mapping[str, str]) -> str:
    writer = _Straight()
    result = writer.block(_Laned(source, forms).statements(body), {word: word for word in arguments})
    lines = [f"def {name}({', '.join(arguments)}):", *writer.lines, f"    return {result}"]
    return "\n".join(lines)


class _Laned(Lower):
    """Lowers to the lane form of divisions, table searches and called rules."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Name the lane form of a primitive or rule."""
        self.lane_of(node)
        made = super().visit_Call(node)
        if isinstance(made, ast.Call) and isinstance(made.func, ast.Name):
            word = made.func.id
            if word in LANES or word.startswith("r_"):
                made.func = ast.Name(f"{word}_lane", ast.Load())
        return made

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Divisions that round down, and what they leave over, in double lanes."""
        form = self.lane_of(node)
        made: Any = self.generic_visit(node)
        return ast.Call(ast.Name(form, ast.Load()), [made.left, made.right], []) if form else made

    def lane_of(self, node: ast.expr) -> str:
        """The lane form of a division; a division without one is a branch. Empty for all that divides nothing."""
        text = ast.unparse(node)
        if not self.forms.get(text, "none"):
            raise Branching(text)
        return self.forms.get(text, "")

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Pick one of two values."""
        return picked(self.visit(node.test), self.visit(node.body), self.visit(node.orelse))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and`` and ``or`` without a branch; the second is not looked at where the first decides."""
        values = [self.visit(value) for value in node.values]
        made = values[-1]
        for value in reversed(values[:-1]):
            sides = (ast.Constant(True), made) if isinstance(node.op, ast.Or) else (made, ast.Constant(False))
            made = picked(value, *sides)
        return made  # type: ignore[no-any-return]

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """One comparison; a chain of them is a branch."""
        if len(node.ops) > 1:
            raise Branching(ast.unparse(node))
        made: Any = self.generic_visit(node)
        return made  # type: ignore[no-any-return]


def picked(test: ast.expr, one: ast.expr, other: ast.expr) -> ast.Call:
    """Write a choice."""
    return ast.Call(ast.Name("pick", ast.Load()), [test, one, other], [])


class _Straight:
    """Writes statements as assignments, each name bound once, and gives the expression of the result."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def block(self, body: list[ast.stmt], names: dict[str, str]) -> str:
        """The result of statements that end in a return on every path."""
        for at, node in enumerate(body):
            if isinstance(node, ast.Return) and node.value is not None:
                return self.held(node.value, names)
            if isinstance(node, ast.If):
                return self.choice(node, body[at + 1 :], names)
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                raise Branching(ast.unparse(node))
            names = names | {node.targets[0].id: self.held(node.value, names)}
        raise Branching("no return")

    def choice(self, node: ast.If, rest: list[ast.stmt], names: dict[str, str]) -> str:
        """The result of a branch: both sides, each with what follows it, and the pick between them."""
        test = self.held(node.test, names)
        one = self.block([*node.body, *rest], names)
        other = self.block([*node.orelse, *rest], names)
        return self.kept(f"pick({test}, {one}, {other})")

    def held(self, value: ast.expr, names: dict[str, str]) -> str:
        """An expression with the names bound so far, kept under a name of its own."""
        return self.kept(ast.unparse(_Renamed(names).visit(ast.parse(ast.unparse(value), mode="eval").body)))

    def kept(self, text: str) -> str:
        """Bind a text to the next name."""
        if len(self.lines) >= MOST:
            raise Branching("too long")
        self.lines.append(f"    k{len(self.lines)}_ = {text}")
        return f"k{len(self.lines) - 1}_"


class _Renamed(ast.NodeTransformer):
    """Puts the current name of each value in place of its name in the rule."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Give the current name."""
        return ast.Name(self.names.get(node.id, node.id), ast.Load())
