"""Ratings, cards, separation of posts and the shipped work calendar."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate
from hrss.rules.general import cards, ratings
from hrss.rules.general.separation import check_separation, may_review
from hrss.rules.general.work_calendar import shipped_calendar

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize("grade", list(ratings.RatingGrade))
def test_stars_and_negative(grade: ratings.RatingGrade) -> None:
    assert ratings.rating_stars(grade) == grade.value
    assert ratings.rating_is_negative(grade) == grade.word.endswith("不满意")
    callback = evaluate(ratings.rating_callback_share, {"grade": grade}, on=TODAY, region="500236").amount
    assert callback == (1_000_000 if ratings.rating_is_negative(grade) else 0)


def test_a_bad_rating_is_put_right_in_fifteen_working_days() -> None:
    calendar = shipped_calendar()
    found = ratings.rectify_due(date(2025, 9, 26), ratings.RatingGrade.VERY_BAD, calendar=calendar, region="500236")
    assert found is not None
    assert found.due_on == date(2025, 10, 23)
    assert ratings.rectify_due(TODAY, ratings.RatingGrade.GOOD, calendar=calendar, region="500236") is None


@pytest.mark.parametrize(("days", "rated", "invited"), [(2, False, False), (3, False, True), (4, True, False)])
def test_an_unrated_case_is_invited_after_three_days(days: int, rated: bool, invited: bool) -> None:
    facts = {"rated": rated, "days_since_closing": days}
    assert bool(evaluate(ratings.may_invite_rating, facts, on=TODAY).amount) is invited


def test_days_since_closing_never_fall_below_zero() -> None:
    assert ratings.days_since(TODAY, TODAY - timedelta(days=3)) == 0
    assert ratings.days_since(TODAY, TODAY + timedelta(days=3)) == 3


@pytest.mark.parametrize(("tries", "locked"), [(0, False), (5, False), (6, True), (7, True)])
def test_the_sixth_wrong_try_locks(tries: int, locked: bool) -> None:
    assert bool(evaluate(cards.card_is_locked, {"wrong_attempts": tries}, on=TODAY).amount) is locked


@pytest.mark.parametrize("state", list(cards.CardState))
def test_only_a_lost_card_without_replacement_is_released(state: cards.CardState) -> None:
    lost = state in (cards.CardState.TEMPORARILY_LOST, cards.CardState.LOST)
    assert cards.card_may_be_released(state, False) is lost
    assert not cards.card_may_be_released(state, True)


def test_the_electronic_card_follows_the_physical_one() -> None:
    use = cards.electronic_card_use
    assert use(cards.CardState.ACTIVE) is cards.ElectronicUse.FULL
    assert use(cards.CardState.TEMPORARILY_LOST) is cards.ElectronicUse.WITH_CONSENT
    assert use(cards.CardState.CANCELLED) is cards.ElectronicUse.STOPPED


def test_card_dates() -> None:
    assert cards.temporary_card_expires(date(2025, 3, 1), region="500236") == date(2025, 4, 30)
    assert cards.renewal_opens(date(2026, 6, 30), region="500236") == date(2026, 5, 1)


def test_three_posts_three_persons() -> None:
    assert may_review(accepted_by="u1", reviewed_by="u2", approved_by="u3")
    assert may_review(accepted_by="u1", reviewed_by="u2")
    for pair in (("u1", "u1", ""), ("u1", "u2", "u1"), ("u1", "u2", "u2")):
        named = dict(zip(("accepted_by", "reviewed_by", "approved_by"), pair, strict=True))
        assert not may_review(**named)
        with pytest.raises(Problem, match="同一人") as caught:
            check_separation(**named)
        assert caught.value.status == 409
    check_separation(accepted_by="u1", reviewed_by="u2", approved_by="u3")


def test_the_shipped_calendar_is_the_announced_one() -> None:
    calendar = shipped_calendar()
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert calendar.is_working(day) is chinese_calendar.is_workday(day)
        day += timedelta(days=1)
    with pytest.raises(Problem) as caught:
        calendar.is_working(date(2027, 1, 1))
    assert caught.value.code == "deadline.calendar_unknown"
