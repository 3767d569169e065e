"""Two benefits for the funds' tests, computed by the real rules: a monthly one and a one-off, both of residents."""

from __future__ import annotations

from hrss.funds.benefits import Benefit, computed_by, register
from hrss.funds.codes import Fund
from hrss.rules.insurance.resident import resident_death_grant, resident_pension

REGION, GROUP = "500236", "test_pension"
PENSION = Benefit(
    "test_pension",
    "测试养老金",
    Fund.RESIDENT_PENSION,
    "5001-01",
    computed_by(resident_pension, region=REGION, part="part"),
    group=GROUP,
    exclusive="test",
    part="part",
    part_account="5001-02",
)
DEATH_GRANT = Benefit(
    "test_death_grant",
    "测试丧葬补助金",
    Fund.RESIDENT_PENSION,
    "5001-03",
    computed_by(resident_death_grant, region=REGION),
    group=GROUP,
)


def declare() -> None:
    register(PENSION)
    register(DEATH_GRANT)
