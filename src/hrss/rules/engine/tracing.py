"""The trace back end: the same formula, returning all its named values beside the result.

It costs one ``locals()`` a call; words and numbers are made from it only when someone reads the explanation.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

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
    return _compiled(source, bare_function(source))


def _compiled(source: Source, tree: ast.FunctionDef) -> Callable[..., Any]:
    module = ast.fix_missing_locations(ast.Module([tree], []))
    space = {name: getattr(value, "direct", value) for name, value in source.names.items()}
    exec(compile(module, source.function.__code__.co_filename, "exec"), space)  # noqa: S102 (our own checked source)
    made: Callable[..., Any] = space[tree.name]
    return made
