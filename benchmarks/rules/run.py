"""Rules benchmark: the same pension task in our engine, NumPy, Polars and, where installed, OpenFisca and PolicyEngine.

``python benchmarks/rules/run.py [--rows 1000000] [--repeats 5] [--peers /path/to/venv]``. Engines alternate, results
are checked equal first, the best of each counts; only ratios within one run mean anything. Prints load, CPU and extra
memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
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
import task

from hrss.rules.engine import evaluate
from hrss.rules.engine.columns import batch
from hrss.rules.engine.quick import quick
from hrss.rules.insurance.pension import employee_pension_from_months

LEDGER_COMMON = ("as_of", "base", "table", "rates")
Timing = tuple[float, float]


def timed(work: Callable[[], Any]) -> tuple[Timing, Any]:
    """Run once; wall and CPU seconds, and the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - wall, time.process_time() - cpu), result


def alternating(jobs: dict[str, Callable[[], Any]], repeats: int) -> dict[str, Timing]:
    """Best wall time of each job, run in turns."""
    best: dict[str, Timing] = {}
    for _ in range(repeats):
        for name, work in jobs.items():
            found, _ = timed(work)
            best[name] = min(best.get(name, found), found)
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


def peers(venv: Path, columns: dict[str, Any], repeats: int) -> dict[str, dict[str, Any]]:
    """Run the rules engines installed in another environment over the same data."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.npz"
        np.savez(
            source, **columns, lower=task.LOWER, upper=task.UPPER, averages=task.AVERAGES, rates=task.RATES,
            divisors=np.array(task.DIVISORS), base=task.BASE, as_of=task.AS_OF,
        )  # fmt: skip
        for package in ("openfisca_core", "policyengine_core"):
            target = Path(folder) / f"{package}.npz"
            script = Path(__file__).with_name("peer_rules_engine.py")
            command = [str(venv / "bin" / "python"), str(script), package, str(source), str(target), str(repeats)]
            if subprocess.run(command, check=False).returncode == 0:
                found[package] = dict(np.load(target))
    return found


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


def line(name: str, seconds: float, own: float, note: str = "") -> None:
    """Print one engine's line."""
    print(f"{name:34} {seconds:9.4f} s   {seconds / own:8.2f} x ours   {note}")


def main() -> None:
    """Run the benchmark and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", type=Path)
    options = parser.parse_args()
    columns, common = task.people(options.rows), task.common()
    rows, frame = task.ledger(columns), task.polars_frame(columns)
    short = {name: common[name] for name in LEDGER_COMMON}
    ours = batch(bench_rules.from_months, columns, common=common)["amount"]
    batch(bench_rules.from_ledger, rows, common=short)
    extra = extra_memory(lambda: batch(bench_rules.from_months, columns, common=common))
    assert np.array_equal(ours, task.with_numpy(columns)), "NumPy differs"
    assert np.array_equal(ours, task.with_polars(frame)), "Polars differs"
    sample = range(0, options.rows, max(options.rows // 3000, 1))
    wrong = sum(int(ours[row]) != decimal_pension(columns, row) for row in sample)
    best = alternating(
        {
            "read of the wages": lambda: columns["wages"].max(),
            "ours, monthly rows": lambda: batch(bench_rules.from_months, columns, common=common),
            "ours, annual ledger": lambda: batch(bench_rules.from_ledger, rows, common=short),
            "Polars": lambda: task.with_polars(frame),
            "NumPy": lambda: task.with_numpy(columns),
        },
        options.repeats,
    )
    own, fast = best["ours, monthly rows"][0], best["ours, annual ledger"][0]
    print(f"rows {options.rows}, load {os.getloadavg()[0]:.1f}, fen wrong against Decimal: {wrong} of {len(sample)}")
    print(f"extra memory of a batch from monthly rows: {extra:.1f} MB")
    for name, (wall, cpu) in best.items():
        line(name, wall, own, f"CPU {cpu:.3f} s")
    print(f"re-check of 200,000 current pensions from stored facts: {recheck(200_000):.3f} s")
    one = singles(columns, common)
    print("one person: " + ", ".join(f"{name} {seconds * 1e6:.0f} µs" for name, seconds in one.items()))
    if options.peers:
        for package, found in peers(options.peers, columns, 2).items():
            report_peer(package, found, ours, own, fast, one)


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


def report_peer(package: str, found: dict[str, Any], ours: Any, own: float, fast: float, one: dict[str, float]) -> None:
    """Print a rules engine's line, how many fen it got wrong, and the ratios of the goals."""
    seconds = float(found["load"] + found["compute"])
    off = np.abs(found["pension"].astype(np.float64) - ours) >= 1
    line(package, seconds, own, f"input {float(found['load']):.2f} s; a fen or more wrong: {off.mean():.1%}")
    print(f"{'':34} {seconds / fast:9.0f} x our annual ledger")
    single = float(found["single"])
    ratios = ", ".join(f"{name} 1/{single / value:.0f}" for name, value in one.items())
    print(f"{'':34} one person {single * 1e3:.1f} ms; ours: {ratios}")


if __name__ == "__main__":
    main()
