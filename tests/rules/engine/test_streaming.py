"""Rules over Arrow batches: lazily, keys kept, refusals by row; and the same through Spark where it is installed.

Spark is the optional extra ``hrss[spark]`` and needs Java 17. ``HRSS_SPARK_PYTHON`` names another Python that has it.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine import evaluate, find_rule
from hrss.rules.engine.streaming import mapper, result_schema
from hrss.rules.insurance.unemployment import unemployment_death, unemployment_months

DAY, COUNTY = date(2025, 6, 30), "500236"
PROJECT = Path(__file__).resolve().parents[3]
FACTS = {"person": ["a", "b", "c"], "paid_years": [0, 3, 40], "unused": [5, 2, 24]}
catalogue.load_all()


def batches(count: int, pulled: list[int]) -> Iterator[Any]:
    for at in range(count):
        pulled.append(at)
        yield pa.RecordBatch.from_pydict(FACTS)


def test_batches_come_one_by_one_and_keep_their_keys() -> None:
    pulled: list[int] = []
    stream = mapper(unemployment_months, keep=("person",), on=DAY, region=COUNTY)(batches(1000, pulled))
    first = next(stream)
    assert pulled == [0]
    assert first.to_pydict() == {"person": ["a", "b", "c"], "amount": [0, 11, 24]}
    second = next(stream)
    assert pulled == [0, 1]
    assert second.equals(first)


def test_wanted_named_values_stand_beside_the_amount() -> None:
    record = pa.RecordBatch.from_pydict({"standard": [186_400]})
    run = mapper(unemployment_death, want=("funeral", "relief"), on=DAY, region=COUNTY)
    assert next(run([record])).to_pydict() == {"amount": [2_982_400], "funeral": [1_118_400], "relief": [1_864_000]}
    assert result_schema(unemployment_death, keep="person string", want=("funeral",)) == (
        "person string, amount long, funeral long"
    )


def test_a_bad_row_refuses_its_batch_by_field_and_row() -> None:
    record = pa.RecordBatch.from_pydict({"paid_years": [1, -1], "unused": [0, 0]})
    with pytest.raises(Problem, match="第 2 行") as refused:
        next(mapper(unemployment_months, on=DAY, region=COUNTY)([record]))
    assert refused.value.field == "paid_years"


@pytest.mark.parametrize("name", ["insurance.unemployment_months", "labour.severance", "talent.quota"])
def test_a_rule_travels_by_name(name: str) -> None:
    assert pickle.loads(pickle.dumps(find_rule(name))) is find_rule(name)  # noqa: S301 (our own bytes)


@cache
def spark_python() -> str:
    """A Python with pyspark: this one or the one the machine names; empty where there is none."""
    for python in (os.environ.get("HRSS_SPARK_PYTHON", ""), sys.executable):
        if (
            python
            and subprocess.run([python, "-c", "import pyspark"], capture_output=True, check=False).returncode == 0
        ):
            return python
    return ""


@pytest.mark.slow
def test_the_same_fen_through_spark() -> None:
    """The contract: a frame of persons through ``mapInArrow`` gives what ``evaluate`` gives for each."""
    python = spark_python()
    if not python:
        pytest.skip("pyspark is not installed: pip install 'hrss[spark]' (Java 17), or name one in HRSS_SPARK_PYTHON")
    script = Path(__file__).with_name("spark_contract.py")
    rows = [[f"p{at}", at % 50, at % 25] for at in range(1000)]
    home = {"PYTHONPATH": str(PROJECT / "src"), "PYSPARK_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        [python, str(script)], input=json.dumps(rows), env=os.environ | home, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == len(rows)
    wanted = {
        person: evaluate(unemployment_months, {"paid_years": years, "unused": unused}, on=DAY, region=COUNTY).amount
        for person, years, unused in rows
    }
    assert found == wanted
