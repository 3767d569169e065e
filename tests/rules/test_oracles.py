"""Every rule against its oracle in Decimal over random persons, and in a full run compiled against both.

Here the compiled form is left to ``engine/test_every_rule.py``, which holds it to the plain one. A few hundred persons
a rule here; ``HRSS_RULES_PERSONS=100000`` or ``./hrss bench rules/bench_persons`` asks more.
"""

from __future__ import annotations

import os

import pytest
from tests.rules.oracles.persons import ORACLES, compare

from hrss.rules import catalogue
from hrss.rules.engine import find_rule

catalogue.load_all()
PERSONS = int(os.environ.get("HRSS_RULES_PERSONS", "300"))
FULL = 10_000
NAMES = [rule.name for rule in catalogue.list_rules() if not rule.name.startswith("test.")]


def test_every_rule_has_an_oracle() -> None:
    assert set(ORACLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_rule_and_oracle_agree(name: str) -> None:
    found = compare(find_rule(name), PERSONS, compiled=PERSONS >= FULL)
    assert found.persons == PERSONS
    assert (found.wrong, found.first) == (0, "")
    assert found.answered >= PERSONS // 20
