"""``./hrss test``: sets up what testing needs (browser included) and passes all tests."""

from __future__ import annotations

import os

from hrss.config import browser, frontend
from hrss.config.commands import check
from hrss.config.options import Options

SUMMARY = "运行全部检查和测试（含浏览器测试）"


def main(arguments: list[str]) -> int:
    """Run the checks and the whole suite, or the tests given; gives pytest's exit code."""
    parser = Options(prog="./hrss test", description=SUMMARY)
    parser.add_argument("--no-check", action="store_true", help="不做格式、规范、类型检查")
    parser.add_argument("--processes", default="2", help="并行进程数（默认 2）")
    options, paths = parser.parse_known_args(arguments)
    frontend.build()
    os.environ["HRSS_BROWSER"] = str(browser.find())
    os.environ["PYTHONDONTWRITEBYTECODE"] = "0"
    checked = 0 if options.no_check or paths else check.main([])
    parallel = ["-n", options.processes, "--dist", "loadfile"] if options.processes != "0" else []
    if paths:
        return check.run(["pytest", *parallel, *paths])
    without_browser = check.run(["pytest", *parallel, "-m", "not journey"])
    in_browser = check.run(["pytest", *parallel, "-m", "journey"])
    return checked or without_browser or in_browser
