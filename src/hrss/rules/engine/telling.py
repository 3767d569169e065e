"""The steps of an explanation: for each rule a teller is written once and then tells any run of the rule.

A teller follows the rule's own statements with the values of one run, so it cannot say anything else than what was
computed. Words and formulas are fixed when it is written; only numbers are filled in when it tells.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hrss.rules.engine.rule import Rule
from hrss.rules.engine.source import target_names
from hrss.rules.engine.units import Measure, SeriesUnit, TableUnit
from hrss.rules.engine.words import Phrase, Speaker, shower, shown

Teller = Callable[[Mapping[str, Any], Any], "tuple[Step, ...]"]


class Step(NamedTuple):
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
        kind, name, word, formula, numbers, value, told, article, inner = self
        return {
            "kind": kind, "name": name, "word": word, "formula": formula, "numbers": numbers, "value": value,
            "shown": told, "article": article, "inner": [step.to_json() for step in inner],
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


def teller_of(rule: Rule[..., Any]) -> Teller:
    """Give the teller of a rule: from the named values of a run and its result to its steps."""
    made: Teller | None = rule.__dict__.get("_teller")
    if made is None:
        made = rule.__dict__["_teller"] = _Writer(rule).teller()
    return made


def told(rule: Rule[..., Any], amount: Any) -> str:
    """Show a result in its unit; the states of a year step one after the other."""
    units = rule.source.results
    if len(units) == 1:
        return shown(units[0], amount)
    return "；".join(shown(unit, value) for unit, value in zip(units, amount, strict=True))


class _Writer:
    """Writes the teller of one rule as Python; names of its own end in ``_``, which rules may not use."""

    def __init__(self, rule: Rule[..., Any]) -> None:
        self.rule = rule
        self.speaker = Speaker(rule.source)
        self.units: dict[str, Measure] = self.speaker.units
        self.space: dict[str, Any] = dict(rule.source.names) | {
            "Step_": Step, "told_": lambda amount: told(rule, amount), "new_": tuple.__new__,
        }  # fmt: skip
        for name, unit in self.units.items():
            self.space[f"show_{name}_"] = shower(unit)

    def teller(self) -> Teller:
        """Write and compile it."""
        unbound = [f"    t_{name}_ = {self.rule.word(name)!r}" for name in self.units]
        inputs = [line for name in self.rule.inputs for line in ("    " + text for text in self._bound(name))]
        lines = ["def tell_(values_, amount_):", "    found_ = []", *unbound, *inputs]
        lines += self._body(self.rule.source.body, "    ")
        exec(compile("\n".join(lines), f"<{self.rule.name}>", "exec"), self.space)  # noqa: S102 (our own checked source)
        made: Teller = self.space["tell_"]
        return made

    def _bound(self, name: str) -> list[str]:
        """Take a value of the run and make its words; tables and series stand as words alone."""
        taken = f"{name} = values_[{name!r}]"
        if isinstance(self.units[name], SeriesUnit | TableUnit):
            return [taken]
        return [taken, f"x_{name}_ = show_{name}_({name})", f"t_{name}_ = {self.rule.word(name) + ' '!r} + x_{name}_"]

    def _body(self, body: list[ast.stmt], indent: str) -> list[str]:
        lines = [f"{indent}{text}" for node in body for text in self._statement(node)]
        return lines or [f"{indent}pass"]

    def _statement(self, node: ast.stmt) -> list[str]:
        if isinstance(node, ast.If):
            return self._condition(node)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            return self._value(target_names(node), node.value)
        if isinstance(node, ast.Return) and node.value is not None:
            return self._result(node.value)
        return []  # a refusal: no run that is told came here

    def _condition(self, node: ast.If) -> list[str]:
        phrase = self.speaker.say(node.test)
        head = f"'condition', '', '', {phrase.words()!r}, {_numbers(phrase)}"
        return [
            f"holds_ = bool({ast.unparse(node.test)})",
            f"found_.append(new_(Step_, ({head}, holds_, '是' if holds_ else '否', '', ())))",
            "if holds_:",
            *self._body(node.body, "    "),
            "else:",
            *self._body(node.orelse, "    "),
        ]

    def _value(self, names: list[str], value: ast.expr) -> list[str]:
        phrase = self.speaker.say(value)
        lines, article = self._inner(value)
        lines.append(f"numbers_ = {_numbers(phrase)}")
        for name in names:
            whole = isinstance(self.units[name], SeriesUnit | TableUnit)
            plain, text = (f"list({name})", "'（逐年）'") if whole else (f"int({name})", f"x_{name}_")
            head = f"'value', {name!r}, {self.rule.word(name)!r}, {phrase.words()!r}"
            lines += self._bound(name)
            lines.append(f"found_.append(new_(Step_, ({head}, numbers_, {plain}, {text}, {article!r}, inner_)))")
        return lines

    def _result(self, value: ast.expr) -> list[str]:
        phrase = self.speaker.say(value)
        lines, article = self._inner(value)
        plain = "list(amount_)" if self.rule.source.states > 1 else "int(amount_)"
        head = f"'result', '', {self.rule.title!r}, {phrase.words()!r}, {_numbers(phrase)}, {plain}, told_(amount_)"
        return [*lines, f"found_.append(new_(Step_, ({head}, {article!r}, inner_)))", "return tuple(found_)"]

    def _inner(self, value: ast.expr) -> tuple[list[str], str]:
        """Tell a called rule, computed again from the values of its arguments (rules are pure)."""
        name = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
        called = self.rule.source.names.get(name)
        if not isinstance(called, Rule) or not isinstance(value, ast.Call):
            return ["inner_ = ()"], ""
        self.space[f"run_{name}_"], self.space[f"tell_{name}_"] = called.traced, teller_of(called)
        arguments = ", ".join(ast.unparse(item) for item in value.args)
        return [
            f"result_, inside_ = run_{name}_({arguments})",
            f"inner_ = tell_{name}_(inside_, result_)",
        ], called.article


def _numbers(phrase: Phrase) -> str:
    """A phrase as an f-string over the words of the named values."""
    parts = phrase.parts
    text = "".join(
        part.replace("{", "{{").replace("}", "}}") if isinstance(part, str) else f"{{t_{part.name}_}}" for part in parts
    )
    return "f" + repr(text.strip())
