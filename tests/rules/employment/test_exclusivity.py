"""One subsidy of a family at a time: conflicts, months that carry over, windows and top-ups of transport."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.months import Spell, YearMonth
from hrss.rules.employment import windows
from hrss.rules.employment.exclusivity import Conflict, Drawn, conflicts, family_of, may_begin, months_used
from hrss.rules.employment.personal_subsidies import transport_top_up

START = YearMonth(2023, 1)
SPELLS = st.builds(
    lambda first, length: Spell(START + first, START + first + length), st.integers(0, 30), st.integers(0, 12)
)
DRAWN = st.lists(
    st.builds(Drawn, st.sampled_from(["employer_insurance", "flexible_insurance", "internship"]), SPELLS), max_size=6
)


def spell(first: str, last: str) -> Spell:
    return Spell(YearMonth.parse(first), YearMonth.parse(last))


def test_employer_and_flexible_subsidies_exclude_each_other() -> None:
    drawn = [
        Drawn("employer_insurance", spell("2024-01", "2024-06")),
        Drawn("flexible_insurance", spell("2024-05", "2024-12")),
        Drawn("internship", spell("2024-01", "2024-12")),
    ]
    found = conflicts(drawn)
    assert found == (Conflict("employer_insurance", "flexible_insurance", spell("2024-05", "2024-06")),)
    assert months_used(drawn, "insurance", until=YearMonth(2024, 12)) == 12
    assert months_used(drawn, "insurance", until=YearMonth(2024, 3)) == 3


def test_a_kind_without_family_is_its_own() -> None:
    assert family_of("transport") == "transport"
    assert family_of("public_welfare_post") == "insurance"


@given(DRAWN, st.integers(0, 45))
def test_what_may_begin_makes_no_conflict(drawn: list[Drawn], offset: int) -> None:
    month = START + offset
    added = Drawn("flexible_insurance", Spell(month, month))
    clean = conflicts([*drawn, added]) == conflicts(drawn)
    assert may_begin(drawn, "flexible_insurance", month=month) == clean


@given(DRAWN)
def test_used_months_never_exceed_the_sum(drawn: list[Drawn]) -> None:
    own = [one.spell.count() for one in drawn if family_of(one.kind) == "insurance"]
    used = months_used(drawn, "insurance", until=START + 60)
    assert used <= sum(own)
    if not [found for found in conflicts(drawn) if found.first != "internship"]:
        assert used == sum(own)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2025, 3, 31), True), (date(2025, 4, 1), False)],
)
def test_transport_of_a_year_is_claimed_until_the_next_march(day: date, is_open: bool) -> None:
    assert windows.transport_is_open(2024, on=day) is is_open


@pytest.mark.parametrize(
    ("entitled", "paid", "is_open", "due"),
    [(48650, 20000, True, 28650), (48650, 20000, False, 0), (5000, 20000, True, 0)],
)
def test_a_top_up_fills_the_gap(entitled: int, paid: int, is_open: bool, due: int) -> None:
    assert transport_top_up(entitled, paid, is_open) == due
