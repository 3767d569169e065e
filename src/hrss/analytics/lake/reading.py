"""Asking the lake: DuckDB over the current files, in memory, closed to everything but the lake's folder.

Tables are called as the datasets are. It writes nothing, reaches no network and no other file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import duckdb

from hrss.analytics.lake.models import Partition
from hrss.analytics.lake.writing import folder
from hrss.kernel.problem import Problem

MEMORY = "1GB"
THREADS = 2


@contextmanager
def opened(datasets: Collection[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB with a view for each dataset. Problem ``lake.empty`` when one has no file yet."""
    files = current_files(datasets)
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": THREADS})
    try:
        for name, paths in files.items():
            schema, _, table = name.partition(".")
            listed = ", ".join(f"'{path}'" for path in paths)
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
            connection.execute(
                f'CREATE VIEW "{schema}"."{table}" AS'  # noqa: S608 - names of declared datasets and our own files
                f" SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = true)"
            )
        connection.execute(f"SET allowed_directories = ['{folder()}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def current_files(datasets: Collection[str]) -> dict[str, list[str]]:
    """Give the paths of the files each dataset consists of now, empty ones left out where others are."""
    rows = Partition.objects.filter(dataset__in=datasets, replaced_at=None).order_by("period")
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in datasets}
    for dataset, file, count in rows.values_list("dataset", "file", "rows"):
        found[dataset].append((str(folder() / file), count))
    missing = [name for name, files in found.items() if not files]
    if missing:
        raise Problem(
            "lake.empty",
            f"数据湖里还没有 {'、'.join(missing)}",
            rule="数据湖每夜更新",
            remedy="请等今夜更新之后再查，或请数据管理员更新",
            status=409,
        )
    return {name: [path for path, count in files if count] or [files[0][0]] for name, files in found.items()}
