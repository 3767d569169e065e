"""Rules over streams of Arrow batches, as Spark's ``mapInArrow`` and our own streaming want them: constant memory.

The mapper is plain Arrow and needs no Spark; ``on_frame`` is for a Spark frame (extra ``hrss[spark]``). Key columns in
``keep`` go through untouched, so that a result finds its person again. A batch with a bad row is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from hrss.rules.engine.blocks import result_names
from hrss.rules.engine.columns import batch
from hrss.rules.engine.rule import Rule

Mapper = Callable[[Iterable[Any]], Iterator[Any]]


def mapper(rule: Rule[..., Any], *, keep: tuple[str, ...] = (), **setting: Any) -> Mapper:
    """Give a function over an iterator of Arrow batches; ``setting`` is what ``batch`` takes."""

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        for one in batches:
            facts = one.select([name for name in one.schema.names if name not in keep])
            found = batch(rule, facts, **setting)
            kept = {name: one.column(name) for name in keep}
            yield pa.RecordBatch.from_pydict(kept | {name: found.column(name) for name in found.schema.names})

    return run


def result_schema(rule: Rule[..., Any], *, keep: str = "", want: tuple[str, ...] = ()) -> str:
    """Give the schema of what the mapper yields in words of Spark; ``keep`` likewise (``person_id string``)."""
    return ", ".join([*([keep] if keep else []), *(f"{name} long" for name in (*result_names(rule), *want))])


def on_frame(rule: Rule[..., Any], frame: Any, *, keep: str = "", want: tuple[str, ...] = (), **setting: Any) -> Any:
    """Run a rule over a Spark frame; gives a frame of the kept columns, ``amount`` and the wanted named values."""
    names = tuple(part.split()[0] for part in keep.split(",") if part.strip())
    schema = result_schema(rule, keep=keep, want=want)
    return frame.mapInArrow(mapper(rule, keep=names, want=want, **setting), schema)
