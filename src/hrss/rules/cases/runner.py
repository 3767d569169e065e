"""Runs files of published cases against the rules and reports by topic.

Adapters of all families are imported here; a file that is not a list of cases is a Problem. Expected values are read
only after the engine has answered.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hrss.kernel.problem import Problem
from hrss.rules import cases
from hrss.rules.cases.comparing import differences
from hrss.rules.cases.report import CaseResult, Report
from hrss.rules.cases.topics import Case, Unsupported, adapter_of


def run(paths: Iterable[Path | str]) -> Report:
    """Answer every case of the files; see ``Report`` for lines, failures and exit code."""
    found: list[Mapping[str, Any]] = []
    for path in paths:
        found += _read(Path(path))
    return run_cases(found)


def run_cases(items: Iterable[Mapping[str, Any]]) -> Report:
    """Answer cases given as mappings with topic, inputs, expected, tolerance."""
    for module in pkgutil.iter_modules(cases.__path__):
        importlib.import_module(f"hrss.rules.cases.{module.name}")
    return Report(tuple(_run_one(item) for item in items))


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        remedy = "请给出可读的 JSON 文件"
        raise Problem("cases.unreadable", f"无法读取案例文件 {path}：{error}", field=str(path), remedy=remedy) from None
    if not isinstance(content, list):
        raise Problem("cases.unreadable", f"{path} 不是案例列表", field=str(path), remedy="文件内容须为 JSON 列表")
    return content


def region_of(jurisdiction: str) -> str:
    """Read ``CN-50`` as the region prefix ``50`` and ``CN`` as the whole country."""
    return "".join(part for part in jurisdiction.split("-")[1:] if part.isdigit())


def _run_one(item: Any) -> CaseResult:
    fault = _fault(item)
    if fault:
        named = item if isinstance(item, Mapping) else {}
        return CaseResult(str(named.get("id", "")), str(named.get("topic", "")), "accept", "", "failed", fault)
    use, confidence = str(item.get("use", "accept")), str(item.get("confidence", ""))
    state, reason, answer = _judge(item, use)
    return CaseResult(str(item.get("id", "")), str(item.get("topic", "")), use, confidence, state, reason, answer)


def _fault(item: Any) -> str:
    """What keeps an entry of the list from being a case; empty where it is one."""
    if not isinstance(item, Mapping):
        return f"不是案例：{str(item)[:40]}"
    parts = {"inputs": item.get("inputs") or {}, "expected": item.get("expected")}
    wrong = [name for name, part in parts.items() if not isinstance(part, Mapping)]
    return f"案例的 {'、'.join(wrong)} 缺少或不是 JSON 对象" if wrong else ""


def _judge(item: Mapping[str, Any], use: str) -> tuple[str, str, dict[str, Any] | None]:
    case = Case(dict(item.get("inputs") or {}), region_of(str(item.get("jurisdiction") or "CN")))
    try:
        answer = dict(adapter_of(str(item.get("topic", "")))(case))
    except Unsupported as missing:
        return "unsupported", str(missing), None
    except Problem as problem:
        return ("passed" if use == "negative" else "failed"), str(problem), None
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
        return "failed", f"输入无法理解：{error}", None
    try:
        return _compared(item, answer, use)
    except (TypeError, ValueError, ArithmeticError) as error:
        return "failed", f"公布值或容差无法理解：{error}", answer


def _compared(item: Mapping[str, Any], answer: dict[str, Any], use: str) -> tuple[str, str, dict[str, Any] | None]:
    found = differences(item["expected"], answer, item.get("tolerance", 0))
    if use == "negative":
        return ("passed", "", answer) if found else ("failed", "给出了已知错误的答案", answer)
    return ("failed", "；".join(found), answer) if found else ("passed", "", answer)
