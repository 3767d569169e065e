"""The benefits of the domain as the funds pay them: a whole month of entitlements in columns through compiled rules.

What each line keeps is enough to compute it again to the fen (``rules.engine.replay``), without the words. Single
grants were computed at the decision and are computed again from what was stored then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from hrss.domains.insurance import amounts
from hrss.domains.insurance.services.award_pension import month_facts
from hrss.funds.benefits import Amount, Benefit, EntitlementFacts, amount_of, computed_by
from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.rules.engine import replay
from hrss.rules.insurance.resident import resident_pension
from hrss.rules.insurance.unemployment import unemployment_standard

ACCOUNT_PART = "part"  # of the rule resident_pension: 个人账户养老金, an expense account of its own
BASIC_EXPENSE, ACCOUNT_EXPENSE = "5001-01", "5001-02"  # 基础养老金, 个人账户养老金 (财办〔2018〕43号)
_PENSION = computed_by(resident_pension, region=amounts.COUNTY, part=ACCOUNT_PART)
_UNEMPLOYMENT = computed_by(unemployment_standard, region=amounts.COUNTY)


def pensions(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give the residents' pensions of a month: the age is that of its first day."""
    return _PENSION(month, [replace(one, facts=month_facts(one.facts, month)) for one in entitlements])


def unemployment(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give the unemployment benefits of a month: the standard is one for everybody, so it is asked once."""
    if not entitlements:
        return {}
    first = replace(entitlements[0], facts={})
    [found] = _UNEMPLOYMENT(month, [first]).values()
    return {one.id: found for one in entitlements}


def granted_once(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    """Give single grants as they were decided, computed again from the facts and versions stored then."""
    return {one.id: amount_of(replay(one.facts)) for one in entitlements}


BENEFITS = (
    Benefit(
        amounts.PENSION_BENEFIT,
        amounts.TITLES[amounts.PENSION_BENEFIT],
        Fund.RESIDENT_PENSION,
        BASIC_EXPENSE,
        pensions,
        exclusive="basic_pension",
        part=ACCOUNT_PART,
        part_account=ACCOUNT_EXPENSE,
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
        ACCOUNT_EXPENSE,
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
