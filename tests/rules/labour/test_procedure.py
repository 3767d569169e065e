"""Arbitration, limitation, clocks and figures: boundaries, both conventions, restarts and pauses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import Suspension
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.general.work_calendar import shipped_calendar
from hrss.rules.labour import arbitration, statistics
from hrss.rules.labour.arbitration import ClaimKind
from hrss.rules.labour.clocks import CLOCKS, clock, clock_due, clock_limit, clock_start
from hrss.rules.labour.limitation import Pause, arbitration_limitation, inspection_limitation

TODAY = date(2026, 1, 5)
FENGJIE = "500236"
COUNTS = st.integers(0, 100_000)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2024, 12, 31))


@given(st.integers(0, 10**7), st.integers(1, 10**6))
def test_an_item_is_final_up_to_twelve_minimum_wages(amount: int, minimum: int) -> None:
    assert arbitration.is_final_item(ClaimKind.MONEY, amount, minimum) == (amount <= minimum * 12)
    assert arbitration.is_final_item(ClaimKind.STATE_STANDARD, amount, minimum)
    assert not arbitration.is_final_item(ClaimKind.OTHER, amount, minimum)


@pytest.mark.parametrize(("final", "other", "documents"), [(2, 0, 1), (0, 3, 1), (1, 1, 2), (0, 0, 0)])
def test_mixed_awards_make_two_documents(final: int, other: int, documents: int) -> None:
    assert arbitration.award_documents(final, other) == documents


@pytest.mark.parametrize(
    ("workers", "common", "contract", "collective"),
    [(10, True, False, True), (9, True, False, False), (10, False, False, False), (1, False, True, True)],
)
def test_ten_with_a_common_claim_are_collective(workers: int, common: bool, contract: bool, collective: bool) -> None:
    facts = {"workers": workers, "common_claim": common, "collective_contract": contract}
    assert bool(evaluate(arbitration.is_collective, facts, on=TODAY).amount) is collective


@pytest.mark.parametrize(
    ("clear", "amount", "agree", "excluded", "allowed"),
    [
        (False, 100, False, False, True),
        (False, 101, False, False, False),
        (False, 101, True, False, True),
        (True, 101, False, False, True),
        (True, 1, True, True, False),
    ],
)
def test_one_ground_suffices_and_an_exclusion_decides(
    clear: bool, amount: int, agree: bool, excluded: bool, allowed: bool
) -> None:
    assert arbitration.may_use_simplified(clear, amount, 100, agree, excluded) is allowed


@pytest.mark.parametrize(("closing", "years"), [(arbitration.Closing.AWARD, 10), (arbitration.Closing.OTHER, 5)])
def test_files_are_kept(closing: arbitration.Closing, years: int) -> None:
    assert evaluate(arbitration.file_years, {"closing": closing}, on=TODAY).amount == years


@pytest.mark.parametrize("id", CLOCKS)
def test_every_clock_has_a_length(id: str) -> None:
    limit = clock_limit(id, on=TODAY, region=FENGJIE)
    assert limit.is_counted
    assert default_parameters().parameter(clock(id).parameter, on=TODAY, region=FENGJIE).title == clock(id).title


def test_every_length_has_a_clock_and_an_unknown_clock_is_refused() -> None:
    lengths = {
        name.removeprefix("labour.clock.") for name in default_parameters().values if name.startswith("labour.clock.")
    }
    assert lengths == set(CLOCKS)
    with pytest.raises(Problem) as caught:
        clock("arb_lunch")
    assert caught.value.code == "labour.unknown_clock"


def test_arbitration_counts_days_and_inspection_working_days() -> None:
    assert clock_limit("arb_award", on=TODAY, region=FENGJIE) == Limit.parse("45D+15D")
    assert clock_limit("insp_investigate", on=TODAY, region=FENGJIE) == Limit.parse("60W+30W")


def test_published_clocks() -> None:
    calendar = shipped_calendar()
    award = clock_due("arb_award", TODAY, calendar=calendar, region=FENGJIE)
    longer = clock_due("arb_award", TODAY, calendar=calendar, region=FENGJIE, extended=True)
    assert (award.natural, award.due_on, longer.due_on) == (date(2026, 2, 19), date(2026, 2, 24), date(2026, 3, 6))
    pause = Suspension(date(2026, 1, 15), date(2026, 2, 4))
    paused = clock_due("arb_award", TODAY, calendar=calendar, region=FENGJIE, suspensions=[pause])
    assert paused.natural == date(2026, 3, 11)


def test_a_fiction_of_service_does_not_roll() -> None:
    found = clock_due("service_notice", date(2026, 1, 15), calendar=shipped_calendar(), region=FENGJIE)
    assert found.due_on == found.natural == date(2026, 2, 14)


def test_the_last_restart_counts() -> None:
    assert clock_start(TODAY, restarts=[date(2026, 1, 20), date(2026, 1, 12)]) == date(2026, 1, 20)
    assert clock_start(TODAY, restarts=[]) == TODAY


def test_pay_is_not_limited_while_employment_lasts() -> None:
    assert not arbitration_limitation(filed=date(2026, 1, 1), known=date(2015, 1, 1), is_pay=True).barred
    end = date(2019, 2, 28)
    assert not arbitration_limitation(filed=date(2020, 2, 28), employment_end=end, is_pay=True).barred
    assert arbitration_limitation(filed=date(2020, 2, 29), employment_end=end, is_pay=True).barred


@given(DAYS, st.integers(0, 364), st.integers(0, 364))
def test_an_interruption_inside_the_year_starts_it_anew(known: date, after: int, then: int) -> None:
    event = known + timedelta(days=after)
    filed = event + timedelta(days=then)
    assert not arbitration_limitation(filed=filed, known=known, interruptions=[event]).barred


@given(DAYS, st.integers(1, 400))
def test_an_interruption_after_the_year_comes_too_late(known: date, late: int) -> None:
    plain = arbitration_limitation(filed=known, known=known)
    assert plain.expires is not None
    event = plain.expires + timedelta(days=late)
    assert arbitration_limitation(filed=event, known=known, interruptions=[event]).barred


@given(DAYS, st.integers(0, 300), st.integers(0, 60))
def test_a_pause_adds_exactly_its_days(known: date, after: int, length: int) -> None:
    first = known + timedelta(days=after)
    pause = Pause(first, first + timedelta(days=length))
    plain = arbitration_limitation(filed=known, known=known).expires
    paused = arbitration_limitation(filed=known, known=known, pauses=[pause]).expires
    assert plain is not None
    assert paused == plain + timedelta(days=length + 1)


def test_a_breach_that_goes_on_is_always_in_time() -> None:
    assert not inspection_limitation(first_complaint=TODAY, violation_end=None).barred
    end = date(2023, 6, 30)
    assert not inspection_limitation(first_complaint=date(2025, 6, 30), violation_end=end).barred
    assert inspection_limitation(first_complaint=date(2025, 7, 1), violation_end=end).barred


@given(COUNTS, COUNTS, COUNTS)
def test_closed_and_open_make_the_whole(carried: int, accepted: int, closed: int) -> None:
    if closed > carried + accepted or carried + accepted == 0:
        with pytest.raises(Problem):
            statistics.closing_rate(carried, accepted, closed)
        return
    rate = statistics.closing_rate(carried, accepted, closed)
    assert abs(Decimal(rate) / 1_000_000 - Decimal(closed) / (carried + accepted)) <= Decimal("0.0000005")
    assert closed + statistics.open_at_end(carried, accepted, closed) == carried + accepted


@given(st.integers(1, 10**5), COUNTS, COUNTS)
def test_mediation_outside_never_lowers_a_rate_below_one(accepted: int, closed: int, outside: int) -> None:
    closed = min(closed, accepted)
    plain = statistics.closing_rate(0, accepted, closed)
    assert statistics.closing_rate_with_outside(accepted, closed, outside) >= plain - 1
    assert statistics.mediation_rate_with_outside(accepted, closed, outside) <= 1_000_000


def test_an_empty_denominator_is_refused() -> None:
    for rule, facts in (
        (statistics.mediation_success_rate, (0, 0)),
        (statistics.final_award_rate, (0, 0)),
        (statistics.inspection_closing_rate, (0, 0)),
        (statistics.handling_rate, (0, 0)),
        (statistics.open_at_end, (0, 0, 1)),
        (statistics.closing_rate_with_outside, (0, 0, 0)),
        (statistics.mediation_rate_with_outside, (0, 0, 0)),
    ):
        with pytest.raises(Problem):
            rule(*facts)


def test_rates_of_the_plan() -> None:
    assert statistics.inspection_closing_rate(207, 207) == 1_000_000
    assert statistics.closing_rate(0, 2334, 2318) == 993_145
    assert statistics.mediation_success_rate(61, 100) == 610_000
    assert statistics.final_award_rate(1, 4) == 250_000
    assert statistics.handling_rate(100, 93) == 930_000


def test_one_case_is_enough_for_a_rate() -> None:
    assert statistics.closing_rate(0, 1, 1) == statistics.closing_rate(1, 0, 1) == 1_000_000
    assert statistics.closing_rate_with_outside(1, 1, 0) == statistics.closing_rate_with_outside(0, 0, 1) == 1_000_000
    assert statistics.mediation_rate_with_outside(0, 0, 1) == statistics.mediation_rate_with_outside(1, 1, 0)
    for rule in (
        statistics.mediation_success_rate,
        statistics.final_award_rate,
        statistics.inspection_closing_rate,
        statistics.handling_rate,
    ):
        assert rule(1, 1) == 1_000_000
    assert statistics.open_at_end(0, 1, 1) == 0
