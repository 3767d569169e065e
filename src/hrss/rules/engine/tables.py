"""Tables at the edge: NumPy mappings, Polars frames and Arrow tables in, the same kind out, without copies.

An empty cell is refused with column and row: a rule never guesses a missing number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from hrss.kernel.problem import Problem


def columns_of(table: Any) -> Mapping[str, Any]:
    """Give the columns of a table by name; list columns become (periods, rows)."""
    if isinstance(table, Mapping):
        return table
    names = table.columns if hasattr(table, "to_arrow") else table.schema.names
    return {name: _array(name, table[name]) for name in names}


def _array(name: str, column: Any) -> Any:
    nulls = column.null_count() if callable(column.null_count) else column.null_count
    if nulls:
        raise Problem("rules.empty_cell", f"列 {name} 有 {nulls} 个空值", field=name, remedy="请补齐或先剔除这些行")
    if _is_list(column):
        return np.ascontiguousarray(_stacked(name, column).T)
    return column.to_numpy() if hasattr(column, "to_arrow") else _from_arrow(column)


def _is_list(column: Any) -> bool:
    kind = str(getattr(column, "dtype", None) or column.type).lower()
    return kind.startswith(("list", "array", "fixed_size_list", "large_list"))


def _stacked(name: str, column: Any) -> npt.NDArray[np.int64]:
    rows = column.to_list() if hasattr(column, "to_list") else column.to_pylist()
    if len({len(row) for row in rows}) > 1:
        raise Problem("rules.uneven", f"列 {name} 各行的期数不同", field=name, remedy="缺的月份或年份补 0")
    return np.asarray(rows)


def _from_arrow(column: Any) -> Any:
    flat = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    return flat.to_numpy(zero_copy_only=False)


def like(table: Any, columns: Mapping[str, npt.NDArray[np.int64]]) -> Any:
    """Give result columns as the kind of table that came in."""
    if isinstance(table, Mapping):
        return dict(columns)
    if hasattr(table, "to_arrow"):
        return type(table)(dict(columns))
    return type(table).from_pydict(dict(columns))
