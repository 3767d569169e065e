"""``./hrss rules list|show|explain|params|pages``: read rules and parameters, ask one with facts, write the pages."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from hrss.config.environment import PROJECT
from hrss.config.options import Options
from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine.parameters import FOREVER, STATUS_WORDS, ParameterValue
from hrss.rules.pages import published, write_pages

SUMMARY = "查看规则和参数，按事实试算一条规则"
COUNTY = "500236"
DOUBTFUL = ("unverified", "disputed")


def main(arguments: list[str]) -> int:
    """Run one of the sub-commands."""
    options = _parser().parse_args(arguments)
    options.run(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Options(prog="./hrss rules", description=SUMMARY)
    commands = parser.add_subparsers(required=True, metavar="list|show|explain|params|pages")
    listing = commands.add_parser("list", help="列出规则")
    listing.add_argument("family", nargs="?", default="", help="只列这一类，如 insurance.")
    listing.set_defaults(run=_list)
    showing = commands.add_parser("show", help="一条规则的公式、依据和参数")
    showing.add_argument("name")
    showing.set_defaults(run=_show)
    asking = commands.add_parser("explain", help="按事实试算，给出过程")
    asking.add_argument("name")
    asking.add_argument("facts", nargs="*", metavar="名称=数值", help="如 paid_years=3 unused=0")
    asking.add_argument("--on", type=date.fromisoformat, default=None, help="适用日期（默认今天）")
    asking.add_argument("--known-at", type=date.fromisoformat, default=None, help="按当时已知的参数计算")
    asking.add_argument("--region", default=COUNTY, help="区划（默认奉节县）")
    asking.add_argument("--json", action="store_true", help="以 JSON 输出")
    asking.set_defaults(run=_explain)
    values = commands.add_parser("params", help="列出参数及其来源和状态")
    values.add_argument("prefix", nargs="?", default="")
    values.add_argument("--status", default="", help="final、provisional、unverified 或 disputed")
    values.add_argument("--on", type=date.fromisoformat, default=None, help="只列这一天有效的数值")
    values.add_argument("--region", default=None, help="只列在这个区划适用的数值")
    values.set_defaults(run=_params)
    writing = commands.add_parser("pages", help="重新生成每条规则的说明页")
    writing.add_argument("folder", nargs="?", type=Path, default=PROJECT / "docs" / "rules", help="默认 docs/rules")
    writing.set_defaults(run=_pages)
    return parser


def _list(options: argparse.Namespace) -> None:
    for rule in catalogue.list_rules(options.family):
        print(f"{rule.name:<48}{rule.title}")


def _show(options: argparse.Namespace) -> None:
    print(catalogue.show(options.name).to_text())


def _explain(options: argparse.Namespace) -> None:
    facts = dict(_fact(text) for text in options.facts)
    today = date.today()  # noqa: DTZ011 - the day on this machine's calendar is what the person means
    asked = {"on": options.on or today, "region": options.region, "known_at": options.known_at, "today": today}
    found = catalogue.explain(options.name, facts, **asked)
    print(json.dumps(found.to_json(), ensure_ascii=False, indent=1) if options.json else found.to_text())


def _fact(text: str) -> tuple[str, object]:
    name, sign, written = text.partition("=")
    if not sign:
        raise Problem("rules.fact", f"“{text}”不是“名称=数值”", remedy="例如 paid_years=3")
    try:
        return name, json.loads(written)
    except ValueError:
        return name, written


def _params(options: argparse.Namespace) -> None:
    found = catalogue.params(options.prefix, on=options.on, region=options.region, status=options.status)
    for value in found:
        where = value.region or "全国"
        told = value.document or value.source
        print(f"{value.name:<56}{where:<8}{_span(value)}  {value.shown}  {STATUS_WORDS[value.status]}  {told}")
    print(f"共 {len(found)} 个数值；未核实或有争议 {sum(value.status in DOUBTFUL for value in found)} 个")


def _span(value: ParameterValue) -> str:
    until = "" if value.valid_to == FOREVER else value.valid_to.isoformat()
    return f"{value.valid_from}—{until:<10}"


def _pages(options: argparse.Namespace) -> None:
    cases = published(sorted((PROJECT / "tests" / "cases").glob("*.json")))
    print(f"写了 {write_pages(options.folder, cases)} 页，在 {options.folder}")
