"""The benchmark's data: persons with 360 monthly wages, seeded; and the same task in NumPy and in Polars."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

YEARS = 30
AGES = list(range(40, 71))
DIVISORS = [
    233, 230, 226, 223, 220, 216, 212, 208, 204, 199, 195, 190, 185, 180, 175, 170, 164, 158, 152, 145, 139, 132, 125,
    117, 109, 101, 93, 84, 75, 65, 56,
]  # fmt: skip
AVERAGES = np.array([int(60_000 * 1.06**year) for year in range(YEARS)])
LOWER, UPPER = AVERAGES * 60 // 100, AVERAGES * 3
RATES = np.array([83_100 - 2_000 * year for year in range(YEARS)])
AS_OF, BASE, CREDIT, ONE = 2025 * 12 + 5, 824_000, 80_000, 1_000_000


def people(rows: int, seed: int = 1) -> dict[str, Any]:
    """Make the columns of a number of persons."""
    rng = np.random.default_rng(seed)
    level, start = rng.uniform(0.4, 3.5, rows).astype(np.float32), rng.integers(0, 200, rows)
    wages = np.empty((12 * YEARS, rows), np.int32)
    for month in range(12 * YEARS):
        wage = (AVERAGES[month // 12] * level * (0.9 + 0.2 * rng.random(rows, dtype=np.float32))).astype(np.int32)
        wages[month] = np.where(month < start, 0, wage)
    return {
        "kind": rng.integers(1, 4, rows).astype(np.int8),
        "birth": (1955 * 12 + rng.integers(0, 360, rows)).astype(np.int32),
        "deemed": rng.integers(0, 120, rows).astype(np.int16),
        "wages": wages,
    }


def common() -> dict[str, Any]:
    """What is the same for all persons."""
    return {
        "as_of": AS_OF, "base": BASE, "lower": LOWER.tolist(), "upper": UPPER.tolist(), "averages": AVERAGES.tolist(),
        "credits": [CREDIT] * YEARS, "rates": RATES.tolist(),
        "table": [part for age, months in zip(AGES, DIVISORS, strict=True) for part in (age, months * 10)],
    }  # fmt: skip


def ledger(columns: dict[str, Any]) -> dict[str, Any]:
    """The annual ledger of the persons: credit, index sum and months of each year."""
    wages = columns["wages"].reshape(YEARS, 12, -1)
    bases = np.stack([_bases(wages[year], year).sum(0) for year in range(YEARS)])
    kept = {name: columns[name] for name in ("kind", "birth", "deemed")}
    return kept | {
        "credited": rounded(bases * CREDIT, ONE).astype(np.int32),
        "indices": rounded(bases * ONE, AVERAGES[:, None]).astype(np.int32),
        "paid": (wages > 0).sum(1).astype(np.int8),
    }


def _bases(wages: Any, year: int) -> Any:
    return np.where(wages > 0, np.clip(wages, LOWER[year], UPPER[year]), 0).astype(np.int64)


def rounded(amount: Any, divisor: Any) -> Any:
    """Half up on arrays of whole numbers that are not negative."""
    return (amount + divisor // 2) // divisor


def finish(kind: Any, birth: Any, deemed: Any, balance: Any, index_sum: Any, months: Any) -> Any:
    """Retirement month, divisor and the three parts, in NumPy."""
    first, step = np.array([0, 23_580, 23_640, 23_700])[kind], np.array([1, 4, 4, 2])[kind]
    age, most = np.array([0, 720, 660, 600])[kind], np.array([0, 36, 36, 60])[kind]
    late = np.where(birth >= first, np.minimum((birth - first) // step + 1, most), 0)
    retired_age = age + late
    table = np.array(DIVISORS, np.int64) * 10
    below, above = table[retired_age // 12 - 40], table[retired_age // 12 + 1 - 40]
    divisor = rounded(below * 12 - (below - above) * (retired_age % 12), 12)
    index = np.minimum(rounded(index_sum, np.maximum(months, 1)), 20 * ONE)
    basic = rounded_product(BASE * (ONE + index), months + deemed, 2_400 * ONE)
    transition = rounded_product(BASE * (ONE + index), deemed * 14, 24_000 * ONE)
    total = basic + rounded(balance * 10, divisor) + transition
    return np.where((birth + retired_age > AS_OF) | (months < 1), 0, total)


def rounded_product(left: Any, right: Any, divisor: int) -> Any:
    """A product that fits 64 bits for these persons, rounded half up."""
    return rounded(left * right.astype(np.int64), divisor)


def with_numpy(columns: dict[str, Any]) -> Any:
    """The whole task in NumPy."""
    rows = columns["wages"].shape[1]
    balance, index_sum, months = (np.zeros(rows, np.int64) for _ in range(3))
    for year in range(YEARS):
        wages = columns["wages"][12 * year : 12 * year + 12]
        base = _bases(wages, year).sum(0)
        balance = rounded(balance * (ONE + RATES[year]) + base * CREDIT, ONE)
        index_sum += rounded(base * ONE, AVERAGES[year])
        months += (wages > 0).sum(0)
    facts = (columns[name].astype(np.int64) for name in ("kind", "birth", "deemed"))
    return finish(*facts, balance, index_sum, months)


def polars_frame(columns: dict[str, Any]) -> pl.DataFrame:
    """The persons as a Polars frame with one column a month."""
    wide = {f"w{month}": columns["wages"][month] for month in range(12 * YEARS)}
    return pl.DataFrame({name: columns[name] for name in ("kind", "birth", "deemed")} | wide)


def with_polars(frame: pl.DataFrame) -> Any:
    """The account in lazy Polars (the months are the work); the end, on a few columns, in NumPy."""
    lazy = frame.lazy()
    for year in range(YEARS):
        months = [pl.col(f"w{month}") for month in range(12 * year, 12 * year + 12)]
        low, high = int(LOWER[year]), int(UPPER[year])
        clipped = [pl.when(month > 0).then(month.clip(low, high)).otherwise(0) for month in months]
        lazy = lazy.with_columns(
            pl.sum_horizontal(clipped).cast(pl.Int64).alias(f"b{year}"),
            pl.sum_horizontal([(month > 0).cast(pl.Int64) for month in months]).alias(f"m{year}"),
        )
    balance, index_sum = pl.lit(0, pl.Int64), pl.lit(0, pl.Int64)
    for year in range(YEARS):
        base, average = pl.col(f"b{year}"), int(AVERAGES[year])
        lazy = lazy.with_columns(
            ((balance * int(ONE + RATES[year]) + base * CREDIT + ONE // 2) // ONE).alias(f"a{year}")
        )
        balance = pl.col(f"a{year}")
        index_sum = index_sum + (base * ONE + average // 2) // average
    months_paid = pl.sum_horizontal([pl.col(f"m{year}") for year in range(YEARS)])
    wanted = (
        "kind",
        "birth",
        "deemed",
        balance.alias("balance"),
        index_sum.alias("index_sum"),
        months_paid.alias("months"),
    )
    found = lazy.select(*wanted).collect()
    return finish(*(found[name].to_numpy().astype(np.int64) for name in found.columns))
