"""The benefits that can be paid: what each is called, which fund pays it, how its amount of a month is computed.

A registry without database; the domains register theirs in their wiring. It refuses a code declared twice and hands
out no benefit nobody declared: an amount has one source, the rules behind ``compute`` (B01).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import Explanation


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

    ``versions`` names the parameter versions, separated by spaces; ``explanation`` is what ``rules.engine.replay``
    takes, without the words (they are made again when somebody reads).
    """

    fen: int
    rule: str
    versions: str
    explanation: Mapping[str, Any]


Compute = Callable[[YearMonth, Sequence[EntitlementFacts]], Mapping[UUID, Amount]]


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit. ``group`` is the pay run it goes out with (the fund's own without one).

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

    @property
    def run_group(self) -> str:
        """The group of pay runs this benefit belongs to."""
        return self.group or self.fund

    @property
    def exclusion(self) -> str:
        """What the database keeps from overlapping."""
        return self.exclusive or self.code


_REGISTERED: dict[str, Benefit] = {}


def register(benefit: Benefit) -> None:
    """Declare a benefit. Raises ValueError for a code declared otherwise, or a fund that does not exist."""
    if benefit.fund not in set(Fund):
        raise ValueError(f"benefit {benefit.code}: no such fund {benefit.fund}")
    if _REGISTERED.setdefault(benefit.code, benefit) != benefit:
        raise ValueError(f"benefit {benefit.code} is declared twice")


def benefit_of(code: str) -> Benefit:
    """Give the benefit of a code; Problem ``funds.no_such_benefit`` (404) otherwise."""
    found = _REGISTERED.get(code)
    if found is None:
        raise Problem("funds.no_such_benefit", f"没有登记“{code}”这项待遇", remedy="请核对待遇编码", status=404)
    return found


def benefits_in(group: str) -> tuple[Benefit, ...]:
    """Give the benefits of a pay-run group, by code."""
    return tuple(sorted((b for b in _REGISTERED.values() if b.run_group == group), key=lambda benefit: benefit.code))


def groups() -> dict[str, Fund]:
    """Give every pay-run group with its fund, by name."""
    return {benefit.run_group: Fund(benefit.fund) for _, benefit in sorted(_REGISTERED.items())}


def amount_of(explanation: Explanation) -> Amount:
    """Give the amount a rule found, with its facts and versions and without the words."""
    whole = explanation.to_json()
    versions = [value["version"] for value in whole["parameters"]]
    kept = {name: whole[name] for name in ("rule", "on", "region", "known_at", "facts", "overridden")}
    kept["parameters"] = [{"version": version} for version in versions]
    return Amount(int(explanation.amount), explanation.rule.name, " ".join(versions), kept)
