"""Answer one person: check the facts, look the parameters up, run the formula with its trace.

``evaluate`` is the only way a number reaches a person: it refuses unknown or missing facts and values out of bounds,
naming field and rule. ``replay`` computes a stored explanation again from its facts and parameter versions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hrss.kernel.problem import Problem
from hrss.rules.engine.arithmetic import Refused
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.loading import default_parameters
from hrss.rules.engine.parameters import Parameters, ParameterValue
from hrss.rules.engine.rule import Rule, find_rule
from hrss.rules.engine.units import Choice, Measure, SeriesUnit, TableUnit, Unit


def evaluate(
    rule: Rule[..., Any],
    facts: Mapping[str, Any],
    *,
    on: date | None = None,
    region: str = "",
    known_at: date | None = None,
    parameters: Parameters | None = None,
) -> Explanation:
    """Run a rule for one person. ``facts`` are scaled whole numbers; a fact named like a parameter replaces it."""
    used = _parameters(rule, facts, on, region, known_at, parameters)
    values = {name: value.value for name, value in used.items()} | dict(facts)
    _check(rule, values)
    try:
        amount, named = rule.traced(**values)
    except Refused as refusal:
        refusal.rule = _named(rule)
        raise
    return Explanation(rule, amount, named, tuple(used.values()), on, region, known_at)


def read_facts(rule: Rule[..., Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Turn facts as people write them (yuan, 2025-02, 男) into the whole numbers of the formula."""
    strange = [name for name in facts if name not in rule.inputs]
    if strange:
        raise _strange(rule, strange[0])
    try:
        return {name: _read(rule.inputs[name], value, name) for name, value in facts.items()}
    except Problem as problem:  # a unit knows the field, not which rule was asked
        problem.rule = _named(rule)
        raise


def replay(stored: Mapping[str, Any], *, parameters: Parameters | None = None) -> Explanation:
    """Compute a stored explanation (``Explanation.to_json``) again from its facts and parameter versions."""
    rule = find_rule(stored["rule"])
    versions = [value["version"] for value in stored["parameters"]]
    pinned = (parameters or default_parameters()).pinned_to(versions)
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in stored["facts"].items()}
    facts |= {name: tuple(v) if isinstance(v, list) else v for name, v in stored.get("overridden", {}).items()}
    on = date.fromisoformat(stored["on"]) if stored["on"] else None
    known_at = date.fromisoformat(stored["known_at"]) if stored["known_at"] else None
    return evaluate(rule, facts, on=on, region=stored["region"], known_at=known_at, parameters=pinned)


def _named(rule: Rule[..., Any]) -> str:
    """How a Problem names the rule that was asked."""
    return f"{rule.title}（{rule.article}）"


def _parameters(
    rule: Rule[..., Any],
    facts: Mapping[str, Any],
    on: date | None,
    region: str,
    known_at: date | None,
    parameters: Parameters | None,
) -> dict[str, ParameterValue]:
    wanted = {name: key for name, key in rule.parameters.items() if name not in facts}
    if not wanted:
        return {}
    if on is None:
        raise Problem(
            "rules.no_date", f"计算「{rule.title}」需要日期", field="on", rule=_named(rule), remedy="请给出日期"
        )
    store = parameters or default_parameters()
    try:
        return {name: store.parameter(key, on=on, region=region, known_at=known_at) for name, key in wanted.items()}
    except Problem as problem:  # a gap, an unknown region: the reader asked a rule, so the rule is named
        problem.rule = _named(rule)
        raise


def _check(rule: Rule[..., Any], values: Mapping[str, Any]) -> None:
    inputs = rule.inputs
    if values.keys() != inputs.keys():
        _complain(rule, values)
    for name, unit in inputs.items():
        value = values[name]
        if isinstance(unit, Unit):
            if not unit.low <= value <= unit.high:
                unit.check(value, field=name, label=rule.word(name), rule=_named(rule))
        else:
            _check_special(rule, name, unit, value)


def _check_special(rule: Rule[..., Any], name: str, unit: Measure, value: Any) -> None:
    if isinstance(unit, type) and issubclass(unit, Choice):
        if value not in unit._value2member_map_:
            known = "、".join(member.word for member in unit)
            what = f"「{rule.word(name)}」不能是 {value}"
            raise Problem("rules.unknown_choice", what, field=name, rule=_named(rule), remedy=f"可选：{known}")
    elif isinstance(unit, SeriesUnit):
        _check_series(rule, name, unit, value)
    elif isinstance(unit, TableUnit):
        if len(value) < 2 or len(value) % 2:
            raise Problem(
                "rules.bad_table",
                f"「{rule.word(name)}」不是表",
                remedy="请按规则说明给出表：每行一条，列名照说明",
                field=name,
                rule=rule.title,
            )
        _check_items(rule, name, unit.value, value[1::2])


def _check_series(rule: Rule[..., Any], name: str, unit: SeriesUnit, value: Any) -> None:
    if len(value) > unit.most:
        raise Problem(
            "rules.unbounded",
            f"「{rule.word(name)}」有 {len(value)} 期，最多 {unit.most} 期",
            field=name,
            rule=rule.title,
            remedy="请核对起止时间",
        )
    _check_items(rule, name, unit.value, value)


def _check_items(rule: Rule[..., Any], name: str, unit: Unit, items: Sequence[int]) -> None:
    if items and not (unit.low <= min(items) and max(items) <= unit.high):
        bad = next(item for item in items if not unit.low <= item <= unit.high)
        unit.check(bad, field=name, label=rule.word(name), rule=_named(rule))


def _complain(rule: Rule[..., Any], values: Mapping[str, Any]) -> None:
    for name in rule.inputs:
        if name not in values:
            remedy = f"请填写「{rule.word(name)}」"
            raise Problem("rules.missing", f"缺少「{rule.word(name)}」", field=name, rule=rule.title, remedy=remedy)
    raise _strange(rule, next(name for name in values if name not in rule.inputs))


def _strange(rule: Rule[..., Any], name: str) -> Problem:
    known = "、".join(f"{word}（{rule.word(word)}）" for word in rule.facts)
    return Problem(
        "rules.unknown_fact",
        f"「{rule.title}」没有名为 {name} 的输入",
        field=name,
        rule=rule.title,
        remedy=f"可用输入：{known}",
    )


def _read(unit: Measure, value: Any, name: str) -> Any:
    if isinstance(unit, SeriesUnit):
        return tuple(unit.value.read(item, field=name) for item in value)
    if isinstance(unit, TableUnit):
        pairs = value.items() if isinstance(value, Mapping) else zip(value[::2], value[1::2], strict=True)
        return tuple(item for key, number in pairs for item in (int(key), unit.value.read(number, field=name)))
    return unit.read(value, field=name)
