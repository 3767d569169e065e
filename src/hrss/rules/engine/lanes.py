"""Three operations for kernels whose loops run in lanes: a choice without a branch, a read no store touches, the store.

Numba compiles ``a if test else b`` to a branch, and cannot tell a compiler that a result column is not the table a
formula looks into; either keeps a loop from running on many rows at once. Generated kernels import these three.
Imported only where numba is; they refuse nothing and check no index: the generator gives places within the column.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def _held_apart(module: Any) -> Any:
    """The scope of everything a loop reads, from which its results are promised to be apart."""
    domain = module.add_metadata([ir.MetaDataString(module, "hrss rules")])
    return module.add_metadata([module.add_metadata([ir.MetaDataString(module, "hrss read"), domain])])


def _place(context: Any, builder: Any, kind: Any, column: Any, at: Any) -> Any:
    made = context.make_array(kind)(context, builder, column)
    return cgutils.get_item_pointer(context, builder, kind, made, [at], wraparound=False)  # type: ignore[no-untyped-call]


@intrinsic
def read(typing: Any, column: Any, at: Any) -> Any:
    """One cell of a column or table that the loop does not write."""

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        value = builder.load(_place(context, builder, signature.args[0], *args))
        value.set_metadata("alias.scope", _held_apart(builder.module))
        return value

    return column.dtype(column, types.int64), made


@intrinsic
def put(typing: Any, column: Any, at: Any, value: Any) -> Any:
    """Write one cell of a result column, which nothing in the loop reads."""

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        stored = builder.store(args[2], _place(context, builder, signature.args[0], args[0], args[1]))
        stored.set_metadata("noalias", _held_apart(builder.module))
        return context.get_dummy_value()

    return types.void(column, types.int64, types.int64), made


@intrinsic
def pick(typing: Any, test: Any, one: Any, other: Any) -> Any:
    """``one if test else other`` with both sides worked out; what is not chosen may be any nonsense."""
    kind = types.boolean if isinstance(one, types.Boolean) and isinstance(other, types.Boolean) else types.int64

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(context.cast(builder, args[0], types.boolean, types.boolean), args[1], args[2])

    return kind(types.boolean, kind, kind), made
