"""The register of case topics: which function answers which topic of a case file.

An adapter turns the inputs of a case into facts, asks a rule and gives the answer back under the names of the case
file, as people write numbers. It refuses inputs it does not know by raising ``Unsupported``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.engine.evaluate import evaluate, read_facts
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.rule import Rule

Answer = Mapping[str, Any]
Adapter = Callable[["Case"], Answer]
CHONGQING = "50"
_TOPICS: dict[str, Adapter] = {}


@dataclass(frozen=True)
class Asked:
    """One question an adapter put to a rule while a case was answered."""

    rule: Rule[..., Any]
    facts: Mapping[str, Any]
    on: date | None
    region: str


_ASKED: ContextVar[list[Asked] | None] = ContextVar("asked", default=None)


@contextmanager
def asked_of_rules() -> Iterator[list[Asked]]:
    """Collect every question put to a rule inside the block, in order; for worked cases in the documentation."""
    asked: list[Asked] = []
    token = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(token)


class Unsupported(Exception):
    """The topic or these inputs have no adapter; the case counts as unsupported, not as failed."""


@dataclass(frozen=True)
class Case(Mapping[str, Any]):
    """The inputs of one case as a mapping, with the region of its jurisdiction."""

    inputs: Mapping[str, Any]
    region: str = ""

    def __getitem__(self, name: str) -> Any:
        try:
            return self.inputs[name]
        except KeyError:
            raise Unsupported(f"缺少输入 {name}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.inputs)

    def __len__(self) -> int:
        return len(self.inputs)

    def __contains__(self, name: object) -> bool:
        return name in self.inputs

    def get(self, name: str, default: Any = None) -> Any:
        """Give an input or a default."""
        return self.inputs.get(name, default)

    def only(self, *known: str) -> None:
        """Refuse inputs other than the known ones."""
        strange = [name for name in self.inputs if name not in known]
        if strange:
            raise Unsupported(f"未知输入 {'、'.join(strange)}")

    def ask(self, rule: Rule[..., Any], facts: Mapping[str, Any], *, on: date | None = None) -> Explanation:
        """Ask a rule with facts as people write them (yuan, 2025-02 …) in the case's region."""
        read = read_facts(rule, facts)
        found = evaluate(rule, read, on=on, region=self.region)
        asked = _ASKED.get()
        if asked is not None:
            asked.append(Asked(rule, read, on, self.region))
        return found


def topic(*names: str) -> Callable[[Adapter], Adapter]:
    """Register an adapter for one or more topics."""

    def register(adapter: Adapter) -> Adapter:
        for name in names:
            if name in _TOPICS and _TOPICS[name].__code__.co_filename != adapter.__code__.co_filename:
                raise ValueError(f"topic {name} is registered twice")
            _TOPICS[name] = adapter
        return adapter

    return register


def adapter_of(name: str) -> Adapter:
    """Give the adapter of a topic; without one the case is unsupported."""
    if name not in _TOPICS:
        raise Unsupported(f"没有题目 {name} 的规则")
    return _TOPICS[name]


def yuan(fen: int) -> Decimal:
    """Give fen as yuan."""
    return Decimal(fen) / 100


def amounts(**fen: int) -> dict[str, Decimal]:
    """Give amounts in yuan."""
    return {name: yuan(value) for name, value in fen.items()}


def local(case: Case) -> Case:
    """The same case in Chongqing where it names no region."""
    return Case(case.inputs, case.region or CHONGQING)
