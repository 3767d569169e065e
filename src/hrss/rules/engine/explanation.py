"""Explanation: a result with everything that led to it, for people in Chinese and for machines as JSON.

It keeps the facts, the named values and the parameter versions; words are made when read. It can be computed again
from its own JSON and then gives the same fen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import CodeType
from typing import Any

from hrss.rules.engine.parameters import STATUS_WORDS, STATUSES, ParameterValue
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import target_names
from hrss.rules.engine.units import Measure
from hrss.rules.engine.words import Phrase, Speaker, shown


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: a named value, a condition or the result."""

    kind: str  # value | condition | result
    name: str
    word: str
    formula: str
    numbers: str
    value: Any
    shown: str
    article: str = ""
    inner: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the step as plain JSON, with the steps of the rule it rests on."""
        return {
            "kind": self.kind, "name": self.name, "word": self.word, "formula": self.formula, "numbers": self.numbers,
            "value": self.value, "shown": self.shown, "article": self.article,
            "inner": [step.to_json() for step in self.inner],
        }  # fmt: skip

    def to_lines(self, number: str) -> list[str]:
        """Give the step as numbered Chinese lines."""
        lines = [f"{number}　{self._own_text()}"]
        for at, step in enumerate(self.inner, 1):
            lines += step.to_lines(f"{number}.{at}")
        return lines

    def _own_text(self) -> str:
        if self.kind == "condition":
            return f"判断：{self.numbers} —— {self.shown}"
        if self.numbers == self.shown or self.inner:
            return f"{self.word}：{self.shown}"
        return f"{self.word} ＝ {self.numbers} ＝ {self.shown}"


@dataclass(frozen=True)
class Explanation:
    """The answer of a rule for one person: amount, named parts, facts, parameter versions and status."""

    rule: Rule[..., Any]
    amount: Any
    named: Mapping[str, Any]
    parameters: tuple[ParameterValue, ...] = ()
    on: date | None = None
    region: str = ""
    known_at: date | None = None

    @property
    def status(self) -> str:
        """The weakest status among the parameters used: final, provisional, unverified or disputed."""
        return max((value.status for value in self.parameters), key=STATUSES.index, default="final")

    def part(self, name: str) -> Any:
        """Give a named intermediate result; 0 where the formula ended before it."""
        if name not in self.rule.source.steps and name not in self.rule.inputs:
            raise KeyError(name)
        return self.named.get(name, 0)

    @property
    def shown(self) -> str:
        """The amount in words."""
        return told(self.rule, self.amount)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps that were taken, in order."""
        return tuple(_walk(_plan(self.rule), self.named, self.amount, self.rule))

    def to_json(self) -> dict[str, Any]:
        """Give the explanation as plain JSON; ``replay`` computes it again from this."""
        return {
            "rule": self.rule.name, "title": self.rule.title, "article": self.rule.article, "payer": self.rule.payer,
            "amount": _plain(self.amount), "shown": self.shown, "rounding": self.rule.rounding, "status": self.status,
            "on": self.on.isoformat() if self.on else None, "region": self.region,
            "known_at": self.known_at.isoformat() if self.known_at else None,
            "facts": {name: _plain(self.named[name]) for name in self.rule.facts},
            "overridden": {
                name: _plain(self.named[name])
                for name, key in self.rule.parameters.items()
                if key not in {value.name for value in self.parameters}
            },
            "steps": [step.to_json() for step in self.steps],
            "parameters": [value.to_json() for value in self.parameters],
        }  # fmt: skip

    def to_text(self) -> str:
        """Give the explanation as Chinese text for people."""
        lines = [f"{self.rule.title}：{self.shown}", f"依据：{self.rule.article}"]
        lines += [f"由谁支付：{self.rule.payer}"] if self.rule.payer else []
        for at, step in enumerate(self.steps, 1):
            lines += step.to_lines(str(at))
        for value in self.parameters:
            lines.append(f"参数〔{value.title}〕{STATUS_WORDS[value.status]}，{value.document or value.source}")
        if self.status != "final":
            lines.append(f"提示：所用参数{STATUS_WORDS[self.status]}，结果仅供参考，以核定为准。")
        return "\n".join(lines)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else int(value)


