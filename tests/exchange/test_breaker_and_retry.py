"""Breaker and pauses with a clock in hand."""

from __future__ import annotations

import pytest

from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.breaker import FAILURES_TO_OPEN, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Breaker, State
from hrss.exchange.retry import PAUSES_SECONDS, pause_before


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock=clock)
    for _ in range(FAILURES_TO_OPEN):
        assert breaker.admits()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(10):
        breaker.failed()
        breaker.succeeded()
    for _ in range(FAILURES_TO_OPEN - 1):
        breaker.failed()
    assert breaker.state is State.CLOSED
    breaker.failed()
    assert breaker.state is State.OPEN
    assert not breaker.admits()


def test_after_the_pause_exactly_one_trial_goes_out_and_success_closes() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += FIRST_PAUSE_SECONDS - 0.1
    assert not breaker.admits()
    assert breaker.seconds_left() == pytest.approx(0.1)
    clock.now += 0.2
    assert breaker.admits()
    assert not breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.seconds_left() == 0


def test_a_failed_trial_doubles_the_pause_up_to_a_limit() -> None:
    clock = Clock()
    breaker = opened(clock)
    pauses = []
    for _ in range(7):
        pauses.append(breaker.seconds_left())
        clock.now += breaker.seconds_left()
        assert breaker.admits()
        breaker.failed()
    assert pauses == [20, 40, 80, 160, 300, 300, 300]
    assert breaker.seconds_left() == LONGEST_PAUSE_SECONDS


def test_a_trial_nobody_reports_on_does_not_block_for_ever() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += FIRST_PAUSE_SECONDS
    assert breaker.admits()
    clock.now += FIRST_PAUSE_SECONDS
    assert breaker.admits()


@pytest.mark.parametrize("failure", [Failure.TRANSIENT, Failure.TIMEOUT])
def test_pauses_grow_and_end(failure: Failure) -> None:
    pauses = [pause_before(attempt, failure, draw=lambda: 0.5) for attempt in range(2, 10)]
    real = [pause for pause in pauses if pause is not None]
    assert real == list(PAUSES_SECONDS[failure])
    assert real == sorted(real)
    assert pauses[-1] is None


@pytest.mark.parametrize("failure", [Failure.PERMANENT, Failure.UNTRUSTED])
def test_permanent_and_untrusted_failures_are_not_asked_again(failure: Failure) -> None:
    assert pause_before(2, failure) is None
    assert not CallFailed(failure, "x", "x").may_be_asked_again


def test_pauses_are_spread() -> None:
    low, high = (pause_before(2, Failure.TRANSIENT, draw=lambda value=value: value) for value in (0.0, 1.0))
    assert (low, high) == (3.75, 6.25)
