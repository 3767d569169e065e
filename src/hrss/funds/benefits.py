"""The benefits that can be paid: what each is called, which fund pays it, how its amount of a month is computed.

A registry without database; the domains register theirs in their wiring. It refuses a code declared twice and hands
out no benefit nobody declared: an amount has one source, the rules behind ``compute`` (B01).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import Explanation, ParameterValue, Rule, default_parameters, evaluate
from hrss.rules.engine.columns import batch


@dataclass(frozen=True, slots=True)
class EntitlementFacts:
    """What a month's amount is computed from: the facts stored at the decision, in force in ``month``."""

    id: UUID
    person_id: UUID
    benefit: str
    month: YearMonth
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amount:
    """A month's amount in fen with what is needed to compute it again.

    ``part`` of it is booked as another kind of expense (个人账户养老金 beside 基础养老金). ``versions`` names the
    parameter versions, separated by spaces; ``explanation`` is what ``rules.engine.replay`` takes, without the words
    (they are made again when somebody reads).
    """

    fen: int
    rule: str
    versions: str
    explanation: Mapping[str, Any]
    part: int = 0


Compute = Callable[[YearMonth, Sequence[EntitlementFacts]], Mapping[UUID, Amount]]


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit. ``group`` is the pay run it goes out with (the fund's own without one).

    ``part`` names the value of the rule that is booked to ``part_account``; the rest goes to ``expense_account``.
    Benefits with the same ``exclusive`` word exclude each other for the same months of one person (B02: no two
    pensions); without one a benefit excludes only itself.
    """

    code: str
    name: str
    fund: str
    expense_account: str
    compute: Compute
    group: str = ""
    exclusive: str = ""
    part: str = ""
    part_account: str = ""

    @property
    def run_group(self) -> str:
        """The group of pay runs this benefit belongs to."""
        return self.group or self.fund

    @property
    def exclusion(self) -> str:
        """What the database keeps from overlapping."""
        return self.exclusive or self.code


_MANY = 500  # from here on the compiled columns are worth their start
_REGISTERED: dict[str, Benefit] = {}


def register(benefit: Benefit) -> None:
    """Declare a benefit. Raises ValueError for a code declared otherwise, no such fund, or a part without account."""
    if benefit.fund not in set(Fund):
        raise ValueError(f"benefit {benefit.code}: no such fund {benefit.fund}")
    if bool(benefit.part) != bool(benefit.part_account):
        raise ValueError(f"benefit {benefit.code}: a part and its account go together")
    if _REGISTERED.setdefault(benefit.code, benefit) != benefit:
        raise ValueError(f"benefit {benefit.code} is declared twice")


def benefit_of(code: str) -> Benefit:
    """Give the benefit of a code; Problem ``funds.no_such_benefit`` (404) otherwise."""
    found = _REGISTERED.get(code)
    if found is None:
        raise Problem("funds.no_such_benefit", f"没有登记“{code}”这项待遇", remedy="请核对待遇编码", status=404)
    return found


def name_of(code: str) -> str:
    """Give what a benefit is called; nothing for a code nobody declared (a board still shows its number)."""
    found = _REGISTERED.get(code)
    return found.name if found else ""


def benefits_in(group: str) -> tuple[Benefit, ...]:
    """Give the benefits of a pay-run group, by code."""
    return tuple(sorted((b for b in _REGISTERED.values() if b.run_group == group), key=lambda benefit: benefit.code))


def groups() -> dict[str, Fund]:
    """Give every pay-run group with its fund, by name."""
    return {benefit.run_group: Fund(benefit.fund) for _, benefit in sorted(_REGISTERED.items())}


def amount_of(explanation: Explanation, part: str = "") -> Amount:
    """Give the amount a rule found, with the named part, facts and versions and without the words."""
    rule, named, used = explanation.rule, explanation.named, {value.name: value for value in explanation.parameters}
    overridden = {name: _plain(named[name]) for name, key in rule.parameters.items() if key not in used}
    facts = {name: _plain(named[name]) for name in rule.facts}
    day = explanation.on.isoformat() if explanation.on else None
    apart, values = int(explanation.part(part)) if part else 0, list(used.values())
    return _amount(int(explanation.amount), rule, day, explanation.region, facts, overridden, values, apart)


def computed_by(rule: Rule[..., Any], *, region: str, part: str = "") -> Compute:
    """Give a ``compute`` that answers by one rule whose facts are those stored: compiled for many, traced for few.

    ``part`` names the value of the rule that is booked apart. Both ways give the same amounts with the same
    explanation. Problems are those of the rules engine.
    """

    def compute(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
        if len(entitlements) < _MANY or any(one.facts.keys() != rule.facts.keys() for one in entitlements):
            day = month.first_day
            return {one.id: amount_of(evaluate(rule, one.facts, on=day, region=region), part) for one in entitlements}
        return _many(rule, month, entitlements, region, part)

    return compute


def _many(
    rule: Rule[..., Any], month: YearMonth, entitlements: Sequence[EntitlementFacts], region: str, part: str
) -> Mapping[UUID, Amount]:
    day = month.first_day
    columns = {name: np.array([one.facts[name] for one in entitlements], np.int64) for name in rule.facts}
    found = batch(rule, columns, on=day, region=region, want=(part,) if part else ())
    amounts = found["amount"].tolist()
    parts = found[part].tolist() if part else [0] * len(amounts)
    store = default_parameters()
    used = [store.parameter(key, on=day, region=region) for key in rule.parameters.values()]
    plain = [
        dict(zip(columns, values, strict=True)) for values in zip(*(c.tolist() for c in columns.values()), strict=True)
    ]
    return {
        one.id: _amount(fen, rule, day.isoformat(), region, facts, {}, used, apart)
        for one, fen, apart, facts in zip(entitlements, amounts, parts, plain, strict=True)
    }


def _amount(
    fen: int,
    rule: Rule[..., Any],
    day: str | None,
    region: str,
    facts: Mapping[str, Any],
    overridden: Mapping[str, Any],
    used: Sequence[ParameterValue],
    part: int = 0,
) -> Amount:
    versions = [value.version for value in used]
    explanation = {
        "rule": rule.name,
        "on": day,
        "region": region,
        "known_at": None,
        "facts": facts,
        "overridden": overridden,
        "parameters": [{"version": version} for version in versions],
    }
    return Amount(fen, rule.name, " ".join(versions), explanation, part)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else int(value)
