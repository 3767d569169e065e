"""Rules benchmark: the same pension task in our engine, NumPy, Polars and, where installed, OpenFisca and PolicyEngine.

``python benchmarks/rules/run.py [--rows 1000000] [--repeats 5] [--rounds 3] [--install-peers | --peers VENV]``. Engines
take turns, results are checked equal first, the best of each counts; only ratios within one run mean anything. Prints
load, CPU and extra memory. ``--install-peers`` makes the peers' own environment in ``~/.cache/hrss/peers``.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench_rules
import peers
import task

from hrss.rules.engine import evaluate
from hrss.rules.engine.columns import batch
from hrss.rules.engine.quick import quick
from hrss.rules.insurance.pension import employee_pension_from_months

LEDGER_COMMON = ("as_of", "base", "table", "rates")
OURS, LEDGER = "ours, monthly rows", "ours, annual ledger"
Timing = tuple[float, float]


def timed(work: Callable[[], Any]) -> tuple[Timing, Any]:
    """Run once; wall and CPU seconds, and the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - wall, time.process_time() - cpu), result


def alternating(jobs: dict[str, Callable[[], Any]], repeats: int) -> dict[str, Timing]:
    """Best wall time and best CPU time of each job, run in turns."""
    best: dict[str, Timing] = {}
    for _ in range(repeats):
        for name, work in jobs.items():
            (wall, cpu), _ = timed(work)
            known = best.get(name, (wall, cpu))
            best[name] = min(known[0], wall), min(known[1], cpu)
    return best


