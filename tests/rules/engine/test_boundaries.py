"""Every boundary day of every dated parameter, taken from the files themselves, asked through every rule that uses it.

The oracle reads the YAML and picks the value by hand; the engine must use exactly that version on the first and last
day, on the day before and on the day after, and refuse by name where the oracle finds none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine import default_parameters, evaluate, find_rule
from hrss.rules.engine.loading import FOLDER, REGIONS
from hrss.rules.pages import ordinary_facts

ONE_DAY = timedelta(days=1)
LAST = date(9999, 12, 31)
catalogue.load_all()
USERS: dict[str, list[str]] = defaultdict(list)
for _rule in catalogue.list_rules():
    for _key in sorted(set(_rule.parameters.values())):
        USERS[_key].append(_rule.name)


def _raw() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        region = REGIONS[path.relative_to(FOLDER).parts[0]]
        for name, entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            for value in entry["values"]:
                one = {"region": region, "to": LAST} | (entry.get("each") or {}) | value
                yield name, one | {"known": one.get("known_from", one["from"])}


RAW: dict[str, list[dict[str, Any]]] = defaultdict(list)
for _name, _value in _raw():
    RAW[_name].append(_value)


def picked(name: str, on: date, region: str) -> str | None:
    """The version in force by the files: the most local, of these the last published; None for a gap."""
    fitting = [one for one in RAW[name] if one["from"] <= on <= one["to"] and region.startswith(str(one["region"]))]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: (len(str(one["region"])), one["known"]))
    return None if best["value"] is None else f"{name}@{best['region'] or '0'}@{best['from']}#{best['known']}"


def days_of(name: str) -> list[tuple[date, str]]:
    found = set()
    for one in RAW[name]:
        last = [one["to"], one["to"] + ONE_DAY] if one["to"] != LAST else []
        found |= {(day, str(one["region"])) for day in (one["from"], one["from"] - ONE_DAY, *last)}
    return sorted(found)


@pytest.mark.parametrize("name", sorted(RAW))
def test_the_store_picks_what_the_files_say(name: str) -> None:
    for on, region in days_of(name):
        for place in {region, "500236"}:
            wanted = picked(name, on, place)
            if wanted is None:
                with pytest.raises(Problem) as gap:
                    default_parameters().parameter(name, on=on, region=place)
                assert (gap.value.code, gap.value.field) == ("rules.gap", name)
                assert on.isoformat() in str(gap.value)
            else:
                assert default_parameters().parameter(name, on=on, region=place).version == wanted


@pytest.mark.parametrize("name", sorted(RAW))
def test_as_known_on_the_day_of_publication_and_the_day_before(name: str) -> None:
    for one in RAW[name]:
        if "known_from" not in one:
            continue
        region, on = str(one["region"]), max(one["from"], one["known_from"])
        on = min(on, one["to"])
        known = default_parameters().parameter(name, on=on, region=region, known_at=one["known_from"])
        assert known.known_from <= one["known_from"]
        assert known.version == f"{name}@{region or '0'}@{one['from']}#{one['known_from']}"
        try:
            before = (
                default_parameters().parameter(name, on=on, region=region, known_at=one["known_from"] - ONE_DAY).version
            )
        except Problem as gap:
            before = gap.code
        assert before != known.version


@pytest.mark.parametrize("rule_name", sorted({user for users in USERS.values() for user in users}))
def test_a_rule_uses_the_version_of_the_day(rule_name: str) -> None:
    rule = find_rule(rule_name)
    facts = ordinary_facts(rule)
    days = sorted({day for key in set(rule.parameters.values()) for day, _ in days_of(key)})
    for on in days:
        wanted = {key: picked(key, on, "500236") for key in set(rule.parameters.values())}
        try:
            found = evaluate(rule, facts, on=on, region="500236")
        except Problem as problem:
            gaps = {key for key, version in wanted.items() if version is None}
            assert (problem.code == "rules.gap") == bool(gaps), (on, problem)
            assert not gaps or problem.field in gaps
            continue
        assert {value.name: value.version for value in found.parameters} == wanted
