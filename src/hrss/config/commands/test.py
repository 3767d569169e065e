"""``./hrss test``: sets up what testing needs (browser included) and passes all tests.

It refuses options it does not know before anything is made; pytest's own go after ``--``.
"""

from __future__ import annotations

import argparse
import os

from hrss.config import browser, frontend, room
from hrss.config.commands import check
from hrss.config.environment import PROJECT
from hrss.config.options import Options, whole_between
from hrss.kernel.problem import Problem

SUMMARY = "运行全部检查和测试（含浏览器测试）"
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")  # tests/conftest.py puts the long files first


def main(arguments: list[str]) -> int:
    """Run the checks and the whole suite, or the tests given; gives pytest's exit code."""
    options = _options(arguments)
    room.check_temporary()
    paths = options.paths
    frontend.build()
    os.environ["HRSS_BROWSER"] = str(browser.find())
    os.environ["PYTHONDONTWRITEBYTECODE"] = "0"
    checked = 0 if options.no_check or paths else check.main([])
    if paths:
        return check.run(["pytest", *_parallel(options), *paths])
    without_browser = check.run(["pytest", *_parallel(options), "-m", "not journey"])
    in_browser = check.run(["pytest", *_parallel(options), "-m", "journey"])
    return checked or without_browser or in_browser


def _parallel(options: argparse.Namespace) -> list[str]:
    return ["-n", str(options.processes), *BY_FILE] if options.processes else []


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = Options(prog="./hrss test", description=SUMMARY)
    parser.add_argument("--no-check", action="store_true", help="不做格式、规范、类型检查")
    parser.add_argument(
        "--processes", type=whole_between(0, 64, "并行进程数要在 0 到 64 之间"), default=2, help="并行进程数（默认 2）"
    )
    parser.add_argument("paths", nargs="*", metavar="测试", help="只跑这些测试；pytest 自己的选项写在 -- 后面")
    options = parser.parse_args(arguments)
    if "--" not in arguments:
        _must_exist(options.paths)
    return options


def _must_exist(paths: list[str]) -> None:
    missing = [one for one in paths if not (PROJECT / one.partition("::")[0]).exists()]
    if missing:
        raise Problem(
            "usage", f"没有“{missing[0]}”这个测试", remedy="请写测试文件或目录的路径，例如 tests/rules", status=400
        )
