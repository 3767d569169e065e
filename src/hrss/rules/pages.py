"""Generated documentation: one page per rule in Chinese, with article, formula, parameters over time, a worked case.

The case is a published one where a published one asks the rule, else an example from ``examples.yaml``, else ordinary
values of each unit; the engine computes it, and an assumed number is called so. The same files give the same bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.cases import run_cases
from hrss.rules.cases.topics import asked_of_rules
from hrss.rules.engine.evaluate import evaluate, read_facts
from hrss.rules.engine.parameters import FOREVER, STATUS_WORDS, ParameterValue
from hrss.rules.engine.rule import Rule, find_rule
from hrss.rules.engine.units import MOST_YEARS, Measure, SeriesUnit, TableUnit, Unit

EXAMPLE_DAY = date(2025, 12, 1)
EXAMPLE_REGION = "500236"
EXAMPLES = Path(__file__).with_name("examples.yaml")
FAMILIES = {
    "insurance": "社会保险", "employment": "就业创业", "labour": "劳动关系", "talent": "人才人事", "general": "综合",
}  # fmt: skip
ORDINARY = {
    "fen": 12_000_000, "wage": 600_000, "total": 500_000_000, "rate": 80_000, "index": 800_000, "months": 192,
    "tenth_months": 1390, "years": 20, "days": 30, "hours": 800, "score": 8500, "count": 5, "grade": 5, "year": 2025,
    "month": 1970 * 12 + 5, "day": date(2025, 6, 2).toordinal(), "flag": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked case: where it comes from and what is asked."""

    told: str
    facts: Mapping[str, Any]
    on: date | None = EXAMPLE_DAY
    region: str = EXAMPLE_REGION


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


def published(paths: Iterable[Path]) -> dict[str, Worked]:
    """For each rule the first accepted published case that asks it and is reproduced."""
    found: dict[str, Worked] = {}
    for path in paths:
        for item in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal):
            with asked_of_rules() as asked:
                report = run_cases([item])
            if report.total.passed == 1:
                told = f"公布案例 {item['id']}，出处：{item.get('source') or '见案例文件'}"
                for one in asked:
                    found.setdefault(one.rule.name, Worked(told, one.facts, one.on, one.region))
    return found


def page(name: str, cases: Mapping[str, Worked] | None = None) -> str:
    """Give the page of a rule as Markdown, with its case from ``published`` where there is one."""
    card = catalogue.show(name)
    worked = (cases or {}).get(name) or _own_example(find_rule(name))
    return "\n".join([*_head(card), *_inputs(card), *_formula(card), *_parameters(card), *_case(name, worked)]) + "\n"


def all_pages(cases: Mapping[str, Worked] | None = None) -> dict[str, str]:
    """File name and text of every page and of the index."""
    rules = catalogue.list_rules()
    made = {f"{rule.name}.md": page(rule.name, cases) for rule in rules}
    return {"README.md": _index(rules), **made}


def write_pages(folder: Path, cases: Mapping[str, Worked] | None = None) -> int:
    """Write the pages of all rules and their index, drop pages of rules that are gone; gives the number of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    made = all_pages(cases)
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(made) - 1


def _index(rules: tuple[Rule[..., Any], ...]) -> str:
    lines = ["# 规则目录", "", "由 `./hrss rules pages` 生成，不手工修改。每条规则一页：依据、公式、参数沿革、算例。"]
    by_family: dict[str, list[Rule[..., Any]]] = defaultdict(list)
    for rule in rules:
        by_family[rule.name.split(".")[0]].append(rule)
    for family, title in FAMILIES.items():
        lines += ["", f"## {title}（{len(by_family[family])} 条）", ""]
        lines += [f"- [{rule.title}]({rule.name}.md)：{rule.article}" for rule in by_family[family]]
    return "\n".join(lines) + "\n"


def _head(card: catalogue.RuleCard) -> Iterator[str]:
    yield from (f"# {card.title}", "", card.summary, "", f"- 规则名：`{card.name}`", f"- 依据：{card.article}")
    if card.payer:
        yield f"- 由谁支付：{card.payer}"
    if card.rounding:
        yield f"- 取整：{card.rounding}"
    doubtful = sorted({value.title for value in card.parameters if value.status in ("unverified", "disputed")})
    if doubtful:
        yield f"- 尚未核实或有争议的参数：{'、'.join(doubtful)}"


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


def _own_example(rule: Rule[..., Any]) -> Worked:
    """The example written for a rule, else ordinary values."""
    written = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")).get(rule.name)
    if written is None:
        return Worked("示例，按通常数值", ordinary_facts(rule))
    facts = read_facts(rule, written["facts"])
    assumed = "、".join(rule.word(name) for name in facts if name in rule.parameters)
    told = f"示例，其中{assumed}为假设" if assumed else "示例"
    return Worked(told, facts, written.get("day", EXAMPLE_DAY))


def _case(name: str, worked: Worked) -> Iterator[str]:
    day = f"{worked.on.isoformat()}，" if worked.on else ""
    yield from ("", "## 算例", "", f"{worked.told}。{day}地区：{worked.region or '全国'}。", "")
    try:
        found = evaluate(find_rule(name), worked.facts, on=worked.on, region=worked.region)
    except Problem as problem:
        yield f"按这些数值不予计算：{problem}"
        return
    yield from ("```", *found.to_text().splitlines(), "```")
