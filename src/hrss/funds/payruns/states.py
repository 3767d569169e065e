"""States of a pay run and the declared transitions; the database holds the same table and refuses every other."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """Where a run stands."""

    OPEN = "open", "正在核算"
    FROZEN = "frozen", "待经办签名"
    MADE = "made", "待复核"
    REVIEWED = "reviewed", "待审批"
    APPROVED = "approved", "待送银行"
    FILING = "filing", "正在生成银行文件"
    FILED = "filed", "正在送银行"
    SENT = "sent", "待银行答复"
    ANSWERED = "answered", "正在对账"
    CLOSED = "closed", "已完成"
    DISCARDED = "discarded", "已作废"


TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.FROZEN, State.DISCARDED),
    State.FROZEN: (State.MADE, State.DISCARDED),
    State.MADE: (State.REVIEWED, State.DISCARDED),
    State.REVIEWED: (State.APPROVED, State.DISCARDED),
    State.APPROVED: (State.FILING, State.DISCARDED),
    State.FILING: (State.FILED, State.DISCARDED),
    State.FILED: (State.SENT,),
    State.SENT: (State.ANSWERED,),
    State.ANSWERED: (State.CLOSED,),
}
ENDED = (State.CLOSED, State.DISCARDED)
BEFORE_SENDING = (State.FROZEN, State.MADE, State.REVIEWED, State.APPROVED, State.FILING)
