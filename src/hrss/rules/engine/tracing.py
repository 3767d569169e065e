"""The trace back end: the same formula, returning all its named values beside the result.

It costs one ``locals()`` a call; words and numbers are made from it only when someone reads the explanation.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from hrss.rules.engine.inlining import InPlace, year_sums
from hrss.rules.engine.source import Source


class Untype(ast.NodeTransformer):
    """Drop the unit of ``name: Unit = value``."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        """Turn a declared step into a plain assignment."""
        if node.value is None:
            return node
        return ast.copy_location(ast.Assign([node.target], node.value), node)


class _Snapshot(ast.NodeTransformer):
    """Turn ``return x`` into ``return (x, locals())``."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        """Give the named values beside the result."""
        names = ast.Call(ast.Name("locals", ast.Load()), [], [])
        made = ast.Return(ast.Tuple([node.value or ast.Constant(None), names], ast.Load()))
        return ast.copy_location(made, node)


def bare_function(source: Source) -> ast.FunctionDef:
    """Copy a rule's tree without decorators, units and docstring."""
    copy = ast.parse(ast.unparse(source.tree)).body[0]
    if not isinstance(copy, ast.FunctionDef):
        raise TypeError("a rule is a function")
    copy.decorator_list, copy.returns = [], None
    for argument in copy.args.args:
        argument.annotation = None
    copy.body = copy.body[len(copy.body) - len(source.body) :]
    made: ast.FunctionDef = Untype().visit(copy)
    return made


def with_trace(source: Source) -> Callable[..., tuple[Any, dict[str, Any]]]:
    """Compile the formula so that it answers ``(result, named values)``."""
    traced: Callable[..., tuple[Any, dict[str, Any]]] = _compiled(source, _Snapshot().visit(bare_function(source)))
    return traced


def linked(source: Source) -> Callable[..., Any]:
    """Compile the formula so that it calls the formulas of other rules directly, without their registration."""
    return _compiled(source, InPlace(source).visit(bare_function(source)))


class _Sums(ast.NodeTransformer):
    """Turn ``yearly(month_rule, …)`` into a call of the month rule's own year sums, where it has them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.made: dict[str, Callable[..., Any]] = {}

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Replace the one call."""
        if ast.unparse(node.func) != "yearly":
            return self.generic_visit(node)  # type: ignore[return-value]
        month = self.source.names[ast.unparse(node.args[0])]
        sums = year_sums(month.source)
        if sums is None:
            return node
        name = f"sums_of_{node.args[0].id}_"  # type: ignore[attr-defined]
        self.made[name] = sums
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), node.args[1:], []), node)


def _compiled(source: Source, tree: ast.FunctionDef) -> Callable[..., Any]:
    sums = _Sums(source)
    module = ast.fix_missing_locations(ast.Module([sums.visit(tree)], []))
    space = {name: getattr(value, "direct", value) for name, value in source.names.items()} | sums.made
    exec(compile(module, source.function.__code__.co_filename, "exec"), space)  # noqa: S102 (our own checked source)
    made: Callable[..., Any] = space[tree.name]
    return made
