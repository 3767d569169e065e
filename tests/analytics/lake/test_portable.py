"""One plain aggregation, written once with Ibis, gives on DuckDB what our SQL gives; on Spark where it is there."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ibis
import pytest

from hrss.analytics.lake.reading import current_files, opened
from hrss.analytics.lake.refreshing import refresh

NAME = "employment.hires"


def asked(table: ibis.expr.types.Table) -> ibis.expr.types.Table:
    urban = table.filter(table.is_urban)
    counted = urban.group_by(["kind"]).aggregate(rows=urban.count(), people=urban.person_id.nunique())
    return counted.order_by("kind")


SPARK = pytest.mark.skipif(find_spec("pyspark") is None, reason="Spark (optional extra, needs Java) is not installed")


def rows(link: Any, question: ibis.expr.types.Table) -> list[tuple[Any, ...]]:
    answer = link.raw_sql(str(ibis.to_sql(question, dialect=link.name)))
    return [tuple(row) for row in (answer.fetchall() if link.name == "duckdb" else answer.collect())]


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("pyspark", marks=SPARK)])
def test_the_same_question_has_the_same_answer(engine: str, county: Path) -> None:
    refresh(full=True, only={NAME})
    link = getattr(ibis, engine).connect()
    found = rows(link, asked(link.read_parquet(current_files([NAME])[NAME])))
    with opened([NAME]) as lake:
        ours = "SELECT kind, count(*), count(DISTINCT person_id) FROM employment.hires WHERE is_urban GROUP BY 1"
        assert found == lake.execute(f"{ours} ORDER BY 1").fetchall()
    assert len(found) > 1
