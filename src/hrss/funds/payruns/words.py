"""Words of the pay runs for people: who must act, what each check found, what to do about it.

Words only; what a check does is decided where it runs (``writing``, ``checks``, ``verifying``).
"""

from __future__ import annotations

from dataclasses import dataclass

from hrss.funds.benefits import benefits_in
from hrss.funds.codes import TITLES, Fund
from hrss.funds.payruns.checks import SENTENCES
from hrss.funds.payruns.states import State
from hrss.funds.payruns.verifying import NO_LONGER
from hrss.funds.payruns.writing import HOLDS

WAITS: dict[State, str] = {
    State.OPEN: "系统正在核算，不用人办",
    State.FROZEN: "基金财务：核对清单后签经办",
    State.MADE: "基金财务二级：核对清单后签复核",
    State.REVIEWED: "基金财务三级或者领导：签审批",
    State.APPROVED: "基金财务：送银行",
    State.FILING: "系统正在生成银行文件，不用人办",
    State.FILED: "系统正在送银行，不用人办",
    State.SENT: "等银行答复，不用人办",
    State.ANSWERED: "系统正在对账，不用人办",
    State.CLOSED: "办完了",
    State.DISCARDED: "已作废，里面的人并入下一批",
}
AT_WORK = (State.OPEN, State.FILING, State.FILED, State.ANSWERED)
_ACCOUNT = "请本人办“换发放账户”（SB012）；启用以后下一批自动发"
_REMEDIES: dict[str, str] = {
    "merged": "在保留的档案上核对待遇资格",
    "dead": "核对死亡登记，已经多发的转追回；登记有误先更正登记，下一批自动补发",
    "cooling": "冷却期防止别人冒名换账户，启用日以后下一批自动发",
    "no_account": _ACCOUNT,
    "same_account": _ACCOUNT,
    "paid_already": "不用办：这个月已经在别的批次里",
    "withheld": "查清以后，下一批自动重新核算",
    "stopped": "不用办：已经停发",
    "account": "核对新账户；启用以后下一批自动发",
    "over_limit": "稽核看核定依据和计算过程，无误再确认",
    "once_over_limit": "稽核看办件，附集体会审记录再确认",
    "jump": "稽核核对上月和本月的依据哪里变了",
    "extreme": "稽核看计算过程；依据有错就暂缓这一笔",
    "total_change": "稽核核对新增、停发和调标的人数能不能说明",
    "shared_account": "稽核核对是不是家人合用；不能说明的暂缓",
    "old_age": "提请资格认证，核实生存状态",
    "arrears": "看核定决定从哪个月起",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a finding says and what to do."""

    sentence: str
    remedy: str


def words_of(code: str, note: str = "") -> Words:
    """Give the words of a finding; ``note`` is what a person wrote where they kept a line back."""
    held = {**HOLDS, **NO_LONGER}
    sentence = SENTENCES.get(code) or (held[code][1] if code in held else note or "有人暂缓了这一笔")
    return Words(sentence, _REMEDIES.get(code, "请稽核核实"))


def title_of(group: str) -> str:
    """Give the name of a group of benefits that goes out together."""
    return TITLES[Fund(group)] if group in set(Fund) else "、".join(one.name for one in benefits_in(group)) or group
