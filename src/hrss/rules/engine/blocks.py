"""Kernels over columns: the generated loop around a rule, over rows or over blocks of rows and years.

A rule with a fold over years runs year by year over blocks of persons, so that the state stays in the nearest cache
and every year's column is read once. A rule without runs row by row.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrss.rules.engine.bounds import interval_of, prove
from hrss.rules.engine.emit import Lower, assign, emit_callees, emit_function
from hrss.rules.engine.prelude import PRELUDE
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import Source, target_names
from hrss.rules.engine.tracing import bare_function
from hrss.rules.engine.units import SeriesUnit, Unit

BLOCK = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """How inputs arrive: which are columns (of rows, or periods by rows), which of these are at most 32 bits wide.

    The rest are one value for all rows. ``want`` are named values to give beside the result.
    """

    columns: frozenset[str]
    narrow: frozenset[str] = frozenset()
    want: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A rule with one fold at top level, cut in three: before, the fold, after."""

    before: list[ast.stmt]
    sums: list[ast.Assign]
    fold: ast.Assign
    after: list[ast.stmt]


def module_text(rule: Rule[..., Any], shape: Shape) -> str:
    """Give the whole generated module for a rule and a shape of inputs; its entry is ``run``."""
    texts: dict[str, str] = {}
    signed = prove(rule).signed
    emit_callees(rule, texts, signed)
    parts = cut(rule.source)
    loop = _blocked(rule, shape, parts, rule.name in signed) if parts else _by_row(rule, shape, rule.name in signed)
    functions = [f"@fast\n{text}" for text in texts.values()]
    return PRELUDE + "\n\n" + "\n\n\n".join([*functions, loop]) + "\n"


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


def _by_row(rule: Rule[..., Any], shape: Shape, signed: bool) -> str:
    text = ast.unparse(emit_function(rule.source, "finish", signed=signed, want=shape.want))
    call = f"finish({', '.join(_at_row(name, unit, shape, 'p_') for name, unit in rule.inputs.items())})"
    stores = ", ".join(f"{out}[p_]" for out in _outs(rule, shape))
    loop = f"    for p_ in range(first_, last_):\n        {stores} = {call}\n    return False"
    return f"@fast\n{text}\n\n\n{_heading(rule, shape)}\n{loop}"


def _blocked(rule: Rule[..., Any], shape: Shape, parts: Parts, signed: bool) -> str:
    states = target_names(parts.fold)
    kept = [name for name, unit in rule.inputs.items() if not isinstance(unit, SeriesUnit)]
    viewed = [name for name in kept if name in shape.columns]
    arguments = [f"np.int64(v_{name}[i_])" if name in viewed else name for name in kept]
    held = [f"s_{name}" for name in states]
    outs = _outs(rule, shape)
    finishing = f"finish({', '.join([*arguments, *(f'{name}[i_]' for name in held)])})"
    lines = [
        _heading(rule, shape),
        "    strange_ = False",
        *(f"    {name} = np.empty({BLOCK}, np.int64)" for name in held),
        *(f"    a_{name} = np.empty({BLOCK}, np.{lane})" for name, lane in _lanes(rule, shape, parts).items()),
        f"    for block_ in range(first_, last_, {BLOCK}):",
        f"        size_ = min({BLOCK}, last_ - block_)",
        *(f"        v_{name} = {name}[block_ : block_ + size_]" for name in viewed),
        *(f"        v_{name} = {name}[block_ : block_ + size_]" for name in outs),
        "        for i_ in range(size_):",
        f"            {', '.join(f'{name}[i_]' for name in held)} = begin({', '.join(arguments)})",
        *_years(rule, shape, parts, held),
        "        for i_ in range(size_):",
        f"            {', '.join(f'v_{name}[i_]' for name in outs)} = {finishing}",
        "    return strange_",
    ]
    functions = [
        _begin(rule, parts, kept, signed),
        _finish(rule, shape, parts, [*kept, *(f"{name}_" for name in states)], signed),
    ]
    return "\n\n\n".join([*(f"@fast\n{text}" for text in functions), "\n".join(lines)])


def _finish(rule: Rule[..., Any], shape: Shape, parts: Parts, arguments: list[str], signed: bool) -> str:
    """The function that gives result and wanted values from a row's facts and its folded state."""
    states = target_names(parts.fold)
    handed = [assign(name, ast.Name(f"{name}_", ast.Load())) for name in states]
    body = [*parts.before, *handed, *parts.after]
    made = emit_function(rule.source, "finish", signed=signed, want=shape.want, body=body)
    made.args.args = [ast.arg(name) for name in arguments]
    return ast.unparse(ast.fix_missing_locations(made))


