"""Handlers: what an item's data cannot say. A domain registers one under the name its item file gives.

An item without a handler works as well. A name nobody registered is refused when a case needs it, never skipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an application is for: a person or an organisation, and where."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value that is already known, and who says so."""

    value: Any
    source: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a handler sees of a case. ``id`` and ``number`` are empty while it is being applied for."""

    id: UUID | None
    number: str
    item_code: str
    line: str
    region_code: str
    person_id: UUID | None
    organisation_id: UUID | None
    agent_person_id: UUID | None
    data: Mapping[str, Any]
    result: Mapping[str, Any]
    materials: Mapping[str, Mapping[str, Any]]
    submitted_on: date
    decided_on: date | None = None

    @property
    def subject(self) -> Subject:
        """Whom the case is for."""
        return Subject(self.person_id, self.organisation_id, self.region_code)


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A proposed decision: granted or refused, why, and the facts that go into ``result`` and the document."""

    granted: bool = True
    reasons: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EffectResult:
    """What an effect did. ``key`` names the thing done: the database refuses a second effect of the same key."""

    key: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody is told before applying: whether they may, what they get, why. ``amount`` is text in ``unit``."""

    may: bool
    title: str
    reason: str = ""
    amount: str = ""
    unit: str = ""


class Handler(Protocol):
    """The five things a domain may give an item."""

    def prefill(self, subject: Subject, *, actor: Actor) -> Mapping[str, Prefilled]:
        """Give known values by ``x-prefill`` name."""
        ...

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Give what is wrong; asked at submission and again before a grant."""
        ...

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose a decision."""
        ...

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Do what a grant does, in the decision's own transaction; runs once."""
        ...

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Tell before applying what the records already say; None when they say nothing."""
        ...


class Plain:
    """A handler that adds nothing; subclass it and override what the item needs."""

    def prefill(self, subject: Subject, *, actor: Actor) -> Mapping[str, Prefilled]:
        """Know nothing."""
        return {}

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Find nothing."""
        return ()

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose a grant; the facts are what the officer entered."""
        return DecisionFacts(facts=dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Do nothing once."""
        return EffectResult(f"case:{case.id}")

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say nothing."""
        return None


_PLAIN = Plain()
_REGISTERED: dict[str, Handler] = {}


def register(name: str, handler: Handler) -> None:
    """Register a handler under the name item files use; a name can be taken once."""
    if name in _REGISTERED and type(_REGISTERED[name]) is not type(handler):
        raise ValueError(f"handler {name} is registered twice")
    _REGISTERED[name] = handler


def handler_of(name: str) -> Handler:
    """Give the handler of a name, the plain one for no name; Problem ``item.no_handler`` for an unknown name."""
    if not name:
        return _PLAIN
    found = _REGISTERED.get(name)
    if found is None:
        raise Problem(
            "item.no_handler",
            "这个事项的业务规则还没有上线，暂时不能在这里办理",
            remedy="请到窗口办理",
            status=409,
            handler=name,
        )
    return found


def registered() -> frozenset[str]:
    """Give the names of all registered handlers."""
    return frozenset(_REGISTERED)
