"""Kernels over columns: the generated loop around a rule, over rows or over blocks of rows and years.

A rule with a fold over years runs year by year over blocks of persons, so that the state stays in the nearest cache
and every year's column is read once. A rule without runs row by row.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any

from hrss.rules.engine.bounds import interval_of, prove, usual
from hrss.rules.engine.emit import Lower, assign, emit_callees, emit_function
from hrss.rules.engine.prelude import DENSE, LANES, PRELUDE, SEARCHED
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import Source, target_names
from hrss.rules.engine.straight import emit_straight
from hrss.rules.engine.tracing import bare_function
from hrss.rules.engine.units import SeriesUnit, TableUnit
from hrss.rules.engine.years import Parts, Shape, Years, call_of

BLOCK = 2048  # rows whose states stay in the second cache, and long enough a stretch of a column to be fetched ahead


def module_text(rule: Rule[..., Any], shape: Shape) -> str:
    """Give the whole generated module for a rule and a shape of inputs; its entry is ``run``."""
    texts: dict[str, str] = {}
    emit_callees(rule, texts, prove(rule))
    parts = cut(rule.source)
    loop = _blocked(rule, shape, parts) if parts else _by_row(rule, shape)
    functions = [f"@fast\n{text}" for text in texts.values()]
    return PRELUDE + (DENSE if shape.dense else SEARCHED) + "\n\n" + "\n\n\n".join([*functions, loop]) + "\n"


@lru_cache(maxsize=4096)
def cut(source: Source) -> Parts | None:
    """Cut a rule at its fold; None where it has none at top level or uses a series outside the fold."""
    body = bare_function(source).body
    at = next((index for index, node in enumerate(body) if _calls(node, "fold")), None)
    if at is None or not isinstance(fold := body[at], ast.Assign):
        return None
    sums = [node for node in body[:at] if isinstance(node, ast.Assign) and _calls(node, "yearly")]
    before = [node for node in body[:at] if node not in sums]
    series = {name for name, unit in source.inputs.items() if isinstance(unit, SeriesUnit)}
    series |= {name for node in sums for name in target_names(node)}
    used = {name.id for node in (*before, *body[at + 1 :]) for name in ast.walk(node) if isinstance(name, ast.Name)}
    return None if series & used else Parts(before, sums, fold, body[at + 1 :])


def _calls(node: ast.stmt, name: str) -> bool:
    value = node.value if isinstance(node, ast.Assign) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == name


def result_names(rule: Rule[..., Any]) -> tuple[str, ...]:
    """Names of the results: ``amount``, or the state a year step carries (its first inputs)."""
    count = rule.source.states
    return tuple(rule.inputs)[:count] if count > 1 else ("amount",)


def _outs(rule: Rule[..., Any], shape: Shape) -> list[str]:
    return [f"out_{word}" for word in (*result_names(rule), *shape.want)]


def _heading(rule: Rule[..., Any], shape: Shape) -> str:
    return f"@kernel\ndef run({', '.join(['first_', 'last_', *rule.inputs, *_outs(rule, shape)])}):"


def _at_row(name: str, unit: Any, shape: Shape, index: str) -> str:
    """How an input is handed to the rule's function for one row."""
    if name not in shape.columns:
        return name
    return f"{name}[:, {index}]" if isinstance(unit, SeriesUnit) else f"np.int64({name}[{index}])"


def _by_row(rule: Rule[..., Any], shape: Shape) -> str:
    text = ast.unparse(emit_function(rule.source, "finish", forms=prove(rule).forms(rule), want=shape.want))
    call = f"finish({', '.join(_at_row(name, unit, shape, 'p_') for name, unit in rule.inputs.items())})"
    stores = ", ".join(f"{out}[p_]" for out in _outs(rule, shape))
    loop = f"    for p_ in range(first_, last_):\n        {stores} = {call}\n    return False"
    return f"@fast\n{text}\n\n\n{_heading(rule, shape)}\n{loop}"


