"""``./hrss bench``: runs the benchmarks and prints ratios against named peers of the same run.

A benchmark is a ``run.py`` or ``bench_*.py`` under ``benchmarks`` that can be started (it names ``__main__``); the
first line of its docstring is its help line. ``benchmarks/README.md`` tells their peers and latest results.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from hrss.config.commands.check import run
from hrss.config.environment import PROJECT
from hrss.config.options import Options

SUMMARY = "性能测量（与同类工具在同一次运行中比较）"
FOLDER = PROJECT / "benchmarks"


def main(arguments: list[str]) -> int:
    """Run one benchmark by name, or list them with a line each."""
    found = benchmarks()
    parser = Options(prog="./hrss bench", description=SUMMARY)
    parser.add_argument("name", nargs="?", choices=sorted(found), help="哪一项；不写则列出")
    options, rest = parser.parse_known_args(arguments)
    if rest and not options.name:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if not options.name:
        for name, path in sorted(found.items()):
            print(f"{name}\n    {help_of(path)}")
        return 0
    sys.stdout.flush()
    return run(["python", str(found[options.name]), *rest], path=(PROJECT / "src", PROJECT))


def benchmarks() -> dict[str, Path]:
    """Give every benchmark by its name: the path below ``benchmarks`` without the ending."""
    files = [*FOLDER.glob("**/run.py"), *FOLDER.glob("**/bench_*.py")]
    startable = [path for path in files if "__main__" in path.read_text(encoding="utf-8")]
    return {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in startable}


def help_of(path: Path) -> str:
    """Give the first line of a benchmark's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]
