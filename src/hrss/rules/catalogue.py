"""The catalogue of rules and parameters: list, show, explain, for the command line, the portal and the API.

Facts come in as people write them (yuan, 2025-02, 男) and leave in words. It refuses names it does not know and says
which are near.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import hrss.rules
from hrss.kernel.problem import Problem
from hrss.rules.engine.columns import is_compilable
from hrss.rules.engine.evaluate import evaluate, read_facts
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.loading import default_parameters
from hrss.rules.engine.parameters import STATUS_WORDS, Parameters, ParameterValue
from hrss.rules.engine.rule import Rule, all_rules, find_rule
from hrss.rules.engine.units import Choice, Measure, SeriesUnit, TableUnit, Unit, month_number
from hrss.rules.engine.words import formula_lines

NO_LAW = ("engine", "cases")  # folders that hold no rules
_PAST = frozenset({"birth_month"})  # facts that cannot lie ahead


@dataclass(frozen=True, slots=True)
class InputCard:
    """One input of a rule, for forms and documentation."""

    name: str
    word: str
    unit: str
    kind: str  # number | month | day | flag | choice | table | series
    parameter: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule with what people need to know about it."""

    name: str
    title: str
    summary: str
    article: str
    payer: str
    rounding: str
    inputs: tuple[InputCard, ...]
    formula: tuple[str, ...]
    parameters: tuple[ParameterValue, ...]
    compiled: bool

    def to_json(self) -> dict[str, Any]:
        """Give the card as plain JSON."""
        return {
            "name": self.name, "title": self.title, "summary": self.summary, "article": self.article,
            "payer": self.payer, "rounding": self.rounding, "formula": list(self.formula), "compiled": self.compiled,
            "inputs": [{key: getattr(item, key) for key in item.__slots__} for item in self.inputs],
            "parameters": [value.to_json() for value in self.parameters],
        }  # fmt: skip

    def to_text(self) -> str:
        """Give the card as Chinese text."""
        lines = [f"{self.title}（{self.name}）", self.summary, f"依据：{self.article}"]
        lines += [f"由谁支付：{self.payer}"] if self.payer else []
        lines += ["输入：", *(f"  {item.name}　{item.word}（{item.unit or item.kind}）" for item in self.inputs)]
        lines += ["公式：", *(f"  {line}" for line in self.formula)]
        return "\n".join([*lines, *(["参数："] if self.parameters else []), *map(_parameter_line, self.parameters)])


def _parameter_line(value: ParameterValue) -> str:
    until = "" if value.valid_to.year == 9999 else f"至 {value.valid_to}"
    where = value.region or "全国"
    return f"  {value.title}（{where}，{value.valid_from} 起{until}）：{value.shown}　{STATUS_WORDS[value.status]}"


@lru_cache(maxsize=1)
def load_all() -> int:
    """Import every family of rules once; gives the number of rules."""
    for family in pkgutil.iter_modules(hrss.rules.__path__):
        if family.ispkg and family.name not in NO_LAW:
            package = importlib.import_module(f"hrss.rules.{family.name}")
            for module in pkgutil.iter_modules(package.__path__):
                importlib.import_module(f"hrss.rules.{family.name}.{module.name}")
    return len(list(all_rules()))


def list_rules(family: str = "") -> tuple[Rule[..., Any], ...]:
    """All rules by name, or those whose name starts with a family (``insurance.``)."""
    load_all()
    return tuple(rule for rule in all_rules() if rule.name.startswith(family))


def show(name: str) -> RuleCard:
    """The card of a rule: inputs, formula in words, parameters over time."""
    load_all()
    rule = find_rule(name)
    store = default_parameters()
    keys = sorted(set(rule.parameters.values()))
    return RuleCard(
        name=rule.name,
        title=rule.title,
        summary=rule.source.summary,
        article=rule.article,
        payer=rule.payer,
        rounding=rule.rounding,
        inputs=tuple(_input_cards(rule)),
        formula=formula_lines(rule.source, rule.title),
        parameters=tuple(value for key in keys for value in store.versions(key)),
        compiled=is_compilable(rule),
    )


