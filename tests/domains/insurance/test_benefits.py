"""Benefits as the funds compute them: columns equal the rule one by one, every amount computes again to the fen."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hrss.domains.insurance import amounts
from hrss.domains.insurance.benefits import BENEFITS
from hrss.domains.insurance.services.award_pension import month_facts
from hrss.funds.benefits import EntitlementFacts, benefit_of
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth
from hrss.rules.engine import replay

MONTH = YearMonth(2026, 10)
facts = st.fixed_dictionaries(
    {
        "account": st.integers(min_value=0, max_value=30_000_000),
        "years": st.integers(min_value=0, max_value=45),
        "born": st.dates(min_value=date(1930, 1, 1), max_value=date(1966, 9, 30)).map(date.isoformat),
        "one_child": st.booleans(),
    }
)


def ask(benefit: str, rows: list[dict[str, Any]]) -> list[Any]:
    asked = [EntitlementFacts(uuid7(), uuid7(), benefit, MONTH, row) for row in rows]
    found = benefit_of(benefit).compute(MONTH, asked)
    return [found[one.id] for one in asked]


@given(st.lists(facts, min_size=1, max_size=30))
def test_pensions_in_columns_are_the_rule_and_compute_again(rows: list[dict[str, Any]]) -> None:
    for row, amount in zip(rows, ask(amounts.PENSION_BENEFIT, rows), strict=True):
        assert amount.fen == amounts.pension(month_facts(row, MONTH), MONTH).amount
        again = replay(amount.explanation)
        assert again.amount == amount.fen
        assert amount.versions.split() == [value.version for value in again.parameters]


def test_a_thousand_in_columns_are_the_same_as_one_by_one() -> None:
    rows = [
        {
            "account": 7_001 * n,
            "years": n % 40,
            "made_up": 0,
            "born": f"19{30 + n % 36}-0{1 + n % 9}-11",
            "one_child": n % 2 == 0,
        }
        for n in range(1000)
    ]
    for row, amount in zip(rows, ask(amounts.PENSION_BENEFIT, rows), strict=True):
        assert amount.fen == amounts.pension(month_facts(row, MONTH), MONTH).amount == replay(amount.explanation).amount


def test_unemployment_benefit_is_one_standard() -> None:
    found = ask(amounts.UNEMPLOYMENT_BENEFIT, [{"months": 3}, {"months": 24}])
    assert {one.fen for one in found} == {186_400}
    assert replay(found[0].explanation).amount == 186_400


def test_grants_compute_again_from_what_was_stored_at_the_decision() -> None:
    decided = {
        amounts.RESIDENT_DEATH_GRANT: amounts.funeral_grant(
            drawing=True, years_paid=0, monthly=24_209, on=date(2026, 9, 1)
        ),
        amounts.RESIDENT_ACCOUNT: amounts.remaining(1_067_329, 7_679, 18),
        amounts.UNEMPLOYMENT_DEATH_GRANT: amounts.unemployment_death_grant(186_400, date(2026, 9, 1)),
    }
    for benefit, explanation in decided.items():
        [found] = ask(benefit, [amounts.stored(explanation)])
        assert found.fen == explanation.amount
        assert replay(found.explanation).amount == found.fen


def test_every_benefit_is_declared_once_with_its_fund() -> None:
    assert {benefit.code for benefit in BENEFITS} == set(amounts.TITLES)
    assert {benefit.code: benefit.fund for benefit in BENEFITS if "unemployment" in benefit.code} == {
        amounts.UNEMPLOYMENT_BENEFIT: "unemployment",
        amounts.UNEMPLOYMENT_DEATH_GRANT: "unemployment",
    }
