"""Generated documentation: one page per rule in Chinese, with article, formula, parameters over time, a worked example.

The example is computed by the engine from ordinary values of each unit; where the rule refuses for them, the page says
so. Published cases stay with the tests. It writes only into the folder it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine.evaluate import evaluate
from hrss.rules.engine.parameters import FOREVER, STATUS_WORDS, ParameterValue
from hrss.rules.engine.rule import Rule, find_rule
from hrss.rules.engine.units import MOST_YEARS, Measure, SeriesUnit, TableUnit, Unit

EXAMPLE_DAY = date(2025, 12, 1)
EXAMPLE_REGION = "500236"
ORDINARY = {
    "fen": 12_000_000, "wage": 600_000, "total": 500_000_000, "rate": 80_000, "index": 800_000, "months": 192,
    "tenth_months": 1390, "years": 20, "days": 30, "hours": 800, "score": 8500, "count": 5, "grade": 5, "year": 2025,
    "month": 1970 * 12 + 5, "day": date(2025, 6, 2).toordinal(), "flag": 1,
}  # fmt: skip


def ordinary_facts(rule: Rule[..., Any]) -> dict[str, Any]:
    """Ordinary values for the facts of a rule, within its bounds; tables and series are short."""
    return {name: _ordinary(unit) for name, unit in rule.facts.items()}


def _ordinary(unit: Measure) -> Any:
    if isinstance(unit, SeriesUnit):
        return (_ordinary(unit.value),) * (36 if unit.most > MOST_YEARS else 3)
    if isinstance(unit, TableUnit):
        return (0, _ordinary(unit.value))
    if isinstance(unit, Unit):
        usual = ORDINARY.get(unit.name, unit.low + (unit.high - unit.low) // 10)
        return min(max(usual, unit.low), unit.high)
    return int(next(iter(unit)))


def page(name: str) -> str:
    """Give the page of a rule as Markdown."""
    card = catalogue.show(name)
    return "\n".join([*_head(card), *_inputs(card), *_formula(card), *_parameters(card), *_example(name)]) + "\n"


def write_pages(folder: Path) -> int:
    """Write the pages of all rules and their index; gives the number of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = catalogue.list_rules()
    for rule in rules:
        (folder / f"{rule.name}.md").write_text(page(rule.name), encoding="utf-8")
    lines = ["# 规则目录", "", *(f"- [{rule.title}]({rule.name}.md)：{rule.article}" for rule in rules)]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rules)


def _head(card: catalogue.RuleCard) -> Iterator[str]:
    yield from (f"# {card.title}", "", card.summary, "", f"- 规则名：`{card.name}`", f"- 依据：{card.article}")
    if card.payer:
        yield f"- 由谁支付：{card.payer}"
    if card.rounding:
        yield f"- 取整：{card.rounding}"


def _inputs(card: catalogue.RuleCard) -> Iterator[str]:
    yield from ("", "## 输入", "", "| 名字 | 含义 | 单位 | 来源 |", "|---|---|---|---|")
    for item in card.inputs:
        choices = "、".join(word for _, word in item.choices)
        yield f"| `{item.name}` | {item.word} | {choices or item.unit or item.kind} | {item.parameter or '事实'} |"


def _formula(card: catalogue.RuleCard) -> Iterator[str]:
    yield from ("", "## 公式", "", *(f"- {line}" for line in card.formula))


def _parameters(card: catalogue.RuleCard) -> Iterator[str]:
    if not card.parameters:
        return
    yield from (
        "",
        "## 参数沿革",
        "",
        "| 参数 | 地区 | 起止 | 公布 | 数值 | 状态 | 出处 |",
        "|---|---|---|---|---|---|---|",
    )
    yield from (_parameter_row(value) for value in card.parameters)


def _parameter_row(value: ParameterValue) -> str:
    until = "" if value.valid_to == FOREVER else value.valid_to.isoformat()
    source = "；".join(part for part in (value.document, value.source, value.note) if part)
    where, span = value.region or "全国", f"{value.valid_from} — {until}"
    status = STATUS_WORDS[value.status]
    return f"| {value.title} | {where} | {span} | {value.known_from} | {value.shown} | {status} | {source} |"


def _example(name: str) -> Iterator[str]:
    yield from ("", f"## 算例（{EXAMPLE_DAY.isoformat()}，奉节县）", "")
    rule = find_rule(name)
    try:
        found = evaluate(rule, ordinary_facts(rule), on=EXAMPLE_DAY, region=EXAMPLE_REGION)
    except Problem as problem:
        yield f"按通常数值不予计算：{problem}"
        return
    yield from ("```", *found.to_text().splitlines(), "```")