def explain(
    name: str,
    facts: Mapping[str, Any],
    *,
    on: date | None = None,
    region: str = "",
    known_at: date | None = None,
    today: date | None = None,
    parameters: Parameters | None = None,
) -> Explanation:
    """Answer a rule for facts as people write them.

    With ``today`` a day beyond the next year and a birth still to come are refused: nobody knows the numbers of then.
    """
    load_all()
    rule = find_rule(name)
    read = read_facts(rule, facts)
    if today is not None:
        _refuse_the_future(rule, read, on, today)
    return evaluate(rule, read, on=on, region=region, known_at=known_at, parameters=parameters)


def _refuse_the_future(rule: Rule[..., Any], facts: Mapping[str, Any], on: date | None, today: date) -> None:
    told = f"{rule.title}（{rule.article}）"
    if on is not None and on.year > today.year + 1:
        what = f"{on.isoformat()} 还很远，届时的规定没有人知道"
        raise Problem("rules.future", what, field="on", rule=told, remedy="请填写不晚于明年的日期")
    for name in _PAST & facts.keys():
        if facts[name] > month_number(today.year, today.month):
            what = f"「{rule.word(name)}」{rule.inputs[name].show(facts[name])} 还没有到"  # type: ignore[union-attr]
            raise Problem("rules.future", what, field=name, rule=told, remedy=f"请核对「{rule.word(name)}」")


def params(
    prefix: str = "", *, on: date | None = None, region: str | None = None, status: str = ""
) -> tuple[ParameterValue, ...]:
    """All values of parameters by name prefix, day, region and status."""
    store = default_parameters()
    found = (value for name, values in store.values.items() if name.startswith(prefix) for value in values)
    return tuple(
        value
        for value in found
        if (on is None or value.is_valid(on))
        and (region is None or region.startswith(value.region))
        and (not status or value.status == status)
    )


def facts_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the facts of a rule, for OpenAPI and for forms."""
    load_all()
    rule = find_rule(name)
    optional = set(rule.parameters)
    return {
        "type": "object",
        "title": rule.title,
        "description": rule.source.summary,
        "properties": {word: _schema(rule.word(word), unit) for word, unit in rule.inputs.items()},
        "required": [word for word in rule.inputs if word not in optional],
        "additionalProperties": False,
    }


def _schema(word: str, unit: Measure) -> dict[str, Any]:
    if isinstance(unit, SeriesUnit):
        return {"type": "array", "title": word, "items": _schema(word, unit.value), "maxItems": unit.most}
    if isinstance(unit, TableUnit):
        return {"type": "object", "title": word, "additionalProperties": _schema(word, unit.value)}
    if isinstance(unit, Unit):
        return {"title": word} | _unit_schema(unit)
    return {"type": "string", "title": word, "enum": [member.name.lower() for member in unit]}


def _unit_schema(unit: Unit) -> dict[str, Any]:
    if unit.name == "flag":
        return {"type": "boolean"}
    if unit.name == "month":
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
    if unit.name == "day":
        return {"type": "string", "format": "date"}
    low, high = unit.natural(unit.low), unit.natural(unit.high)
    return {"type": ["number", "string"], "description": unit.word, "minimum": float(low), "maximum": float(high)}


def _input_cards(rule: Rule[..., Any]) -> Iterator[InputCard]:
    for name, unit in rule.inputs.items():
        inner = unit.value if isinstance(unit, TableUnit | SeriesUnit) else unit
        word = inner.word if isinstance(inner, Unit) else ""
        members = tuple((m.name.lower(), m.word) for m in unit) if _is_choice(unit) else ()  # type: ignore[union-attr]
        yield InputCard(name, rule.word(name), word, _kind(unit), rule.parameters.get(name, ""), members)


def _is_choice(unit: Measure) -> bool:
    return isinstance(unit, type) and issubclass(unit, Choice)


def _kind(unit: Measure) -> str:
    if isinstance(unit, TableUnit):
        return "table"
    if isinstance(unit, SeriesUnit):
        return "series"
    if isinstance(unit, Unit):
        return unit.name if unit.name in ("month", "day", "flag") else "number"
    return "choice"
