"""``./hrss bench``: runs the benchmarks and prints ratios against named peers of the same run."""

from __future__ import annotations

import sys

from hrss.config.commands.check import run
from hrss.config.environment import PROJECT
from hrss.config.options import Options

SUMMARY = "性能测量（与同类工具在同一次运行中比较）"


def main(arguments: list[str]) -> int:
    """Run one benchmark by name, or list them."""
    folder = PROJECT / "benchmarks"
    names = sorted(str(path.relative_to(folder).with_suffix("")) for path in folder.glob("**/bench_*.py"))
    parser = Options(prog="./hrss bench", description=SUMMARY)
    parser.add_argument("name", nargs="?", choices=names, help="哪一项；不写则列出")
    options, rest = parser.parse_known_args(arguments)
    if not options.name:
        print("\n".join(names))
        return 0
    sys.stdout.flush()
    return run(["python", str(folder / f"{options.name}.py"), *rest])
