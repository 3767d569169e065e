"""What an amount is the sum of: read off the last line of the formula, nothing where that is no plain sum."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hrss.rules.engine import evaluate
from hrss.rules.insurance.resident import resident_account_part, resident_pension

DAY, COUNTY = date(2026, 11, 1), "500236"
FACTS: dict[str, Any] = {"account": 2_120_000, "years": 18, "age": 66, "one_child": False}


def test_a_pension_is_the_sum_of_its_five_parts() -> None:
    found = evaluate(resident_pension, FACTS, on=DAY, region=COUNTY)
    assert list(found.summands) == ["base", "extra", "old", "child", "part"]
    assert sum(found.summands.values()) == found.amount


@pytest.mark.parametrize(
    ("rule", "facts"),
    [(resident_pension, FACTS | {"age": 59}), (resident_account_part, {"account": 2_120_000})],
)
def test_what_ended_before_or_is_no_sum_has_none(rule: Any, facts: dict[str, Any]) -> None:
    assert evaluate(rule, facts, on=DAY, region=COUNTY).summands == {}
