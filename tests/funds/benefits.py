"""Two benefits for the funds' tests, computed by the real rules: a monthly one and a one-off, both of residents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from hrss.funds.benefits import Amount, Benefit, EntitlementFacts, amount_of, register
from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.rules.engine import evaluate
from hrss.rules.insurance.resident import resident_death_grant, resident_pension

REGION = "500236"


def pension(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    return {
        one.id: amount_of(evaluate(resident_pension, one.facts, on=month.first_day, region=REGION))
        for one in entitlements
    }


def death_grant(month: YearMonth, entitlements: Sequence[EntitlementFacts]) -> Mapping[UUID, Amount]:
    return {
        one.id: amount_of(evaluate(resident_death_grant, one.facts, on=month.first_day, region=REGION))
        for one in entitlements
    }


PENSION = Benefit(
    "test_pension", "测试养老金", Fund.RESIDENT_PENSION, "5001-01", pension, group="test_pension", exclusive="test"
)
DEATH_GRANT = Benefit(
    "test_death_grant", "测试丧葬补助金", Fund.RESIDENT_PENSION, "5001-03", death_grant, group="test_pension"
)


def declare() -> None:
    register(PENSION)
    register(DEATH_GRANT)
