"""The band of ordinary amounts: wrong amounts planted in a skewed county are found, a clean county is left alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.funds.payruns.bands import Band, band, band_of
from hrss.funds.payruns.limits import limits_on
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.resident import resident_pension

LIMITS = limits_on(date(2026, 11, 1))
RULE = {"times": LIMITS.extreme_times, "floor": LIMITS.extreme_floor}
COUNTY = 150_000
SHAPES = ["accounts", "lognormal", "mostly_the_least", "one_standard"]


def county(shape: str) -> np.ndarray:
    """Clean monthly amounts in fen, skewed to the right as pensions with accounts are."""
    rng = np.random.default_rng(20261124)
    account = rng.lognormal(9.0, 0.8, COUNTY)
    made = {
        "accounts": 19_500 + account,
        "lognormal": rng.lognormal(10.0, 0.6, COUNTY),
        "mostly_the_least": 19_500 + np.where(rng.random(COUNTY) < 0.7, 1_500, account),
        "one_standard": np.full(COUNTY, 186_400),
    }
    return made[shape].astype(np.int64)


def off(amounts: np.ndarray, found: Band | None) -> np.ndarray:
    assert found is not None
    return (amounts < found.least) | (amounts > found.most)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_clean_county_gives_fewer_than_one_in_a_thousand(shape: str) -> None:
    amounts = county(shape)
    assert off(amounts, band_of(amounts, **RULE)).mean() < 0.001


@pytest.mark.parametrize("shape", SHAPES)
def test_planted_extremes_are_all_found_even_where_one_in_twenty_is_wrong(shape: str) -> None:
    amounts = county(shape)
    wrong = np.arange(0, COUNTY, 20)
    planted = amounts.copy()
    planted[wrong[::2]] = np.median(amounts) * 100  # fen taken for yuan
    planted[wrong[1::2]] = np.median(amounts) // 100
    assert off(planted, band_of(planted, **RULE))[wrong].all()


def by_the_rule(count: int) -> np.ndarray:
    """Pensions of a county by the rule: the oldest have no account, most paid the lowest grades, a few the highest."""
    rng = np.random.default_rng(7)
    age = np.clip(60 + rng.gamma(2.2, 5.2, count), 60, 108).astype(np.int64)
    years = np.clip(75 - age, 0, 15)
    grade = rng.choice([100, 200, 500, 1_000, 2_000, 3_000, 4_000], count, p=[0.5, 0.2, 0.17, 0.08, 0.02, 0.02, 0.01])
    account = years * (grade + 100) * 115
    facts = {"account": account, "years": years, "age": age, "one_child": (rng.random(count) < 0.04).astype(np.int64)}
    amounts: np.ndarray = batch(resident_pension, facts, on=date(2026, 11, 1), region="500236")["amount"]
    return amounts


def test_pensions_by_the_rule_stand_off_by_their_accounts_only_and_slips_of_ten_are_found() -> None:
    amounts = by_the_rule(200_000)
    found = band_of(amounts, **RULE)
    assert 0 < off(amounts, found).mean() < 0.02
    assert amounts[off(amounts, found)].min() > np.median(amounts), "only large accounts"
    for slip in (0.01, 0.1, 10, 100):
        assert off((amounts * slip).astype(np.int64), found).all(), slip


def test_few_lines_say_nothing() -> None:
    assert band_of(np.array([100] * 28 + [10**9]), **RULE) is None


@given(
    st.lists(st.integers(1, 10**9), min_size=3, max_size=3).map(sorted), st.integers(1, 6), st.integers(1, 3_000_000)
)
def test_the_places_themselves_never_stand_off(places: list[int], times: int, floor: int) -> None:
    found = band(*places, times=times, floor=floor)
    assert found.least <= places[0] and found.most >= places[2]