def decimal_pension(columns: dict[str, Any], row: int) -> int:
    """The task for one person in Decimal, the oracle."""

    def whole(value: Decimal) -> Decimal:
        return value.quantize(Decimal(1), ROUND_HALF_UP)

    balance = index_sum = months = Decimal(0)
    for year in range(task.YEARS):
        wages = [int(wage) for wage in columns["wages"][12 * year : 12 * year + 12, row] if wage > 0]
        base = Decimal(sum(min(max(wage, int(task.LOWER[year])), int(task.UPPER[year])) for wage in wages))
        balance = whole(balance * (task.ONE + int(task.RATES[year])) / task.ONE + base * task.CREDIT / task.ONE)
        index_sum += whole(base * task.ONE / int(task.AVERAGES[year]))
        months += len(wages)
    kind, birth, deemed = (int(columns[name][row]) for name in ("kind", "birth", "deemed"))
    first = {1: 23_580, 2: 23_640, 3: 23_700}[kind]
    late = min((birth - first) // (2 if kind == 3 else 4) + 1, 60 if kind == 3 else 36) if birth >= first else 0
    age = {1: 720, 2: 660, 3: 600}[kind] + late
    if birth + age > task.AS_OF or not months:
        return 0
    below, above = task.DIVISORS[age // 12 - 40], task.DIVISORS[age // 12 - 39]
    divisor = (Decimal(below) - Decimal((below - above) * (age % 12)) / 12).quantize(Decimal("0.1"), ROUND_HALF_UP)
    mean = task.BASE * (task.ONE + whole(index_sum / months))
    parts = (mean * (months + deemed) / (2400 * task.ONE), balance / divisor, mean * deemed * 14 / (24_000 * task.ONE))
    return int(sum(whole(part) for part in parts))


def singles(columns: dict[str, Any], common: dict[str, Any]) -> dict[str, float]:
    """One person: with explanation as JSON and text, with trace only, the bare formula. Best of many, in seconds."""
    facts = {name: int(columns[name][0]) for name in ("kind", "birth", "deemed")}
    facts |= {"wages": tuple(int(wage) for wage in columns["wages"][:, 0])} | {
        name: tuple(value) if isinstance(value, list) else value for name, value in common.items()
    }
    arrays = {name: np.asarray(value) for name, value in facts.items() if isinstance(value, tuple)}
    compiled = facts | arrays
    arguments = [facts[name] for name in bench_rules.from_months.inputs]
    jobs: dict[str, Callable[[], Any]] = {
        "explained": lambda: evaluate(bench_rules.from_months, facts).to_json(),
        "traced": lambda: evaluate(bench_rules.from_months, facts),
        "bare": lambda: bench_rules.from_months.direct(*arguments),
        "compiled": lambda: quick(bench_rules.from_months, compiled),
    }
    return {name: timing[0] for name, timing in alternating(jobs, 200).items()}


def extra_memory(work: Callable[[], Any]) -> float:
    """Peak of resident memory during a job above what was resident before it, in MB (Linux resets the peak)."""
    ctypes.CDLL(None).malloc_trim(0)  # what an earlier job freed must not serve this one unseen
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = status("VmRSS")
    result = work()
    peak = status("VmHWM")
    del result
    return (peak - before) / 1024


def status(field: str) -> int:
    """A memory figure of this process in kB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(item.split()[1]) for item in lines if item.startswith(field))


def line(name: str, timing: Timing, own: Timing, note: str = "") -> None:
    """Print one engine's line: wall and CPU seconds, and how many times ours each is."""
    wall, cpu = timing
    print(f"{name:22} {wall:8.4f} s {wall / own[0]:7.2f} x   CPU {cpu:7.4f} s {cpu / own[1]:7.2f} x   {note}")


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--install-peers", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark and print the table."""
    asked = options()
    columns, common = task.people(asked.rows), task.common()
    rows, frame = task.ledger(columns), task.polars_frame(columns)
    short = {name: common[name] for name in LEDGER_COMMON}
    jobs: dict[str, Callable[[], Any]] = {
        "read of the wages": lambda: columns["wages"].max(),
        OURS: lambda: batch(bench_rules.from_months, columns, common=common),
        LEDGER: lambda: batch(bench_rules.from_ledger, rows, common=short),
        "Polars": lambda: task.with_polars(frame),
        "NumPy": lambda: task.with_numpy(columns),
    }
    few = {name: column[..., :1000].copy() for name, column in columns.items()}
    batch(bench_rules.from_months, few, common=common)  # compiled and loaded: that is not memory of a batch
    print(f"extra memory of a batch from monthly rows: {extra_memory(jobs[OURS]):.1f} MB")
    ours = jobs[OURS]()["amount"]
    check(columns, rows, ours, jobs)
    venv = peers.installed() if asked.install_peers else asked.peers
    best, engines = rounds(jobs, columns, venv, asked)
    for name, timing in best.items():
        line(name, timing, best[OURS])
    print(f"re-check of 200,000 current pensions from stored facts: {recheck(200_000):.3f} s")
    one = singles(columns, common)
    print("one person: " + ", ".join(f"{name} {seconds * 1e6:.0f} µs" for name, seconds in one.items()))
    for package, found in engines.items():
        report_peer(package, found, ours, best, one)


def check(columns: dict[str, Any], rows: dict[str, Any], ours: Any, jobs: dict[str, Callable[[], Any]]) -> None:
    """Results first: NumPy and Polars equal for all; Decimal, and for the ledger the plain form, for a sample."""
    assert np.array_equal(ours, jobs["NumPy"]()), "NumPy differs"
    assert np.array_equal(ours, jobs["Polars"]()), "Polars differs"
    ledger, size = jobs[LEDGER]()["amount"], len(ours)
    sample = np.arange(0, size, max(size // 3000, 1))
    some = {name: np.ascontiguousarray(value[..., sample]) for name, value in rows.items()}
    common = {name: task.common()[name] for name in LEDGER_COMMON}
    plain = batch(bench_rules.from_ledger, some, common=common, compiled=False)["amount"]
    assert np.array_equal(ledger[sample], plain), "the ledger differs"
    wrong = sum(int(ours[row]) != decimal_pension(columns, int(row)) for row in sample)
    print(f"rows {size}, fen wrong against Decimal: {wrong} of {len(sample)}")


def rounds(
    jobs: dict[str, Callable[[], Any]], columns: dict[str, Any], venv: Path | None, asked: argparse.Namespace
) -> tuple[dict[str, Timing], dict[str, dict[str, Any]]]:
    """Ours and the peers in turns, several times; the best of each."""
    best: dict[str, Timing] = {}
    engines: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = peers.kept(columns, Path(folder)) if venv else None
        for at in range(asked.rounds):
            for name, (wall, cpu) in alternating(jobs, asked.repeats).items():
                known = best.get(name, (wall, cpu))
                best[name] = min(known[0], wall), min(known[1], cpu)
            for package in peers.PACKAGES if venv and source else ():
                found = peers.run_once(venv, package, source)
                if found is not None:
                    engines[package] = peers.better(engines.get(package), found)
            print(f"round {at + 1}, load {os.getloadavg()[0]:.1f}")
    return best, engines


def recheck(rows: int) -> float:
    """Recompute current pensions from stored facts, each with the parameters of its own month."""
    rng = np.random.default_rng(3)
    months = rng.integers(180, 500, rows)
    facts = {
        "age": rng.integers(600, 756, rows), "months": months, "months_before": rng.integers(0, 180, rows),
        "required_months": np.full(rows, 180), "index": rng.integers(400_000, 3_000_000, rows),
        "balance": rng.integers(10**6, 10**8, rows), "one_child": rng.random(rows) < 0.3,
    }  # fmt: skip
    days = rng.integers(date(2022, 1, 1).toordinal(), date(2025, 12, 31).toordinal(), rows, endpoint=True)
    return alternating({"recheck": lambda: batch(employee_pension_from_months, facts, on=days, region="500236")}, 5)[
        "recheck"
    ][0]


def report_peer(package: str, found: dict[str, Any], ours: Any, best: dict[str, Timing], one: dict[str, float]) -> None:
    """Print a rules engine's line, how many fen it got wrong, and the ratios of the goals."""
    timing = peers.seconds(found), float(found["cpu"])
    off = np.abs(found["pension"].astype(np.float64) - ours) >= 1
    line(package, timing, best[OURS], f"input {float(found['load']):.2f} s; a fen or more wrong: {off.mean():.1%}")
    ledger = best[LEDGER]
    print(f"{'':22} {timing[0] / ledger[0]:.0f} x our annual ledger, {timing[1] / ledger[1]:.0f} x in CPU")
    single = float(found["single"])
    ratios = ", ".join(f"{name} 1/{single / value:.0f}" for name, value in one.items())
    print(f"{'':22} one person {single * 1e3:.1f} ms; ours: {ratios}")


if __name__ == "__main__":
    main()
