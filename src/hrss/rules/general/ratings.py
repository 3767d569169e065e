"""The rating loop (好差评): grades, stars, who is bad enough to be put right, and by when.

A case is rated once; a bad rating starts a task with its own clock; an unrated case is invited once.
"""

from __future__ import annotations

from datetime import date, timedelta

from hrss.kernel.limits import Limit
from hrss.kernel.workdays import DueDate, WorkCalendar, due_date
from hrss.rules.engine import default_parameters, rule
from hrss.rules.engine.units import Choice, Days, Flag, Grade, Rate

ARTICLE = "国办发〔2019〕51号"


class RatingGrade(Choice):
    """The five grades, valued by their stars."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


@rule(name="general.rating_stars", title="评价星级", article=ARTICLE)
def rating_stars(grade: RatingGrade) -> Grade:
    """非常满意至非常不满意依次为五星至一星。

    grade: 评价等级
    """
    return grade


@rule(name="general.rating_is_negative", title="是否差评", article=ARTICLE)
def rating_is_negative(grade: RatingGrade) -> Flag:
    """不满意和非常不满意为差评，须整改、回访。

    grade: 评价等级
    """
    return grade <= RatingGrade.BAD


@rule(
    name="general.rating_callback_share",
    title="差评回访率要求",
    article=ARTICLE,
    parameters={"share": "general.rating.callback_share"},
)
def rating_callback_share(grade: RatingGrade, share: Rate) -> Rate:
    """差评全部回访，其他评价没有回访率要求。

    grade: 评价等级
    share: 差评回访率
    negative: 差评
    """
    negative: Flag = rating_is_negative(grade)
    return share if negative else 0


@rule(
    name="general.may_invite_rating",
    title="是否邀请评价",
    article=ARTICLE,
    parameters={"days_from": "general.rating.invite_after_days"},
)
def may_invite_rating(rated: Flag, days_since_closing: Days, days_from: Days) -> Flag:
    """办结满三日仍未评价的，发出一次邀请。

    rated: 已评价
    days_since_closing: 办结后天数
    days_from: 邀请天数
    """
    return not rated and days_since_closing >= days_from


def rectify_due(rated_on: date, grade: RatingGrade, *, calendar: WorkCalendar, region: str) -> DueDate | None:
    """Give the last day to put a bad rating right; None for a rating that is not bad."""
    if not rating_is_negative(grade):
        return None
    value = default_parameters().parameter("general.rating.rectify_limit", on=rated_on, region=region)
    return due_date(rated_on, Limit.parse(str(value.value)), calendar=calendar)


def days_since(closed_on: date, today: date) -> int:
    """Days since closing, never below zero."""
    return max((today - closed_on) // timedelta(days=1), 0)
