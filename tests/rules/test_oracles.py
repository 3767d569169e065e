"""Every rule against its oracle in Decimal, and compiled against plain, over random persons.

A few hundred persons a rule here; ``HRSS_RULES_PERSONS=100000`` or ``./hrss bench rules/bench_persons`` asks more.
"""

from __future__ import annotations

import os

import pytest
from tests.rules.oracles.persons import ORACLES, compare

from hrss.rules import catalogue
from hrss.rules.engine import find_rule

catalogue.load_all()
PERSONS = int(os.environ.get("HRSS_RULES_PERSONS", "300"))
NAMES = [rule.name for rule in catalogue.list_rules() if not rule.name.startswith("test.")]


def test_every_rule_has_an_oracle() -> None:
    assert set(ORACLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_plain_compiled_and_oracle_agree(name: str) -> None:
    found = compare(find_rule(name), PERSONS)
    assert found.persons == PERSONS
    assert (found.wrong, found.first) == (0, "")
    assert found.answered >= PERSONS // 20
