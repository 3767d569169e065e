"""A pay run as its page shows it: numbers, steps, files, signatures, and what this post may do now.

Words only; the verbs and the database decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrss.channels.ui.formats import moment
from hrss.foundation.access.policies import may_act
from hrss.funds.payables.queries import ANSWERS
from hrss.funds.payruns import queries
from hrss.funds.payruns.checkpoints import CHECKPOINTS
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.queries import RunPage
from hrss.funds.payruns.services.discard_run import SIGNERS
from hrss.funds.payruns.states import BEFORE_SENDING, State
from hrss.funds.payruns.words import AT_WORK, WAITS
from hrss.funds.signing.models import Step
from hrss.funds.signing.policies import may_sign
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan

STATE_KINDS: dict[str, str] = {
    State.FROZEN: "warning",
    State.MADE: "warning",
    State.REVIEWED: "warning",
    State.APPROVED: "warning",
    State.CLOSED: "ok",
    State.DISCARDED: "muted",
}
FINDING_KINDS = {"block": ("挡下不发", "danger"), "confirm": ("稽核另行确认", "warning"), "alert": ("提示", "info")}
STEPS = ("核算", "经办", "复核", "审批", "送银行", "银行答复", "对账完成")
_STEP_OF = {
    State.OPEN: 1,
    State.FROZEN: 2,
    State.MADE: 3,
    State.REVIEWED: 4,
    State.APPROVED: 5,
    State.FILING: 5,
    State.FILED: 5,
    State.SENT: 6,
    State.ANSWERED: 7,
    State.CLOSED: 8,
}
_STAGES = {
    "snapshot.begun": "正在找出应发的人",
    "snapshot.selected": "正在按规则计算金额",
    "snapshot.computed": "正在写清单",
    "snapshot.written": "正在做发放前检查",
    "snapshot.checked": "正在算清单摘要",
    "snapshot.sealed": "快好了",
    "file.begun": "正在把每笔金额重算一遍",
    "file.verified": "正在生成银行文件",
    "file.recorded": "正在记账",
    "file.posted": "快好了",
}
_SIGNS = {
    State.FROZEN: (Step.MADE, "经办签名"),
    State.MADE: (Step.REVIEWED, "复核签名"),
    State.REVIEWED: (Step.APPROVED, "审批签名"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """The one thing this post can do to a run now."""

    verb: str
    title: str
    text: str
    button: str


def step_of(state: str) -> int:
    """Give the number of the step a run stands in; 0 when it was discarded."""
    return _STEP_OF.get(State(state), 0)


def waits_for(state: str, *, doubtful: bool) -> str:
    """Say who must act; before approval an inspector too where checks want one."""
    said = WAITS[State(state)]
    return f"{said}；稽核：确认检查事项" if doubtful else said


def progress_of(run: Run) -> dict[str, Any] | None:
    """Give how far the worker is while it is at the run, None when no worker has to be."""
    if run.state not in AT_WORK:
        return None
    stage = queries.stage_of(run)
    family = [name for name in CHECKPOINTS if name in _STAGES and name.partition(".")[0] == stage.partition(".")[0]]
    return {
        "label": WAITS[State(run.state)],
        "value": family.index(stage) + 1 if stage in family else None,
        "maximum": len(family) + 1,
        "text": _STAGES.get(stage, "排队等系统来办，一般几秒钟") + "。可以离开这一页，办好了会停在下一步。",
    }


def cards_of(shown: RunPage) -> list[dict[str, Any]]:
    """Give the numbers on top: what was frozen, what was held, what arrived, what came back."""
    run = shown.run
    by_state: dict[str, tuple[int, int]] = {}
    for one in shown.sums:
        many, total = by_state.get(one.state, (0, 0))
        by_state[one.state] = (many + one.count, total + one.total)
    return [
        {"label": "清单", "value": f"{run.line_count:,}", "unit": "笔", "note": f"{yuan(run.total)} 元"},
        *(_card(label, by_state[state], kind) for state, label, kind in _CARDS if state in by_state),
    ]


_CARDS = (("paid", "已到账", ""), ("returned", "银行退回", "danger"), ("held", "暂缓", ""), ("dropped", "作废", ""))


def _card(label: str, found: tuple[int, int], kind: str) -> dict[str, Any]:
    return {"label": label, "value": f"{found[0]:,}", "unit": "笔", "note": f"{yuan(found[1])} 元", "kind": kind}


def answers_of(shown: RunPage) -> list[dict[str, str]]:
    """Give the bank's answers with how many and how much."""
    return [
        {"answer": ANSWERS.get(one.answer, one.answer), "count": f"{one.count:,}", "total": yuan(one.total)}
        for one in shown.sums
        if one.answer
    ]


def files_of(shown: RunPage) -> list[dict[str, str]]:
    """Give the files to and from the bank with their digests."""
    return [
        {
            "kind": one.get_kind_display(),
            "at": moment(one.at),
            "count": f"{one.line_count:,}",
            "total": yuan(one.total),
            "digest": one.digest,
        }
        for one in shown.files
    ]


def signatures_of(shown: RunPage) -> list[tuple[str, str]]:
    """Give the three steps with name and time, a dash where nobody has signed."""
    done = {one.step: f"{one.name}　{moment(one.at)}" for one in shown.signatures}
    return [(str(step.label), done.get(step, "")) for step in Step]


def offer_of(shown: RunPage, actor: Actor) -> Offer | None:
    """Give the one step this actor can take now."""
    state = State(shown.run.state)
    if state in _SIGNS:
        step, title = _SIGNS[state]
        if may_sign(actor, step) and not _has_signed(shown, actor) and not _is_stopped(shown, step):
            return Offer(f"sign-{step.value}", title, "核对过清单、金额和检查事项以后再签。", title)
        if shown.unconfirmed and may_act(actor, Function.INSPECTOR) and not _has_signed(shown, actor):
            return Offer("confirm", "确认检查事项", f"{shown.unconfirmed} 项要由三个签名人以外的稽核核实。", "确认")
    if state is State.APPROVED and may_act(actor, Function.FINANCE):
        return Offer("send", "送银行", "系统把每笔重算一遍，生成文件、记账、签名送银行，不经人手。", "送银行")
    return None


def told_of(shown: RunPage, actor: Actor) -> str:
    """Say why this actor cannot take the next step although the post could, empty where there is nothing to say."""
    state = State(shown.run.state)
    if state not in _SIGNS or not may_sign(actor, _SIGNS[state][0]):
        return ""
    if _has_signed(shown, actor):
        return "您已经签过这一批，下一步要由另一位同事签。"
    return "检查事项还没有由稽核确认，确认以后才能审批。" if _is_stopped(shown, _SIGNS[state][0]) else ""


def may_discard(shown: RunPage, actor: Actor) -> bool:
    """Tell whether this actor can give the run up now."""
    return may_act(actor, *SIGNERS) and shown.run.state in (State.OPEN, *BEFORE_SENDING)


def _has_signed(shown: RunPage, actor: Actor) -> bool:
    return any(one.person == actor.person for one in shown.signatures)


def _is_stopped(shown: RunPage, step: Step) -> bool:
    return step is Step.APPROVED and shown.unconfirmed > 0