@dataclass(frozen=True, slots=True)
class _Line:
    """A statement ready to be told: its phrase, test and branches."""

    kind: str
    names: tuple[str, ...]
    phrase: Phrase
    words: str
    test: CodeType | None = None
    then: tuple[_Line, ...] = ()
    other: tuple[_Line, ...] = ()
    article: str = ""
    called: Rule[..., Any] | None = None
    arguments: tuple[CodeType, ...] = ()


def _plan(rule: Rule[..., Any]) -> tuple[_Line, ...]:
    made: tuple[_Line, ...] | None = rule.__dict__.get("_told")
    if made is None:
        made = rule.__dict__["_told"] = _lines(rule.source.body, rule, Speaker(rule.source))
    return made


def _lines(body: list[ast.stmt], rule: Rule[..., Any], speaker: Speaker) -> tuple[_Line, ...]:
    return tuple(_line(node, rule, speaker) for node in body)


def _line(node: ast.stmt, rule: Rule[..., Any], speaker: Speaker) -> _Line:
    if isinstance(node, ast.If):
        test = compile(ast.Expression(node.test), rule.name, "eval")
        then, other = _lines(node.body, rule, speaker), _lines(node.orelse, rule, speaker)
        phrase = speaker.say(node.test)
        return _Line("condition", (), phrase, phrase.words(), test, then, other)
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return _value_line("value", tuple(target_names(node)), node.value, rule, speaker)
    if isinstance(node, ast.Return) and node.value is not None:
        return _value_line("result", (), node.value, rule, speaker)
    return _Line("", (), Phrase(()), "")


def _value_line(kind: str, names: tuple[str, ...], node: ast.expr, rule: Rule[..., Any], speaker: Speaker) -> _Line:
    phrase = speaker.say(node)
    called = (
        rule.source.names.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else 0
    )
    if not isinstance(called, Rule) or not isinstance(node, ast.Call):
        return _Line(kind, names, phrase, phrase.words())
    codes = tuple(compile(ast.Expression(item), rule.name, "eval") for item in node.args)
    return _Line(kind, names, phrase, phrase.words(), article=called.article, called=called, arguments=codes)


def _inner(line: _Line, named: Mapping[str, Any], rule: Rule[..., Any]) -> tuple[Step, ...]:
    """The steps of a called rule, computed again from the values of its arguments (rules are pure)."""
    if line.called is None:
        return ()
    values = [eval(code, rule.source.names, named) for code in line.arguments]  # noqa: S307 (our own checked source)
    amount, inside = line.called.traced(*values)
    return tuple(_walk(_plan(line.called), inside, amount, line.called))


def _walk(lines: tuple[_Line, ...], named: Mapping[str, Any], amount: Any, rule: Rule[..., Any]) -> Iterator[Step]:
    for line in lines:
        if line.kind == "condition" and line.test is not None:
            holds = bool(eval(line.test, rule.source.names, named))  # noqa: S307 (our own checked source)
            yield Step("condition", "", "", line.words, line.phrase.numbers(named), holds, "是" if holds else "否")
            branch = line.then if holds else line.other
            yield from _walk(branch, named, amount, rule)
            if branch and branch[-1].kind == "result":
                return
        elif line.kind == "value":
            yield from (_value_step(line, name, named, rule) for name in line.names)
        elif line.kind == "result":
            yield _result_step(line, named, amount, rule)
            return


def _value_step(line: _Line, name: str, named: Mapping[str, Any], rule: Rule[..., Any]) -> Step:
    unit: Measure = rule.source.steps[name]
    value, text = named[name], shown(unit, named[name])
    words, numbers = line.words, line.phrase.numbers(named)
    return Step(
        "value", name, rule.word(name), words, numbers, _plain(value), text, line.article, _inner(line, named, rule)
    )


def _result_step(line: _Line, named: Mapping[str, Any], amount: Any, rule: Rule[..., Any]) -> Step:
    words, numbers, inner = line.words, line.phrase.numbers(named), _inner(line, named, rule)
    return Step("result", "", rule.title, words, numbers, _plain(amount), told(rule, amount), line.article, inner)


def told(rule: Rule[..., Any], amount: Any) -> str:
    """Show a result in its unit; the states of a year step one after the other."""
    units = rule.source.results
    amounts = amount if len(units) > 1 else (amount,)
    return "；".join(shown(unit, value) for unit, value in zip(units, amounts, strict=True))
