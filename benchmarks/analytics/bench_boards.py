"""Tiles from a cube PostgreSQL keeps, against scans of the same 20 million rows by DuckDB, Polars and PostgreSQL.

One run, results checked equal first, engines alternating, best of each; load and rows are printed. The cube is kept by
the very SQL of ``hrss.oversight.boards.keeping``: the last batch is posted while it watches, and the tile is right
straight after. Rows: 1 million people × 20 months, 33 townships, 5 schemes, a payment in fen.

    ./hrss bench analytics/bench_boards [--rows 20000000]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import psycopg

from hrss.config import environment
from hrss.config.postgres import Cluster
from hrss.oversight.boards.keeping import keep

PEOPLE = 1_000_000
TOWNSHIPS = 33
DATABASE = "hrss_bench_boards"
CELLS = "SELECT month, region_code, scheme AS kind, '' AS part, 1 AS n, fen::bigint AS total FROM {rows}"
TABLES = """
CREATE TABLE boards_cell (cube text COLLATE "C", region_code text COLLATE "C", month date, kind text COLLATE "C",
  part text COLLATE "C", n bigint, total bigint);
CREATE UNIQUE INDEX ON boards_cell (cube, region_code, month, kind, part) INCLUDE (n, total);
CREATE TABLE boards_delta (LIKE boards_cell);
CREATE INDEX ON boards_delta (cube, region_code);
CREATE UNLOGGED TABLE payment (month date, region_code text COLLATE "C", scheme text COLLATE "C", fen int);
"""
TILE = """
SELECT month, kind, sum(n)::bigint, sum(total)::bigint FROM (
  SELECT * FROM boards_cell WHERE cube = 'bench.payments' AND region_code = '500236'
  UNION ALL SELECT * FROM boards_delta WHERE cube = 'bench.payments' AND region_code = '500236'
) AS found GROUP BY 1, 2 ORDER BY 1, 2
"""
SCAN = "SELECT month, scheme, count(*), sum(fen)::bigint FROM {} GROUP BY 1, 2 ORDER BY 1, 2"


def rows_of(count: int) -> pl.DataFrame:
    """Make the rows: the same on every machine."""
    dice = np.random.default_rng(20_210_101)
    months = pl.date_range(pl.date(2021, 1, 1), pl.date(2025, 12, 1), "1mo", eager=True)
    towns = np.array([f"500236{number:03d}" for number in range(1, TOWNSHIPS + 1)])
    schemes = np.array(["resident", "employee", "unemployment", "injury", "landless"])
    return pl.DataFrame(
        {
            "month": months.gather(dice.integers(0, len(months), count)),
            "region_code": pl.Series(towns[dice.integers(0, TOWNSHIPS, count)]),
            "scheme": pl.Series(schemes[dice.integers(0, len(schemes), count)]),
            "fen": pl.Series(dice.integers(1_000, 500_000, count).astype(np.int32)),
        }
    )


def best(act: Callable[[], Any], times: int) -> tuple[float, float, Any]:
    """Give the best and the 95th percentile of several runs in milliseconds, and the answer."""
    spent, answer = [], None
    for _ in range(times):
        began = time.perf_counter()
        answer = act()
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return spent[0], spent[int(len(spent) * 0.95)], answer


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000_000)
    count = parser.parse_args().rows
    os.environ["HRSS_HOME"] = str(environment.PROJECT / ".hrss" / "test")
    home = environment.Home.current()
    Cluster(home, disposable=True).start()
    root = home.address("root")
    with psycopg.connect(root.conninfo(name="postgres"), autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        link.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    try:
        with psycopg.connect(root.conninfo(name=DATABASE), autocommit=True) as link:
            measure(link, rows_of(count), count)
    finally:
        with psycopg.connect(root.conninfo(name="postgres"), autocommit=True) as link:
            link.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def measure(link: psycopg.Connection[Any], frame: pl.DataFrame, count: int) -> None:
    """Load, keep, compare."""
    link.execute(TABLES)
    old, batch = frame.head(count - 200_000), frame.tail(200_000)
    copy(link, old)
    link.execute("ANALYZE payment")
    for statement in keep("bench.payments", table="payment", cells=CELLS).sql:
        link.execute(statement)
    began = time.perf_counter()
    link.execute("SELECT boards_rebuild_bench_payments()")
    print(f"cube counted anew from {len(old):,} rows: {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    copy(link, batch)
    print(f"a batch of {len(batch):,} rows posted with the cube kept: {time.perf_counter() - began:.2f} s")
    link.execute("VACUUM ANALYZE boards_cell")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "payments.parquet"
        frame.write_parquet(file)
        duck = duckdb.connect()
        duck.execute(f"CREATE TABLE payment AS SELECT * FROM read_parquet('{file}')")
        lazily = frame.lazy().group_by("month", "scheme").agg(pl.len(), pl.col("fen").cast(pl.Int64).sum())
        engines: dict[str, Callable[[], Any]] = {
            "cube in PostgreSQL": lambda: link.execute(TILE).fetchall(),
            "Polars in memory": lambda: lazily.sort("month", "scheme").collect().rows(),
            "DuckDB table": lambda: duck.execute(SCAN.format("payment")).fetchall(),
            "DuckDB over Parquet": lambda: duck.execute(SCAN.format(f"read_parquet('{file}')")).fetchall(),
            "PostgreSQL scan": lambda: link.execute(SCAN.format("payment")).fetchall(),
        }
        runs = {"cube in PostgreSQL": 200, "PostgreSQL scan": 3}
        found = {name: best(act, runs.get(name, 7)) for name, act in engines.items()}
        answers = {name: [tuple(row) for row in answer] for name, (_, _, answer) in found.items()}
        reference = answers["PostgreSQL scan"]
        wrong = [name for name, answer in answers.items() if answer != reference]
        if wrong:
            raise SystemExit(f"not equal to the PostgreSQL scan: {wrong}")
        cube, p95, _ = found["cube in PostgreSQL"]
        print(f"{count:,} rows, {len(reference)} cells of the tile, load {os.getloadavg()[0]:.1f}, all answers equal")
        for name, (least, worst, _) in found.items():
            print(f"{name:24} best {least:9.2f} ms   p95 {worst:9.2f} ms   {least / cube:8.0f} x the cube")
        scans = [least for name, (least, _, _) in found.items() if name not in runs]
        print(
            f"tile p95 {p95:.2f} ms; {min(scans) / cube:.0f} x the best scan; "
            f"{found['PostgreSQL scan'][0] / cube:.0f} x the PostgreSQL scan; ad hoc {min(scans) / 1000:.2f} s"
        )


def copy(link: psycopg.Connection[Any], frame: pl.DataFrame) -> None:
    """Put rows in by COPY."""
    with link.cursor() as cursor, cursor.copy("COPY payment FROM STDIN (FORMAT csv)") as stream:
        for start in range(0, len(frame), 200_000):
            stream.write(frame.slice(start, 200_000).write_csv(include_header=False).encode())


if __name__ == "__main__":
    main()