def _begin(rule: Rule[..., Any], parts: Parts, kept: list[str], signed: bool) -> str:
    """The function that gives the opening state of a row; where a guard ends the rule first it gives zeros."""
    start = call_of(parts.fold).args[1]
    zeros = ast.Tuple([ast.Constant(0) for _ in start.elts], ast.Load()) if isinstance(start, ast.Tuple) else None

    class Ending(Lower):
        """Every early return opens with zeros."""

        def returning(self, value: ast.expr) -> ast.Return:
            """Give zeros instead of the result."""
            return ast.Return(zeros or ast.Constant(0))

    lower = Ending(rule.source, signed=signed)
    made = bare_function(rule.source)
    made.name, made.args.args = "begin", [ast.arg(name) for name in kept]
    made.body = [*lower.statements(parts.before), ast.Return(lower.expression(start))]
    return ast.unparse(ast.fix_missing_locations(made))


def call_of(node: ast.Assign) -> ast.Call:
    """The call on the right side of a fold or yearly sum."""
    if not isinstance(node.value, ast.Call):
        raise TypeError("a fold is a call")
    return node.value


def _lanes(rule: Rule[..., Any], shape: Shape, parts: Parts) -> dict[str, str]:
    """The narrowest whole number that holds each yearly sum, proven from the bounds of the month rule's result."""
    found: dict[str, str] = {}
    for node in parts.sums:
        step = rule.source.names[ast.unparse(call_of(node).args[0])]
        unit = step.source.results[0]
        fits = isinstance(unit, Unit) and 12 * unit.low > -(2**31) and 12 * unit.high < 2**31
        read = [ast.unparse(item) for item in call_of(node).args[1:]]
        narrow = fits and all(name in shape.narrow or _fits(rule, name, shape) for name in read)
        found[target_names(node)[0]] = "int32" if narrow else "int64"
    return found


def _fits(rule: Rule[..., Any], name: str, shape: Shape) -> bool:
    """Whether one value for all, within its checked bounds, fits 32 bits (columns may be wider than their bounds)."""
    low, high = interval_of(rule.inputs[name])
    return name not in shape.columns and low > -(2**31) and high < 2**31


def _years(rule: Rule[..., Any], shape: Shape, parts: Parts, held: list[str]) -> list[str]:
    call = call_of(parts.fold)
    sums = {target_names(node)[0]: node for node in parts.sums}
    series = [ast.unparse(item) for item in call.args[2:]]
    counted = next((name for name in series if name not in sums), None)
    length = f"len({counted})" if counted else f"len({ast.unparse(call_of(sums[series[0]]).args[1])}) // 12"
    lines = [f"        for y_ in range({length}):", *_month_lines(rule, shape, parts)]
    values = [f"{name}[i_]" for name in held]
    for name in series:
        if name in shape.columns:
            lines.append(f"            y_{name} = {_period(name, 'y_', shape)}")
        elif name not in sums:
            lines.append(f"            y_{name} = np.int64({name}[y_])")
            lines.append(_scalar_watch(f"y_{name}", interval_of(rule.inputs[name]), "            "))
        values.append(_year_value(name, sums, shape))
    step = ast.unparse(Lower(rule.source).expression(call.args[0]))
    lines.append("            for i_ in range(size_):")
    lines.append(f"                {', '.join(f'{name}[i_]' for name in held)} = {step}({', '.join(values)})")
    return [*lines, *_year_watch(rule, shape, call, held)]


def _year_watch(rule: Rule[..., Any], shape: Shape, call: ast.Call, held: list[str]) -> list[str]:
    """Notice a state or a value of the year outside its bounds: a difference to a bound turns negative.

    The proof rests on these bounds; subtraction and "or" are what a compiler runs on many rows at once.
    """
    step = rule.source.names[ast.unparse(call.args[0])]
    proven = _step_results(rule, call)
    watched = [
        _watch(f"{name}[i_]", interval_of(unit), result[0])
        for name, unit, result in zip(held, step.inputs.values(), proven, strict=False)
    ]
    series = [ast.unparse(item) for item in call.args[2:]]
    watched += [
        _watch(f"np.int64(y_{name}[i_])", interval_of(rule.inputs[name])) for name in series if name in shape.columns
    ]
    body = f"                odd_ |= {' | '.join(watched)}"
    return [
        "            odd_ = np.int64(0)",
        "            for i_ in range(size_):",
        body,
        "            strange_ |= odd_ < 0",
    ]


