"""Plan figures: signed targets, progress, contradictions of the plan against its own tables."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.general import plan

VALUES = st.decimals(0, 1000, places=2)


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        (">=99.3", "99.3", True),
        (">99", "99", False),
        ("<5.5", "5.5", False),
        ("<5.5%", "5.4", True),
        ("≤5.5", "5.5", True),
        ("不低于 98%", "97.9", False),
        ("控制在5.5%以内", "5.5", True),
        ("6", "6.81", True),
        ("=3", "3", True),
        ("＞92", "92", False),
        ("达到 95", "95", True),
    ],
)
def test_targets_are_read_with_their_sign(target: str, actual: str, met: bool) -> None:
    assert plan.read_target(target).is_met_by(Decimal(actual)) is met


@pytest.mark.parametrize("text", ["", "尽量多", ">="])
def test_no_target(text: str) -> None:
    with pytest.raises(Problem) as caught:
        plan.read_target(text)
    assert caught.value.code == "plan.target"


@given(VALUES, VALUES)
def test_a_target_and_its_opposite_never_agree(value: Decimal, actual: Decimal) -> None:
    for sign, opposite in ((">=", "<"), (">", "<=")):
        assert plan.Target(sign, value).is_met_by(actual) != plan.Target(opposite, value).is_met_by(actual)


def test_the_plans_own_sentence_does_not_fit_its_table() -> None:
    text = "城乡居民养老参保率2020年95%，较2015年增加近28%"
    assert plan.claimed_change(text) == 28
    assert not plan.matches_claim(text, before=Decimal(52), after=Decimal(95))
    assert plan.matches_claim("增加约43个百分点", before=Decimal(52), after=Decimal(95))
    assert plan.claimed_change("保持稳定") is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_shares_add_up_to_a_hundred(parts: list[int]) -> None:
    if sum(parts) == 0:
        with pytest.raises(Problem):
            plan.shares_in_percent(tuple(parts))
    else:
        assert abs(sum(plan.shares_in_percent(tuple(parts)), Decimal(0)) - 100) <= Decimal("0.01") * len(parts)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_progress_is_monotone_and_status_follows(target: int, less: int, more: int) -> None:
    low, high = sorted((less, more))
    assert plan.plan_progress(low, target) <= plan.plan_progress(high, target)
    reached = plan.plan_progress(low, target)
    assert (plan.plan_status(reached, 600_000) is plan.Progress.ON_TRACK) == (reached >= 600_000)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_growth_of_nothing_is_minus_one_and_of_the_base_zero(base: int, now: int) -> None:
    assert plan.growth(base, base) == 0
    assert plan.growth(base, 0) == -1_000_000
    assert (plan.growth(base, now) < 0) <= (now < base)


def test_an_empty_whole_is_refused() -> None:
    for rule, facts in ((plan.share, (1, 0)), (plan.growth, (0, 1)), (plan.plan_progress, (1, 0))):
        with pytest.raises(Problem):
            rule(*facts)


def test_a_whole_of_one() -> None:
    assert plan.share(1, 1) == plan.plan_progress(1, 1) == 1_000_000
    assert plan.growth(1, 2) == 1_000_000
    assert plan.shares_in_percent((1,)) == (Decimal(100),)
    assert plan.matches_claim("增加 10%", before=Decimal(0), after=Decimal(11))
    assert not plan.matches_claim("增加 10%", before=Decimal(0), after=Decimal("11.1"))
