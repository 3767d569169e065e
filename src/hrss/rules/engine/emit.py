"""The compiled back end's source: turns checked rule sources into functions a compiler can fuse.

Constants and choices become numbers, rule calls become calls of emitted functions, refusals become
a value that every caller hands on. The text is plain Python for numba; it is never run uncompiled.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from hrss.rules.engine.arithmetic import PRIMITIVES, REFUSING
from hrss.rules.engine.bounds import Proof
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import Source, target_names
from hrss.rules.engine.tracing import bare_function
from hrss.rules.engine.units import ONE, Choice


def emitted_name(rule: Rule[..., Any]) -> str:
    """The name of a rule's function in generated text."""
    return "r_" + rule.name.replace(".", "_")


def emit_callees(rule: Rule[..., Any], done: dict[str, str], proof: Proof) -> None:
    """Put the generated text of all a rule calls into ``done``, callees first."""
    for called in callees(rule.source):
        if called.name not in done:
            emit_callees(called, done, proof)
            made = emit_function(called.source, emitted_name(called), forms=proof.forms(called))
            done[called.name] = ast.unparse(made)


def callees(source: Source) -> list[Rule[..., Any]]:
    """The rules a source refers to, by call or as the step of a fold."""
    names = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}
    found = [source.names.get(name) for name in sorted(names)]
    return [value for value in found if isinstance(value, Rule)]


def emit_function(
    source: Source,
    name: str,
    *,
    forms: Mapping[str, str],
    want: tuple[str, ...] = (),
    body: list[ast.stmt] | None = None,
) -> ast.FunctionDef:
    """Give a rule's function for the compiler; with ``want`` it returns those named values after the result."""
    tree = bare_function(source)
    statements = tree.body if body is None else body
    start = [assign(word, ast.Constant(0)) for word in want]
    tree.name = name
    tree.body = [*start, *Lower(source, forms, want).statements(statements)]
    return ast.fix_missing_locations(tree)


def assign(name: str, value: ast.expr) -> ast.Assign:
    """Make ``name = value``."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


class Lower(ast.NodeTransformer):
    """Lowers rule statements to what the compiler knows."""

    def __init__(self, source: Source, forms: Mapping[str, str] | None = None, want: tuple[str, ...] = ()) -> None:
        self.source = source
        self.forms = forms or {}
        self.want = want
        self.own = set(source.inputs) | set(source.steps)

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Lower a list of statements, adding loops for folds and hand-on of refusals."""
        return [made for node in body for made in self._statement(node)]

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        if isinstance(node, ast.If):
            test = self.expression(node.test)
            return [ast.If(test, self.statements(node.body), self.statements(node.orelse))]
        if isinstance(node, ast.Return) and node.value is not None:
            return [self.returning(self.expression(node.value))]
        if isinstance(node, ast.Assign):
            return self._assignment(node)
        return [self.returning(ast.Name("REFUSED", ast.Load()))]

    def _assignment(self, node: ast.Assign) -> list[ast.stmt]:
        made: list[ast.stmt] = [ast.Assign(node.targets, self.expression(node.value))]
        if hands_on_refusal(self.source, node.value):
            test = ast.parse(f"{target_names(node)[0]} == REFUSED", mode="eval").body
            made.append(ast.If(test, [self.returning(ast.Name("REFUSED", ast.Load()))], []))
        return made

    def returning(self, value: ast.expr) -> ast.Return:
        """Make the return statement, with wanted values after the result."""
        if not self.want:
            return ast.Return(value)
        names: list[ast.expr] = [ast.Name(word, ast.Load()) for word in self.want]
        return ast.Return(ast.Tuple([value, *names], ast.Load()))

    def expression(self, node: ast.expr) -> ast.expr:
        """Lower an expression."""
        made: ast.expr = self.visit(ast.parse(ast.unparse(node), mode="eval").body)
        return made

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Use the cheapest division that is proven exact for this call."""
        form = self.forms.get(ast.unparse(node))
        made: Any = self.generic_visit(node)
        if not form:
            return made  # type: ignore[no-any-return]
        name, arguments = made.func.id, made.args
        if name == "share_of":
            arguments = [ast.BinOp(arguments[0], ast.Mult(), arguments[1]), ast.Constant(ONE)]
        if name == "half_up_product":
            arguments = [ast.BinOp(arguments[0], ast.Mult(), arguments[1]), arguments[2]]
        return ast.Call(ast.Name(form, ast.Load()), arguments, [])

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Turn constants into numbers and rules into emitted functions."""
        value = self.source.names.get(node.id)
        if node.id in self.own or node.id.endswith("_") or value is PRIMITIVES.get(node.id, ...):
            return node
        if isinstance(value, Rule):
            return ast.Name(emitted_name(value), ast.Load())
        return ast.Constant(int(value)) if value is not None else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Turn a member of a Choice into its number."""
        owner = self.source.names[node.value.id] if isinstance(node.value, ast.Name) else None
        member = getattr(owner, node.attr)
        return ast.Constant(int(member)) if isinstance(member, Choice) else node


def hands_on_refusal(source: Source, node: ast.expr) -> bool:
    """Tell whether an expression written as a whole right side may be a refusal."""
    if isinstance(node, ast.IfExp):
        return hands_on_refusal(source, node.body) or hands_on_refusal(source, node.orelse)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    called = source.names.get(node.func.id)
    return node.func.id in REFUSING or (isinstance(called, Rule) and called.refuses)
