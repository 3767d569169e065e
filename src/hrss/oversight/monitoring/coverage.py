"""The 76 fund-risk rules and where each is kept: blocked by a part, watched by an alert, or not yet and why not.

The catalogue is data of the packs; which alerts watch a rule is read from the monitoring rules themselves, so the
table cannot say more than there is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hrss.oversight.monitoring.rules import Rule

KINDS: Final = {"B": "挡下", "D": "另行确认", "A": "预警", "R": "核对"}
STATES: Final = {
    "here": "已做到", "alert": "已做到", "partly": "部分做到", "outside": "要外部数据", "later": "还没有",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Risk:
    """One rule of the catalogue; ``where`` is the module that blocks it, or the reason why it is not there."""

    id: str
    kind: str
    title: str
    state: str
    where: str


def risks(packs: Path) -> tuple[Risk, ...]:
    """Read the catalogue of the national pack."""
    with (packs / "national" / "fund_risks.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Risk(**row) for row in csv.DictReader(file))


def table(packs: Path, rules: Iterable[Rule]) -> str:
    """Write the catalogue as a page: counts first, then every rule with where it is kept."""
    found, watching = risks(packs), _watching(rules)
    counts = {words: sum(STATES[one.state] == words for one in found) for words in dict.fromkeys(STATES.values())}
    lines = [
        "# 76 条基金风险规则做到了哪些",
        "",
        "由 `packs/national/fund_risks.csv` 和监控规则的 `covers` 生成，不要手改；",
        "`tests/oversight/test_coverage.py` 核对。",
        "",
        "，".join(f"{words} {count} 条" for words, count in counts.items()) + "。",
        "",
        "| 编号 | 方式 | 规则 | 情况 | 在哪里，或者为什么没有 |",
        "|---|---|---|---|---|",
    ]
    lines += [_line(one, watching.get(one.id, [])) for one in found]
    return "\n".join(lines) + "\n"


def _line(one: Risk, alerts: list[str]) -> str:
    where = f"`{one.where}`" if one.state == "here" else one.where
    watched = "预警：" + "、".join(f"`{code}`" for code in alerts) if alerts else ""
    told = "；".join(part for part in (where, watched) if part)
    return f"| {one.id} | {KINDS[one.kind]} | {one.title} | {STATES[one.state]} | {told} |"


def _watching(rules: Iterable[Rule]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in rules:
        for risk in rule.covers:
            found.setdefault(risk, []).append(rule.code)
    return found
