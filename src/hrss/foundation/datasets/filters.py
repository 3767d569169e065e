"""Typed conditions over declared columns, and how they become SQL.

Values travel as parameters, never in the text. It refuses a column the dataset does not declare, an operator the
column's type has no use for, and a value of another type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from hrss.foundation.datasets.declaration import Column, Dataset
from hrss.kernel.problem import Problem


class Moment(StrEnum):
    """A day that is known only when the measure is taken: the first or last day of its window."""

    START = "@start"
    END = "@end"


class Operator(StrEnum):
    """How a column is compared."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    STARTS_WITH = "starts_with"
    EMPTY = "empty"
    EMPTY_OR_AFTER = "empty_or_after"
    EMPTY_OR_FROM = "empty_or_from"


_SIMPLE: Final = {
    Operator.IS: "=",
    Operator.IS_NOT: "<>",
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}
_ORDERED: Final = frozenset({Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN})
_OPEN_ENDED: Final = {Operator.EMPTY_OR_AFTER: ">", Operator.EMPTY_OR_FROM: ">="}
_LISTS: Final = frozenset({Operator.IN, Operator.NOT_IN})
_PYTHON: Final[dict[str, tuple[type, ...]]] = {
    "text": (str,), "code": (str,), "uuid": (str,), "integer": (int,), "fen": (int,), "boolean": (bool,),
    "date": (date, Moment),
}  # fmt: skip
Value = str | int | bool | date | Moment | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. ``EMPTY`` takes true or false; ``EMPTY_OR_AFTER`` and ``_FROM`` a day (still open then)."""

    column: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions holds."""

    conditions: tuple[Condition, ...]


Filter = Condition | AnyOf


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of SQL with its parameters."""

    sql: str
    values: tuple[Any, ...]


def compiled(dataset: Dataset, wanted: Filter) -> Clause:
    """Give the SQL of one filter; the window is the relation ``w``. Problem ``datasets.filter``."""
    if isinstance(wanted, AnyOf):
        parts = [compiled(dataset, one) for one in wanted.conditions]
        return Clause(
            f"({' OR '.join(part.sql for part in parts)})", tuple(value for part in parts for value in part.values)
        )
    column = check(dataset, wanted)
    if isinstance(wanted.value, Moment):
        day = "w.start_on" if wanted.value is Moment.START else "w.end_on"
        clause = _clause(f"d.{column.name}", wanted.operator, "")
        return Clause(clause.sql.replace("%s", day), ())
    return _clause(f"d.{column.name}", wanted.operator, wanted.value)


def check(dataset: Dataset, wanted: Condition) -> Column:
    """Give the column a condition is about. Problem ``datasets.filter`` when the condition cannot be meant."""
    column = dataset.by_name.get(wanted.column)
    if column is None:
        raise _misfit(wanted, f"数据集“{dataset.name}”没有这一列", f"可用的列：{'、'.join(dataset.names)}")
    if wanted.operator is Operator.EMPTY:
        _need(isinstance(wanted.value, bool), wanted, "应写 true 或 false")
        return column
    if wanted.operator in _ORDERED:
        _need(column.type in ("integer", "fen", "date"), wanted, "这一列不能比大小")
    if wanted.operator is Operator.STARTS_WITH:
        _need(column.type in ("text", "code"), wanted, "只有文字和代码能比开头")
    if wanted.operator in _OPEN_ENDED:
        _need(column.type == "date", wanted, "只用于日期")
    values = wanted.value if wanted.operator in _LISTS and isinstance(wanted.value, tuple) else (wanted.value,)
    _need(
        isinstance(wanted.value, tuple) == (wanted.operator in _LISTS),
        wanted,
        "应写一个列表" if wanted.operator in _LISTS else "应写一个值",
    )
    for value in values:
        fits = isinstance(value, _PYTHON[column.type]) and (column.type == "boolean" or not isinstance(value, bool))
        _need(fits, wanted, f"“{value}”不是这一列的类型 {column.type}")
    return column


def _clause(name: str, operator: Operator, value: Any) -> Clause:
    if operator in _SIMPLE:
        return Clause(f"{name} {_SIMPLE[operator]} %s", (value,))
    if operator is Operator.IN:
        return Clause(f"{name} = ANY (%s)", (list(value),))
    if operator is Operator.NOT_IN:
        return Clause(f"{name} <> ALL (%s)", (list(value),))
    if operator is Operator.STARTS_WITH:
        return Clause(f"starts_with({name}, %s)", (value,))
    if operator is Operator.EMPTY:
        return Clause(f"{name} IS {'' if value else 'NOT '}NULL", ())
    return Clause(f"({name} IS NULL OR {name} {_OPEN_ENDED[operator]} %s)", (value,))


def _need(fits: bool, wanted: Condition, message: str) -> None:
    if not fits:
        raise _misfit(wanted, message, "按列的类型改写这个条件")


def _misfit(wanted: Condition, message: str, remedy: str) -> Problem:
    return Problem(
        "datasets.filter",
        f"条件“{wanted.column} {wanted.operator.value}”不成立：{message}",
        rule="条件只能用数据集声明的列，值要与列的类型一致",
        remedy=remedy,
        field=wanted.column,
    )
