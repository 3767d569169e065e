"""Properties of the law over random persons: more never gives less, sums add up, caps hold, what is stored comes back.

They need no second formula: each says only what everybody knows of the benefit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.rules.oracles.persons import _people

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine import evaluate, find_rule, read_facts, replay
from hrss.rules.engine.units import Choice, SeriesUnit, TableUnit, Unit

catalogue.load_all()
PERSONS = 60
Facts = dict[str, Any]


def persons(name: str) -> list[Facts]:
    rule, draw = find_rule(name), random.Random(name)
    return [
        row | common
        for rows, common in (_people(rule, draw, 1) for _ in range(PERSONS))
        for row in rows
        if not any(isinstance(unit, SeriesUnit) for unit in rule.inputs.values())
    ]


def answer(name: str, facts: Facts) -> int | None:
    try:
        return int(find_rule(name)(**facts))
    except Problem:
        return None


# More of this never gives less …
RISES = {
    "insurance.basic_pension": ("base", "index", "service"), "insurance.account_pension": ("balance",),
    "insurance.transitional_pension": ("base", "index", "service", "rate"),
    "insurance.employee_pension": ("index", "service", "service_before", "balance", "base"),
    "insurance.close_year": ("balance", "credit", "product", "rate"), "insurance.month_credit": ("share",),
    "insurance.contribution_base": ("wage",), "insurance.late_fee": ("arrears", "days"),
    "insurance.retirement_delay": ("birth_month",), "insurance.statutory_retirement": ("birth_month",),
    "insurance.minimum_months": ("retirement_year",), "insurance.resident_pension": ("account", "years", "age"),
    "insurance.unemployment_months": ("unused",), "insurance.unemployment_total": ("months", "first", "later"),
    "insurance.injury_one_off": ("own_wage",), "insurance.injury_allowance": ("own_wage", "minimum_wage"),
    "insurance.injury_taper": ("months_to_retirement",), "insurance.injury_dependants": ("own_wage", "others", "lone"),
    "insurance.survivor_grant": ("income",), "insurance.institution_transition": ("new_method", "share"),
    "insurance.stability_refund": ("premium", "layoff_limit"), "insurance.expansion_grant": ("hired", "paid_months"),
    "insurance.flexible_subsidy": ("base", "rate", "numerator"), "insurance.overpayment": ("monthly", "months"),
    "employment.internship_subsidy": ("months",), "employment.hiring_subsidy": ("persons",),
    "employment.flexible_insurance_subsidy": ("pension", "medical"), "employment.loan_limit": ("person", "firm"),
    "employment.loan_interest": ("principal", "rate", "months"), "employment.training_by_day": ("days",),
    "labour.severance_months": ("service_months",), "labour.severance": ("months",),
    "labour.unlawful_dismissal": ("months",), "labour.overtime_pay": ("wage", "hours", "multiple"),
    "labour.double_wage": ("wage", "months", "further_days"), "labour.annual_leave_days": ("service_years",),
    "labour.annual_leave_pay": ("wage", "unused"), "labour.non_compete_total": ("wage", "agreed"),
    "labour.late_fine": ("days",), "labour.deposit": ("contract", "base"),
    "talent.quota": ("persons", "share"), "talent.step_of_next_year": ("current",),
}  # fmt: skip
# … more of this never gives more.
FALLS = {
    "insurance.account_pension": ("divisor",), "insurance.contribution_gap": ("paid_months",),
    "insurance.account_inheritance": ("paid_out",), "insurance.survivor_grant": ("drawn_months",),
    "insurance.flexible_subsidy_months": ("used",), "insurance.stability_refund": ("layoff_rate",),
    "insurance.skill_subsidy": ("since_certificate", "used_this_year"),
    "employment.subsidy_months_left": ("used",), "labour.still_due": ("paid_severance", "paid_notice"),
    "labour.annual_leave_unused": ("taken",), "labour.minimum_wage_gap": ("pay",), "talent.free_posts": ("actual",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "word", "sign"),
    [(name, word, 1) for name, words in RISES.items() for word in words]
    + [(name, word, -1) for name, words in FALLS.items() for word in words],
)
def test_more_never_gives_less(name: str, word: str, sign: int) -> None:
    unit = find_rule(name).inputs[word]
    assert isinstance(unit, Unit)
    compared = 0
    for facts in persons(name):
        for step in (1, 7, 1000):
            more = facts | {word: min(facts[word] + step, unit.high)}
            now, then = answer(name, facts), answer(name, more)
            if now is not None and then is not None:
                assert sign * now <= sign * then, (facts, more)
                compared += 1
    assert compared > PERSONS // 4


# Two halves come to the whole, exactly.
ADDS = {
    "insurance.backdated_contribution": "months", "insurance.injury_one_off": "own_wage",
    "insurance.injury_death_grant": "income", "insurance.expansion_grant": "hired",
    "insurance.back_pay": "months", "insurance.unemployment_death": "standard",
    "employment.hiring_subsidy": "persons", "employment.startup_grant": "persons",
    "employment.public_welfare_post_subsidy": "months", "employment.employer_insurance_subsidy": None,
    "labour.fine_by_worker_least": "workers", "labour.unlawful_probation": "wage_after",
    "labour.contractor_pays": "owed_by_subcontractor",
}  # fmt: skip


@pytest.mark.parametrize(("name", "word"), ADDS.items())
def test_parts_add_up(name: str, word: str | None) -> None:
    added = 0
    for facts in persons(name):
        words = [word] if word else list(find_rule(name).facts)
        half = {one: facts[one] // 2 for one in words}
        rest = {one: facts[one] - half[one] for one in words}
        whole, one, other = answer(name, facts), answer(name, facts | half), answer(name, facts | rest)
        if whole is not None and one is not None and other is not None:
            assert whole == one + other, facts
            added += 1
    assert added > PERSONS // 8


# Never above …
CAPS: dict[str, Callable[[Facts], int]] = {
    "insurance.unemployment_months": lambda facts: facts["most"],
    "insurance.injury_dependants": lambda facts: facts["own_wage"],
    "insurance.injury_leave_wage": lambda facts: 24 * facts["monthly_wage"],
    "insurance.contribution_base": lambda facts: facts["upper"],
    "insurance.survivor_twelfths": lambda facts: 288,
    "insurance.retirement_delay": lambda facts: 60 if facts["group"] == 3 else 36,
    "insurance.minimum_months": lambda facts: 240,
    "insurance.injury_taper": lambda facts: max(1_000_000, facts["least"]),
    "insurance.offset": lambda facts: facts["debt"],
    "insurance.resident_death_months": lambda facts: facts["most"],
    "insurance.landless_one_off": lambda facts: facts["most"],
    "employment.training_by_day": lambda facts: max(facts["new_most"], facts["special_most"]),
    "employment.ability_training": lambda facts: facts["most"],
    "employment.loan_rate": lambda facts: facts["lpr"] + facts["most_spread"],
    "labour.severance_base": lambda facts: facts["cap"],
    "labour.annual_leave_prorated": lambda facts: facts["entitlement"],
    "labour.non_compete_months": lambda facts: facts["most"],
    "labour.late_fine": lambda facts: facts["fine"],
    "labour.deposit_hunan": lambda facts: max(facts["transport_most"], facts["other_most"]),
    "talent.posts_after_reduction": lambda facts: facts["posts"],
    "talent.posts_by_ratio": lambda facts: facts["posts"],
}


@pytest.mark.parametrize("name", CAPS)
def test_caps_hold(name: str) -> None:
    found = [(answer(name, facts), CAPS[name](facts)) for facts in persons(name)]
    assert all(amount <= cap for amount, cap in found if amount is not None)
    assert any(amount is not None for amount, _ in found)


@pytest.mark.parametrize("name", [rule.name for rule in catalogue.list_rules() if not rule.name.startswith("test.")])
def test_facts_and_answers_make_the_round(name: str) -> None:
    """What people write reads back to the same numbers; a stored answer computes again to the same fen."""
    rule = find_rule(name)
    back = 0
    for facts in persons(name)[:12]:
        written = {word: _written(unit, facts[word]) for word, unit in rule.inputs.items()}
        assert read_facts(rule, written) == facts
        try:
            found = evaluate(rule, facts, on=date(2025, 6, 30), region="500236")
        except Problem:
            continue
        stored = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
        assert replay(stored).amount == found.amount
        back += 1
    assert back or rule.refuses or any(isinstance(unit, SeriesUnit) for unit in rule.inputs.values())


def _written(unit: Any, value: Any) -> Any:
    if isinstance(unit, TableUnit):
        pairs = zip(value[::2], value[1::2], strict=True)
        return {key: _written(unit.value, number) for key, number in pairs}
    if isinstance(unit, Unit):
        if unit.name in ("month", "day"):
            return unit.show(value)
        return bool(value) if unit.name == "flag" else str(unit.natural(value))
    return unit(value).word if issubclass(unit, Choice) else value
