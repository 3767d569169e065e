"""Columns in, columns out: a rule over a table of persons, compiled where possible, bit-equal to the plain form.

Takes mappings of NumPy arrays, Polars frames and Arrow tables of scaled whole numbers and gives the same kind back.
It refuses missing columns, empty cells, values out of bounds and rows for which the rule refuses, naming the row.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from hrss.kernel.problem import Problem
from hrss.rules.engine.arithmetic import Refused
from hrss.rules.engine.blocks import BLOCK, cut, result_names
from hrss.rules.engine.bounds import prove
from hrss.rules.engine.kernels import HAS_NUMBA, kernel_of
from hrss.rules.engine.loading import default_parameters
from hrss.rules.engine.lookups import lookups
from hrss.rules.engine.parameters import Parameters
from hrss.rules.engine.prelude import REFUSED
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.tables import columns_of, like
from hrss.rules.engine.units import Measure, SeriesUnit, TableUnit, Unit
from hrss.rules.engine.years import Shape

Column = npt.NDArray[np.int64]
SMALL = 20_000  # rows below which threads cost more than they bring
SHARES = 8  # spans a thread: where other work slows one core, the other takes more of them


@dataclass(frozen=True)
class Setting:
    """What holds for all rows of a batch: date or a column of dates, region, knowledge, parameters, wanted values."""

    on: date | npt.NDArray[np.int64] | None = None
    region: str = ""
    known_at: date | None = None
    parameters: Parameters | None = None
    want: tuple[str, ...] = ()
    common: Mapping[str, Any] | None = None
    compiled: bool = True
    threads: int | None = None


def batch(
    rule: Rule[..., Any],
    table: Any,
    *,
    on: date | npt.NDArray[np.int64] | None = None,
    region: str = "",
    known_at: date | None = None,
    parameters: Parameters | None = None,
    want: tuple[str, ...] = (),
    common: Mapping[str, Any] | None = None,
    compiled: bool = True,
    threads: int | None = None,
) -> Any:
    """Run a rule over a table; gives a table of the same kind with ``amount`` and the wanted named values.

    ``on`` is one date or a column of day numbers (parameters are then looked up for each row); ``common`` are facts
    that are the same for all rows; series are arrays (periods, rows).
    """
    setting = Setting(on, region, known_at, parameters, want, common, compiled, threads)
    return like(table, run_columns(rule, columns_of(table), setting))


def run_columns(rule: Rule[..., Any], columns: Mapping[str, Any], setting: Setting) -> dict[str, Column]:
    """Run a rule over NumPy columns; see ``batch``."""
    values, size = _gather(rule, columns, setting)
    _check(rule, values, size)
    names = (*result_names(rule), *setting.want)
    if len(set(names)) < len(names):
        raise Problem("rules.twice", "同一列要了两次", field="want", rule=rule.title, remedy="结果列 amount 总会给出")
    outs = {name: np.empty(size, np.int64) for name in names}
    compiled = setting.compiled and is_compilable(rule) and _run_compiled(rule, values, size, outs, setting)
    if not compiled:
        _check_series(rule, values)
        _run_plain(rule, values, size, outs, setting)
    return outs


def is_compilable(rule: Rule[..., Any]) -> bool:
    """Whether a rule runs compiled here: numba is there, the proof holds, a fold stands where a kernel can take it."""
    folds = any(name in ("fold", "yearly") for name, _ in rule.source.calls())
    return HAS_NUMBA and not prove(rule).faults and (cut(rule.source) is not None or not folds)


def advance(rule: Rule[..., Any], state: dict[str, Column], inputs: Mapping[str, Any]) -> None:
    """Move the state columns of a year step on by one year, in place (the projection back end)."""
    size = len(next(iter(state.values())))
    names = result_names(rule)
    held = dict(zip(names, state.values(), strict=True)) if names == ("amount",) else {n: state[n] for n in names}
    values = {name: _normal(unit, (dict(state) | dict(inputs))[name]) for name, unit in rule.inputs.items()}
    _check(rule, values, size)
    if not (is_compilable(rule) and _run_compiled(rule, values, size, held, Setting())):
        _run_plain(rule, values, size, held, Setting())


def _gather(rule: Rule[..., Any], columns: Mapping[str, Any], setting: Setting) -> tuple[dict[str, Any], int]:
    facts = dict(columns) | dict(setting.common or {})
    values = {name: _normal(unit, facts[name]) for name, unit in rule.inputs.items() if name in facts}
    sizes = {value.shape[-1] for name, value in values.items() if name in columns}
    if len(sizes) > 1:
        raise Problem("rules.uneven", "各列的行数不同", rule=rule.title, remedy="请检查数据表")
    size = next(iter(sizes)) if sizes else len(next(iter(columns.values()), ()))
    for name in rule.inputs:
        if name not in values:
            values[name] = _from_parameter(rule, name, setting)
    return values, size


def _from_parameter(rule: Rule[..., Any], name: str, setting: Setting) -> Any:
    if name not in rule.parameters:
        remedy = f"数据表中需要一列 {name}"
        raise Problem("rules.missing", f"缺少「{rule.word(name)}」一列", field=name, rule=rule.title, remedy=remedy)
    store, key = setting.parameters or default_parameters(), rule.parameters[name]
    if setting.on is None:
        raise Problem(
            "rules.no_date", f"计算「{rule.title}」需要日期", field="on", rule=rule.article, remedy="请给出日期"
        )
    if isinstance(setting.on, date):
        found = store.parameter(key, on=setting.on, region=setting.region, known_at=setting.known_at).value
        return _normal(rule.inputs[name], found)
    return _by_day(key, setting.on, setting, store)


def _by_day(key: str, days: npt.NDArray[np.int64], setting: Setting, store: Parameters) -> Any:
    unique, places = np.unique(days, return_inverse=True)
    found = [
        store.parameter(key, on=date.fromordinal(int(day)), region=setting.region, known_at=setting.known_at).value
        for day in unique
    ]
    if any(isinstance(value, tuple) for value in found):
        if len(set(found)) > 1:
            what = f"参数表 {key} 在这批日期中有几个版本"
            raise Problem("rules.mixed_tables", what, field=key, remedy="请按参数生效日期分批计算")
        return np.asarray(found[0], np.int64)
    return np.asarray(found, np.int64)[places]


def _normal(unit: Measure, value: Any) -> Any:
    """Bring a value into the form of kernels: a whole number, a table or series of whole numbers, a column."""
    if isinstance(unit, TableUnit):
        return np.asarray(value, np.int64)
    if isinstance(unit, SeriesUnit) and not isinstance(value, np.ndarray):
        return np.asarray(value, np.int64)
    if not isinstance(value, np.ndarray):
        return int(value)
    if value.dtype.kind == "b":
        return value.view(np.uint8)
    if value.dtype.kind not in "iu" or value.dtype == np.uint64:
        raise Problem("rules.not_whole", "数据列不是整数", remedy="金额以分、比例以百万分之一为单位，空值须先处理")
    return value


def _is_column(unit: Measure, value: Any) -> bool:
    if isinstance(unit, TableUnit) or not isinstance(value, np.ndarray):
        return False
    return value.ndim == (2 if isinstance(unit, SeriesUnit) else 1)


def _check(rule: Rule[..., Any], values: Mapping[str, Any], size: int) -> None:
    for name, unit in rule.inputs.items():
        value = values[name]
        if isinstance(unit, SeriesUnit) and len(value) > unit.most:
            what = f"「{rule.word(name)}」有 {len(value)} 期，最多 {unit.most} 期"
            raise Problem("rules.unbounded", what, field=name, rule=rule.title, remedy="请核对起止时间")
        if isinstance(unit, TableUnit):
            _check_bounds(rule, name, unit.value, value[1::2])
        elif isinstance(unit, SeriesUnit) and value.ndim == 1:
            _check_bounds(rule, name, unit.value, value)
        elif isinstance(unit, Unit) and size:
            _check_bounds(rule, name, unit, value)
        elif isinstance(unit, type) and size:
            _check_choice(rule, name, unit, value)


def _check_series(rule: Rule[..., Any], values: Mapping[str, Any]) -> None:
    """Check the columns of periods, which kernels watch while they read them."""
    for name, unit in rule.inputs.items():
        if isinstance(unit, SeriesUnit) and values[name].ndim == 2:
            _check_bounds(rule, name, unit.value, values[name])


def _check_bounds(rule: Rule[..., Any], name: str, unit: Unit, value: Any) -> None:
    lowest, highest = (int(value.min()), int(value.max())) if isinstance(value, np.ndarray) else (value, value)
    if unit.low <= lowest and highest <= unit.high:
        return
    wrong = (value < unit.low) | (value > unit.high)
    row = int(np.argwhere(np.atleast_1d(wrong))[0][-1]) if isinstance(value, np.ndarray) else 0
    bad = lowest if lowest < unit.low else highest
    unit.check(bad, field=name, label=f"{rule.word(name)}（第 {row + 1} 行）", rule=f"{rule.title}（{rule.article}）")


def _check_choice(rule: Rule[..., Any], name: str, choice: Any, value: Any) -> None:
    known = np.asarray([int(member) for member in choice])
    unbroken = known.max() - known.min() + 1 == len(set(known.tolist()))
    if unbroken and known.min() <= np.min(value) and np.max(value) <= known.max():
        return  # members without a gap between them need no search
    wrong = ~np.isin(value, known)
    if np.any(wrong):
        row = int(np.argwhere(np.atleast_1d(wrong))[0][0])
        what = f"「{rule.word(name)}」第 {row + 1} 行不在可选范围内"
        words = "、".join(f"{int(member)} {member.word}" for member in choice)
        raise Problem("rules.unknown_choice", what, field=name, rule=rule.title, remedy=f"可选：{words}")


def _run_compiled(
    rule: Rule[..., Any], values: Mapping[str, Any], size: int, outs: dict[str, Column], setting: Setting
) -> bool:
    """Run the kernel; False where it met a value or state outside the bounds its proof rests on."""
    columns = frozenset(name for name, unit in rule.inputs.items() if _is_column(unit, values[name]))
    narrow = frozenset(name for name in columns if values[name].dtype.itemsize < 8 and values[name].dtype != np.uint32)
    inputs, dense = arranged(rule, values)
    run = kernel_of(rule, Shape(columns, narrow, setting.want, dense))
    targets = list(outs.values())
    spans = _spans(size, setting.threads)
    strange = run(*spans[0], *inputs, *targets) if len(spans) == 1 else run(0, 0, *inputs, *targets)
    if len(spans) > 1:  # the empty run above has compiled the kernel before the threads start
        with ThreadPoolExecutor(setting.threads or os.cpu_count()) as pool:
            strange = any(list(pool.map(lambda span: run(*span, *inputs, *targets), spans)))
    if not strange:
        _raise_refusal(rule, values, targets[0])
    return not strange


def arranged(rule: Rule[..., Any], values: Mapping[str, Any]) -> tuple[list[Any], bool]:
    """Give the inputs in order with tables laid out for the kernel, and whether these have a place for every key."""
    tables = [name for name, unit in rule.inputs.items() if isinstance(unit, TableUnit)]
    found = lookups([values[name] for name in tables])
    laid = dict(zip(tables, found, strict=True)) if found else {}
    return [laid.get(name, values[name]) for name in rule.inputs], bool(laid)


def _spans(size: int, threads: int | None) -> list[tuple[int, int]]:
    count = threads or (os.cpu_count() or 1)
    if size < SMALL or count == 1:
        return [(0, size)]
    step = max(-(-size // (count * SHARES * BLOCK)), 1) * BLOCK
    return [(start, min(start + step, size)) for start in range(0, size, step)]


def _raise_refusal(rule: Rule[..., Any], values: Mapping[str, Any], result: Column) -> None:
    if not rule.refuses or not len(result) or result.min() != REFUSED:
        return
    row = int(np.argmin(result))
    try:
        rule(**_row(rule, values, row))
    except Refused as refusal:
        refusal.rule = f"{rule.title}（{rule.article}）"
        refusal.message = f"第 {row + 1} 行：{refusal.message}"
        raise
    raise RuntimeError(f"compiled and plain form of {rule.name} differ in row {row}")


def _row(rule: Rule[..., Any], values: Mapping[str, Any], row: int) -> dict[str, Any]:
    return {name: _cell(unit, values[name], row) for name, unit in rule.inputs.items()}


def _cell(unit: Measure, value: Any, row: int) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    if not _is_column(unit, value):
        return tuple(value.tolist())
    return tuple(value[:, row].tolist()) if value.ndim == 2 else int(value[row])


def _run_plain(
    rule: Rule[..., Any], values: Mapping[str, Any], size: int, outs: dict[str, Column], setting: Setting
) -> None:
    names = result_names(rule)
    for row in range(size):
        try:
            amount, named = rule.traced(**_row(rule, values, row))
        except Refused as refusal:
            refusal.rule = f"{rule.title}（{rule.article}）"
            refusal.message = f"第 {row + 1} 行：{refusal.message}"
            raise
        for name, value in zip(names, amount if len(names) > 1 else (amount,), strict=True):
            outs[name][row] = value
        for name in setting.want:
            outs[name][row] = named.get(name, 0)
