"""``./hrss simulate RULE TABLE --set PARAM=VALUE``: who gains, who loses, what it costs. It changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from hrss.config.options import Options
from hrss.kernel.problem import Problem
from hrss.rules.simulate import simulate

SUMMARY = "改一个参数，看谁受益、谁受损、要花多少钱（不改任何数据）"
COUNTY = "500236"


def main(arguments: list[str]) -> int:
    """Run the what-if over a CSV or Parquet table of persons."""
    parser = Options(prog="./hrss simulate", description=SUMMARY)
    parser.add_argument("rule", metavar="规则", help="规则名，见 ./hrss rules list")
    parser.add_argument(
        "table", metavar="表", type=Path, help="人员表（csv 或 parquet），列名为规则的输入，另可有 township、age"
    )
    parser.add_argument("--set", dest="changes", action="append", required=True, metavar="参数=数值")
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="适用日期")
    parser.add_argument("--region", default=COUNTY, help="区划（默认奉节县）")
    options = parser.parse_args(arguments)
    table = _read(options.table)
    print(simulate(options.rule, table, changes=options.changes, on=options.on, region=options.region).to_text())
    return 0


def _read(path: Path) -> pl.DataFrame:
    if not path.exists():
        raise Problem("simulate.table", f"没有这个文件：{path}", remedy="请核对路径")
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, schema_overrides={"township": pl.String})
