"""A rule: one formula of the law, written once as a scalar function, registered with name, article and payer.

``@rule`` checks the source, reads inputs, units and words, and keeps the function callable as it is. It refuses a
second rule of the same name.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

from hrss.kernel.problem import Problem
from hrss.rules.engine.source import Source, may_refuse, read_source
from hrss.rules.engine.tracing import linked, with_trace
from hrss.rules.engine.units import Measure, Unit

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Rule(Generic[P, R]):
    """One formula with what people need to know about it. Calling it runs the formula as plain Python."""

    name: str
    title: str
    article: str
    payer: str
    function: Callable[P, R]
    source: Source
    parameters: Mapping[str, str] = field(default_factory=dict)
    rounding: str = ""
    note: str = ""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str, str]]:
        """Travel to another process as a name: the formula is read there from its own module."""
        return _arrived, (self.function.__module__, self.function.__name__)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the formula on whole numbers, without checks and without a trace."""
        return self.function(*args, **kwargs)

    @property
    def inputs(self) -> dict[str, Measure]:
        """All inputs in order, parameters included, with units."""
        return self.source.inputs

    @cached_property
    def facts(self) -> dict[str, Measure]:
        """The inputs a person or a table brings (not parameters)."""
        return {name: unit for name, unit in self.inputs.items() if name not in self.parameters}

    @cached_property
    def refuses(self) -> bool:
        """Whether the formula can refuse to answer."""
        return may_refuse(self.source)

    @cached_property
    def traced(self) -> Callable[..., tuple[Any, dict[str, Any]]]:
        """The same formula, giving all its named values beside the result."""
        return with_trace(self.source)

    @cached_property
    def direct(self) -> Callable[..., R]:
        """The bare formula, calling other formulas directly: the fastest plain form."""
        return linked(self.source)

    def word(self, name: str) -> str:
        """The Chinese word of an input or intermediate result."""
        return self.source.words.get(name, name)


_REGISTRY: dict[str, Rule[..., Any]] = {}


def _arrived(module: str, name: str) -> Rule[..., Any]:
    """Find a rule in a process it was sent to."""
    found: Rule[..., Any] = getattr(importlib.import_module(module), name)
    return found


def rule(
    *,
    name: str,
    title: str,
    article: str,
    payer: str = "",
    parameters: Mapping[str, str] | None = None,
    rounding: str = "",
    note: str = "",
) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Register a formula. ``parameters`` maps input names to parameter names that the engine looks up by date."""

    def register(function: Callable[P, R]) -> Rule[P, R]:
        source = read_source(function)
        _check_parameters(name, source, parameters or {})
        said = rounding or ("四舍五入到分" if _is_money(source) else "")
        made = Rule(name, title, article, payer, function, source, dict(parameters or {}), said, note)
        known = _REGISTRY.get(name)
        if known is not None and known.function.__code__.co_filename != function.__code__.co_filename:
            raise Problem("rules.duplicate", f"规则名 {name} 已被占用", remedy="换一个规则名")
        _REGISTRY[name] = made
        return made

    return register


def _is_money(source: Source) -> bool:
    return isinstance(source.results[0], Unit) and source.results[0].word == "元"


def _check_parameters(name: str, source: Source, parameters: Mapping[str, str]) -> None:
    strange = [word for word in parameters if word not in source.inputs]
    if strange:
        raise Problem("rules.language", f"规则 {name} 没有名为 {'、'.join(strange)} 的输入", remedy="核对 parameters")


def all_rules() -> Iterable[Rule[..., Any]]:
    """Give all registered rules by name."""
    return [_REGISTRY[name] for name in sorted(_REGISTRY)]


def find_rule(name: str) -> Rule[..., Any]:
    """Give a rule by name; an unknown name is a Problem that offers the nearest."""
    if name in _REGISTRY:
        return _REGISTRY[name]
    near = [known for known in sorted(_REGISTRY) if name.split(".")[-1] in known][:5]
    remedy = f"相近的规则：{'、'.join(near)}" if near else "用 hrss rules list 查看全部规则"
    raise Problem("rules.unknown_rule", f"没有名为「{name}」的规则", remedy=remedy, field="rule", status=404)
