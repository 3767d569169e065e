"""The social-security card: locked passwords, loss and release, what the electronic card may still do.

Figures come from other provinces' guides and carry that status; the social and the financial password are separate
and only the social one is ours.
"""

from __future__ import annotations

from datetime import date

from hrss.kernel.limits import Limit
from hrss.kernel.workdays import HolidayTable, due_date, latest_before
from hrss.rules.engine import default_parameters, rule
from hrss.rules.engine.units import Choice, Count, Flag

ARTICLE = "社会保险经办条例第六条、第七条；社会保障卡管理办法"
_NO_HOLIDAYS = HolidayTable(frozenset(), frozenset(), frozenset())


class CardState(Choice):
    """State of the physical card."""

    ACTIVE = 1, "正常"
    NEVER_ACTIVATED = 2, "封存"
    TEMPORARILY_LOST = 3, "临时挂失"
    LOST = 4, "正式挂失"
    CANCELLED = 5, "注销"


class ElectronicUse(Choice):
    """What the electronic card may be used for."""

    FULL = 1, "正常使用"
    WITH_CONSENT = 2, "需本人授权"
    STOPPED = 3, "停止个人服务"


@rule(
    name="general.card_is_locked",
    title="社保密码是否锁定",
    article=ARTICLE,
    parameters={"tries": "general.card.tries"},
)
def card_is_locked(wrong_attempts: Count, tries: Count) -> Flag:
    """连续输错六次锁定，由本人到服务网点或电子渠道重置。

    wrong_attempts: 连续输错次数
    tries: 锁定次数
    """
    return wrong_attempts >= tries


@rule(name="general.card_may_be_released", title="可否解除挂失", article=ARTICLE)
def card_may_be_released(state: CardState, replacement_applied: Flag) -> Flag:
    """挂失期间可以解挂，已申请补换卡的不能解挂。

    state: 卡片状态
    replacement_applied: 已申请补换
    lost: 处于挂失状态
    """
    lost: Flag = state == CardState.TEMPORARILY_LOST or state == CardState.LOST
    return lost and not replacement_applied


@rule(name="general.electronic_card_use", title="电子社保卡可否使用", article=ARTICLE)
def electronic_card_use(state: CardState) -> ElectronicUse:
    """实体卡临时挂失的，电子社保卡服务需本人授权；正式挂失补换期间同样处理；注销后停止个人服务。

    state: 实体卡状态
    """
    if state == CardState.CANCELLED:
        return ElectronicUse.STOPPED
    if state == CardState.TEMPORARILY_LOST or state == CardState.LOST:
        return ElectronicUse.WITH_CONSENT
    return ElectronicUse.FULL


@rule(
    name="general.temporary_card_months",
    title="临时卡最长月数",
    article=ARTICLE,
    parameters={"most": "general.card.temporary_most_months"},
)
def temporary_card_months(most: Count) -> Count:
    """临时卡有效期可以延长，最长六个月。

    most: 最长月数
    """
    return most


def temporary_card_expires(issued: date, *, region: str) -> date:
    """Give the last day of a temporary card; a rest day does not move it."""
    limit = _limit("general.card.temporary_limit", on=issued, region=region)
    return due_date(issued, limit, calendar=_NO_HOLIDAYS, rolls=False).due_on


def renewal_opens(expiry: date, *, region: str) -> date:
    """Give the first day on which a card with a printed expiry may be renewed (third-generation cards have none)."""
    return latest_before(expiry, _limit("general.card.renewal_limit", on=expiry, region=region), calendar=_NO_HOLIDAYS)


def _limit(name: str, *, on: date, region: str) -> Limit:
    return Limit.parse(str(default_parameters().parameter(name, on=on, region=region).value))
