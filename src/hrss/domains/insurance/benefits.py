"""The benefits of the domain as the funds pay them: a whole month of entitlements in columns through compiled rules.

What each line keeps is enough to compute it again to the fen (``rules.engine.replay``), without the words. Single
grants were computed at the decision and are computed again from what was stored then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from hrss.domains.insurance import amounts
from hrss.foundation.people.cards import age_on
from hrss.funds.benefits import Amount, Benefit, EntitlementFacts, amount_of
from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.rules.engine import default_parameters, evaluate, replay
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.resident import resident_pension
from hrss.rules.insurance.unemployment import unemployment_standard

_PENSION_FACTS = ("account", "years", "age", "one_child")


def pensions(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give the residents' pensions of a month."""
    on, facts = month.first_day, [_pension_facts(one.facts, month.first_day) for one in entitlements]
    columns = {name: np.asarray([row[name] for row in facts], np.int64) for name in _PENSION_FACTS}
    found = batch(resident_pension, columns, on=on, region=amounts.COUNTY)["amount"].tolist()
    versions = [_version(key, on) for key in resident_pension.parameters.values()]
    common: dict[str, Any] = {
        "rule": resident_pension.name,
        "on": on.isoformat(),
        "region": amounts.COUNTY,
        "known_at": None,
        "overridden": {},
        "parameters": [{"version": version} for version in versions],
    }
    named = " ".join(versions)
    return {
        one.id: Amount(fen, resident_pension.name, named, common | {"facts": row})
        for one, row, fen in zip(entitlements, facts, found, strict=True)
    }


def unemployment(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give the unemployment benefits of a month: the standard is one for everybody."""
    found = amount_of(evaluate(unemployment_standard, {}, on=month.first_day, region=amounts.COUNTY))
    return {one.id: found for one in entitlements}


def granted_once(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give single grants as they were decided, computed again from the facts and versions stored then."""
    return {one.id: amount_of(replay(one.facts)) for one in entitlements}


def _pension_facts(facts: Mapping[str, Any], on: date) -> dict[str, int]:
    """Give the facts of the rule in a month: the age is that of its first day."""
    return {
        "account": int(facts["account"]),
        "years": int(facts["years"]),
        "age": age_on(date.fromisoformat(facts["born"]), on),
        "one_child": int(facts["one_child"]),
    }


def _version(name: str, on: date) -> str:
    return default_parameters().parameter(name, on=on, region=amounts.COUNTY).version


BENEFITS = (
    Benefit(
        amounts.PENSION_BENEFIT,
        amounts.TITLES[amounts.PENSION_BENEFIT],
        Fund.RESIDENT_PENSION,
        "5001-01",
        pensions,
        exclusive="basic_pension",
    ),
    Benefit(
        amounts.RESIDENT_DEATH_GRANT,
        amounts.TITLES[amounts.RESIDENT_DEATH_GRANT],
        Fund.RESIDENT_PENSION,
        "5001-03",
        granted_once,
    ),
    Benefit(
        amounts.RESIDENT_ACCOUNT,
        amounts.TITLES[amounts.RESIDENT_ACCOUNT],
        Fund.RESIDENT_PENSION,
        "5001-02",
        granted_once,
    ),
    Benefit(
        amounts.UNEMPLOYMENT_BENEFIT,
        amounts.TITLES[amounts.UNEMPLOYMENT_BENEFIT],
        Fund.UNEMPLOYMENT,
        "5001-01",
        unemployment,
    ),
    Benefit(
        amounts.UNEMPLOYMENT_DEATH_GRANT,
        amounts.TITLES[amounts.UNEMPLOYMENT_DEATH_GRANT],
        Fund.UNEMPLOYMENT,
        "5001-03",
        granted_once,
    ),
)
