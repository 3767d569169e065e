"""``./hrss cases FILE…``: evaluates worked cases with the rule engine; one line a topic, exit code 1 when one fails."""

from __future__ import annotations

from pathlib import Path

from hrss.config.options import Options
from hrss.kernel.problem import Problem
from hrss.rules.cases import run

SUMMARY = "用规则引擎核对公开案例"


def main(arguments: list[str]) -> int:
    """Run the cases; gives 1 when a counted case fails."""
    parser = Options(prog="./hrss cases", description=SUMMARY)
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="案例文件（JSON 列表）")
    options = parser.parse_args(arguments)
    missing = [file for file in options.files if not file.exists()]
    if missing:
        raise Problem("cases.missing", f"没有这个文件：{missing[0]}", remedy="请核对路径")
    report = run(options.files)
    print(report.to_text())
    return report.exit_code
