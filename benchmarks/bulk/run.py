"""The bulk lane against fastexcel + Polars + COPY, in the same run, into a real PostgreSQL.

``python -m benchmarks.bulk.run [ROWS] [ROUNDS]``. Both read the same xlsx, check id numbers, dates, choices and
repeats, and load every row; ours also reports every bad cell, stages, and loads behind row-level security. The sides
take turns; the smallest time of each counts. Needs ``HRSS_DATABASE`` (a migrated database) and the settings' home.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import django
import fastexcel
import polars as pl
import psycopg

from benchmarks.bulk.make_table import make
from hrss.casework.items.packs import load_pack

TODAY = date(2026, 11, 24)
_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def peer(path: Path, connection: psycopg.Connection[Any]) -> dict[str, float]:
    """The best chain of public libraries: fastexcel, Polars expressions, COPY on one connection."""
    times, began = {}, time.perf_counter()
    frame = fastexcel.read_excel(str(path)).load_sheet(0, dtypes="string").to_polars()
    frame.columns = [f"c{number:02d}" for number in range(1, frame.width + 1)]
    times["read"] = time.perf_counter() - began
    began = time.perf_counter()
    bad = _peer_checks(frame)
    if bad:
        raise SystemExit(f"the peer found {bad} bad rows in a good table")
    times["check"] = time.perf_counter() - began
    began = time.perf_counter()
    connection.execute("DROP TABLE IF EXISTS bench_peer")
    columns = ", ".join(f"{name} text" for name in frame.columns)
    connection.execute(f"CREATE TABLE bench_peer (row_number int NOT NULL, {columns})")  # no key, as ours
    buffer = io.BytesIO()
    frame.with_row_index("row_number").write_csv(buffer, include_header=False)
    names = ", ".join(["row_number", *frame.columns])
    with connection.cursor().copy(f"COPY bench_peer ({names}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(buffer.getbuffer())
    connection.commit()
    times["load"] = time.perf_counter() - began
    return times


def _peer_checks(frame: pl.DataFrame) -> int:
    """The same rules as Polars expressions; gives the number of bad rows."""
    number = pl.col("c02")
    total = sum(number.str.slice(at, 1).cast(pl.Int32, strict=False) * weight for at, weight in enumerate(_WEIGHTS))
    check = (total % 11).replace_strict(dict(enumerate("10X98765432")), return_dtype=pl.String)
    hired, until = pl.col("c03").str.to_date(strict=False), pl.col("c05").str.to_date(strict=False)
    good = (
        (number.str.len_bytes() == 18)
        & (check == number.str.slice(17, 1))
        & number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False).is_not_null()
        & ~number.is_duplicated()
        & hired.is_not_null()
        & (hired <= TODAY)
        & (until.is_null() | (until > hired))
        & pl.col("c04").is_in(["固定期限", "无固定期限", "以完成一定任务为期限", "未签书面合同"])
        & (pl.col("c01").str.len_chars() >= 2)
        & (pl.col("c07").cast(pl.Int64, strict=False) >= 0)
        & pl.col("c08").str.contains(r"^1[0-9]{10}$")
    )
    return frame.select((~good).sum()).item()


def ours(path: Path) -> dict[str, float]:
    """The product's own lane, through its public functions."""
    from hrss.casework.intake.bulk import read_table  # noqa: PLC0415 - needs Django
    from hrss.casework.intake.loading import load_rows  # noqa: PLC0415
    from hrss.kernel.actor import system_actor  # noqa: PLC0415

    item = load_pack("fengjie").items["JY012"]
    times, began = {}, time.perf_counter()
    table = read_table(item, path.read_bytes(), path.name, today=TODAY)
    times["read+check"] = time.perf_counter() - began
    table.refuse_if_bad()
    began = time.perf_counter()
    load_rows(table, actor=system_actor("bench"), region_code="500236")
    times["load"] = time.perf_counter() - began
    return times


def main() -> None:
    """Run both sides in turns and print JSON."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrss.config.settings")
    django.setup()
    from hrss.config.environment import Home  # noqa: PLC0415 - the home is known after set-up

    path = (
        Path(os.environ.get("BULK_TABLE", "")) if os.environ.get("BULK_TABLE") else Path(tempfile.mkdtemp()) / "t.xlsx"
    )
    if not path.exists():
        make(path, rows)
    address = Home.current().address("owner")
    conninfo = f"{address.conninfo()} dbname={os.environ['HRSS_DATABASE']}"
    results: dict[str, list[dict[str, float]]] = {"ours": [], "peer": []}
    with psycopg.connect(conninfo) as connection:
        warm = path.with_name("warm.xlsx")
        make(warm, 60_000)
        ours(warm)  # kernels are compiled once and kept
        for _ in range(rounds):
            results["peer"].append(peer(path, connection))
            results["ours"].append(ours(path))
            print(json.dumps({name: runs[-1] for name, runs in results.items()}), flush=True)
    best = {name: min(sum(run.values()) for run in runs) for name, runs in results.items()}
    print(json.dumps({"rows": rows, "seconds": best, "ours / peer": round(best["ours"] / best["peer"], 3)}))


if __name__ == "__main__":
    main()