def _step_results(rule: Rule[..., Any], call: ast.Call) -> tuple[tuple[int, int], ...]:
    """What is proven about the states a step gives, from states and values within their bounds."""
    step: Rule[..., Any] = rule.source.names[ast.unparse(call.args[0])]
    return prove(step).results


def _watch(value: str, bounds: tuple[int, int], proven_low: int | None = None, lane: str = "int64") -> str:
    """An expression that is negative where a value leaves its bounds."""
    low, high = bounds
    above = f"np.{lane}(np.{lane}({high}) - {value})"
    if proven_low is not None and proven_low >= low:
        return above
    return f"{above} | {value}" if low == 0 else f"{above} | np.{lane}({value} - np.{lane}({low}))"


def _year_value(name: str, sums: Mapping[str, ast.Assign], shape: Shape) -> str:
    if name in sums:
        return f"np.int64(a_{name}[i_])"
    return f"np.int64(y_{name}[i_])" if name in shape.columns else f"y_{name}"


def _month_lines(rule: Rule[..., Any], shape: Shape, parts: Parts) -> list[str]:
    """One pass over the twelve months for all yearly sums of a block."""
    lanes = _lanes(rule, shape, parts)
    before: list[str] = []
    rows: dict[str, str] = {}
    adding: list[str] = []
    watched: dict[str, str] = {}
    for node in parts.sums:
        name, months = target_names(node)[0], ast.unparse(call_of(node).args[1])
        lane, is_column = lanes[name], months in shape.columns
        rows[months] = f"m_{months} = {_period(months, '12 * y_ + m_', shape)}"
        before += [f"            a_{name}[:size_] = 0"]
        value = f"np.{lane}(m_{months}[i_])" if is_column else f"np.{lane}(m_{months})"
        limits, opened = _limits(rule, name, node, lane, shape)
        before += opened
        if not is_column:
            rows[months] += "\n" + _scalar_watch(f"m_{months}", interval_of(rule.inputs[months]), " " * 16)
        step = ast.unparse(Lower(rule.source).expression(call_of(node).args[0]))
        adding.append(f"a_{name}[i_] += np.{lane}({step}({', '.join(['m_ + 1', value, *limits])}))")
        if is_column:
            watched[months] = _watch(f"np.{lane}(m_{months}[i_])", interval_of(rule.inputs[months]), None, lane)
            before.append(f"            odd_{months} = np.{lane}(0)")
    if not parts.sums:
        return []
    adding += [f"odd_{name} |= {text}" for name, text in watched.items()]
    loop = ["            for m_ in range(12):", *(f"                {row}" for row in rows.values())]
    loop += ["                for i_ in range(size_):", *(f"                    {line}" for line in adding)]
    return [*before, *loop, *(f"            strange_ |= odd_{name} < 0" for name in watched)]


def _period(name: str, index: str, shape: Shape) -> str:
    """One period of a series: a row of the block, or one value for all."""
    return f"{name}[{index}, block_ : block_ + size_]" if name in shape.columns else f"{name}[{index}]"


def _limits(rule: Rule[..., Any], name: str, node: ast.Assign, lane: str, shape: Shape) -> tuple[list[str], list[str]]:
    """How the values of the year are handed to a month rule, and the lines that fetch them."""
    values: list[str] = []
    lines: list[str] = []
    for at, item in enumerate(call_of(node).args[2:]):
        series, local = ast.unparse(item), f"l_{name}_{at}"
        if series in shape.columns:
            lines.append(f"            {local} = {_period(series, 'y_', shape)}")
            lines.append("            for i_ in range(size_):")
            lines.append(_scalar_watch(f"{local}[i_]", interval_of(rule.inputs[series]), " " * 16))
            values.append(f"np.{lane}({local}[i_])")
        else:
            lines.append(_scalar_watch(f"{series}[y_]", interval_of(rule.inputs[series]), " " * 12))
            lines.append(f"            {local} = np.{lane}({series}[y_])")
            values.append(local)
    return values, lines


def _scalar_watch(value: str, bounds: tuple[int, int], indent: str) -> str:
    """Notice one value outside its bounds."""
    return f"{indent}strange_ |= {value} < {bounds[0]} or {value} > {bounds[1]}"