def _blocked(rule: Rule[..., Any], shape: Shape, parts: Parts) -> str:
    states = target_names(parts.fold)
    kept = [name for name, unit in rule.inputs.items() if not isinstance(unit, SeriesUnit)]
    viewed = [name for name in kept if name in shape.columns]
    arguments = [f"np.int64(v_{name}[i_])" if name in viewed else name for name in kept]
    held = [f"s_{name}" for name in states]
    outs = _outs(rule, shape)
    straight = _straight(rule, shape, parts, [*kept, *(f"{name}_" for name in states)])
    finishing = f"finish({', '.join([*arguments, *(f'{name}[i_]' for name in held)])})"
    lines = [
        _heading(rule, shape),
        "    strange_ = False",
        *(f"    {name} = np.empty({BLOCK}, np.int64)" for name in held),
        f"    for block_ in range(first_, last_, {BLOCK}):",
        f"        size_ = min({BLOCK}, last_ - block_)",
        *(f"        v_{name} = {name}[block_ : block_ + size_]" for name in viewed),
        *(f"        v_{name} = {name}[block_ : block_ + size_]" for name in outs),
        "        for i_ in range(size_):",
        f"            {', '.join(f'{name}[i_]' for name in held)} = begin({', '.join(arguments)})",
        *Years(rule, shape, parts).lines(),
        *(_ending_in_lanes(rule, shape, kept, held) if straight else []),
        "        for i_ in range(size_):",
        f"            {', '.join(f'v_{name}[i_]' for name in outs)} = {finishing}",
        "    return strange_",
    ]
    functions = [
        _begin(rule, parts, kept),
        _finish(rule, shape, parts, [*kept, *(f"{name}_" for name in states)]),
    ]
    whole = [*(f"@fast\n{text}" for text in functions), *([straight] if straight else []), "\n".join(lines)]
    return "\n\n\n".join(whole)


def _straight(rule: Rule[..., Any], shape: Shape, parts: Parts, arguments: list[str]) -> str:
    """The end without branches and the operations it stands on; empty where rule or inputs do not allow it."""
    tables = any(isinstance(unit, TableUnit) for unit in rule.inputs.values())
    if shape.want or rule.source.states > 1 or (tables and not shape.dense):
        return ""
    states = target_names(parts.fold)
    handed: list[ast.stmt] = [assign(name, ast.Name(f"{name}_", ast.Load())) for name in states]
    text = emit_straight(rule, "finish_lane", arguments, [*parts.before, *handed, *parts.after])
    return f"{LANES.strip()}\n\n\n{text}" if text else ""


def _ending_in_lanes(rule: Rule[..., Any], shape: Shape, kept: list[str], held: list[str]) -> list[str]:
    """The loop over the end without branches, for blocks whose values are all within the usual bounds."""
    declared, limits = {name: interval_of(rule.inputs[name])[1] for name in kept}, usual(rule)
    wide = [name for name in kept if limits[name][1] < declared[name]]
    values = [f"np.int64(read(v_{name}, i_))" if name in shape.columns else name for name in kept]
    arguments = ", ".join([*values, *(f"read({name}, i_)" for name in held)])
    columns = [name for name in wide if name in shape.columns]
    return [
        "        usual_ = np.int64(0)",
        *(f"        usual_ |= {limits[name][1]} - {name}" for name in wide if name not in shape.columns),
        *(["        for i_ in range(size_):"] if columns else []),
        *(f"            usual_ |= {limits[name][1]} - np.int64(v_{name}[i_])" for name in columns),
        "        if usual_ >= 0:",
        "            for i_ in range(size_):",
        f"                put(v_out_amount, i_, finish_lane({arguments}))",
        "            continue",
    ]


def _finish(rule: Rule[..., Any], shape: Shape, parts: Parts, arguments: list[str]) -> str:
    """The function that gives result and wanted values from a row's facts and its folded state."""
    states = target_names(parts.fold)
    handed = [assign(name, ast.Name(f"{name}_", ast.Load())) for name in states]
    body = [*parts.before, *handed, *parts.after]
    made = emit_function(rule.source, "finish", forms=prove(rule).forms(rule), want=shape.want, body=body)
    made.args.args = [ast.arg(name) for name in arguments]
    return ast.unparse(ast.fix_missing_locations(made))


def _begin(rule: Rule[..., Any], parts: Parts, kept: list[str]) -> str:
    """The function that gives the opening state of a row; where a guard ends the rule first it gives zeros."""
    start = call_of(parts.fold).args[1]
    zeros = ast.Tuple([ast.Constant(0) for _ in start.elts], ast.Load()) if isinstance(start, ast.Tuple) else None

    class Ending(Lower):
        """Every early return opens with zeros."""

        def returning(self, value: ast.expr) -> ast.Return:
            """Give zeros instead of the result."""
            return ast.Return(zeros or ast.Constant(0))

    lower = Ending(rule.source, prove(rule).forms(rule))
    made = bare_function(rule.source)
    made.name, made.args.args = "begin", [ast.arg(name) for name in kept]
    made.body = [*lower.statements(parts.before), ast.Return(lower.expression(start))]
    return ast.unparse(ast.fix_missing_locations(made))
