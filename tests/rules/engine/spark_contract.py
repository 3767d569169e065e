"""Run by ``test_streaming`` in a Python that has pyspark: rows on standard input, amounts by person at the end."""

from __future__ import annotations

import json
import sys
from datetime import date

from pyspark.sql import SparkSession

from hrss.rules.engine.streaming import on_frame
from hrss.rules.insurance.unemployment import unemployment_months

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    .getOrCreate()
)
frame = spark.createDataFrame(json.load(sys.stdin), "person string, paid_years long, unused long").repartition(4)
found = on_frame(unemployment_months, frame, keep="person string", on=date(2025, 6, 30), region="500236")
answers = {row["person"]: row["amount"] for row in found.collect()}
spark.stop()
sys.stdout.write("\n" + json.dumps(answers) + "\n")
