"""The words of casework: states, verbs, posts, grades and who may be waited for.

The same words are used by definitions, by the Transition table and by the trigger in the database.
"""

from __future__ import annotations

from enum import StrEnum

from hrss.kernel.actor import Function

APPLICANT = "applicant"
SYSTEM = "system"

FUNCTIONS: frozenset[str] = frozenset({APPLICANT, SYSTEM, *(function.value for function in Function)})
INTAKE_FUNCTIONS: tuple[str, ...] = (APPLICANT, Function.COUNTER.value, Function.VILLAGE_AGENT.value)


class State(StrEnum):
    """Where a case is: an open state waits for somebody, a final one for nobody."""

    SUBMITTED = "submitted"  # 已提交，待受理
    CORRECTING = "correcting"  # 待补正
    ACCEPTED = "accepted"  # 已受理，办理中
    REVIEWING = "reviewing"  # 待复核
    AUDITING = "auditing"  # 待稽核
    MEETING = "meeting"  # 待会审
    APPROVING = "approving"  # 待审批
    EXECUTING = "executing"  # 待执行
    SUSPENDED = "suspended"  # 中止
    DECIDED = "decided"  # 已作出决定
    DELIVERED = "delivered"  # 已送达
    ARCHIVED = "archived"  # 已归档
    REJECTED = "rejected"  # 不予受理
    WITHDRAWN = "withdrawn"  # 已撤回
    TERMINATED = "terminated"  # 已终止
    TRANSFERRED = "transferred"  # 已转出


STATE_NAMES: dict[str, str] = {
    State.SUBMITTED: "待受理",
    State.CORRECTING: "待补正",
    State.ACCEPTED: "办理中",
    State.REVIEWING: "待复核",
    State.AUDITING: "待稽核",
    State.MEETING: "待会审",
    State.APPROVING: "待审批",
    State.EXECUTING: "待执行",
    State.SUSPENDED: "中止",
    State.DECIDED: "已办结",
    State.DELIVERED: "已送达",
    State.ARCHIVED: "已归档",
    State.REJECTED: "不予受理",
    State.WITHDRAWN: "已撤回",
    State.TERMINATED: "已终止",
    State.TRANSFERRED: "已转出",
}

EXITS: frozenset[str] = frozenset({State.REJECTED, State.WITHDRAWN, State.TERMINATED, State.TRANSFERRED})
FINAL: frozenset[str] = frozenset({State.ARCHIVED}) | EXITS
SETTLED: frozenset[str] = FINAL | {State.DECIDED, State.DELIVERED}


class Post(StrEnum):
    """The posts of one case that one natural person may not combine (经办条例 第三十七条)."""

    HANDLE = "handle"  # 经办
    REVIEW = "review"  # 复核
    AUDIT = "audit"  # 稽核
    MEETING = "meeting"  # 会审
    APPROVE = "approve"  # 审批
    EXECUTE = "execute"  # 执行


class Grade(StrEnum):
    """How many posts an item needs (facts/trust.md §3.2)."""

    G0 = "G0"  # 信息类，一人
    G1 = "G1"  # 一般：受理、复核
    G2 = "G2"  # 涉及资金：经办、复核、审批
    G3 = "G3"  # 高风险：另加稽核、集体会审
    G4 = "G4"  # 参数、权限、数据修复：申请、内控、领导、他人执行


STEP_STATES: dict[str, State] = {
    "accept": State.SUBMITTED,
    "handle": State.ACCEPTED,
    "review": State.REVIEWING,
    "audit": State.AUDITING,
    "meeting": State.MEETING,
    "approve": State.APPROVING,
    "execute": State.EXECUTING,
}
STEP_POSTS: dict[str, Post] = {
    "accept": Post.HANDLE,
    "handle": Post.HANDLE,
    "review": Post.REVIEW,
    "audit": Post.AUDIT,
    "meeting": Post.MEETING,
    "approve": Post.APPROVE,
    "execute": Post.EXECUTE,
}
STEP_ORDER: tuple[str, ...] = tuple(STEP_STATES)

GRADE_STEPS: dict[Grade, frozenset[str]] = {
    Grade.G0: frozenset({"accept"}),
    Grade.G1: frozenset({"accept", "review"}),
    Grade.G2: frozenset({"accept", "review", "approve"}),
    Grade.G3: frozenset({"accept", "review", "audit", "meeting", "approve"}),
    Grade.G4: frozenset({"accept", "audit", "approve", "execute"}),
}
OPTIONAL_STEPS: frozenset[str] = frozenset({"handle"})

VERB_NAMES: dict[str, str] = {
    "submit": "提交申请",
    "claim": "领办",
    "release": "退回待办",
    "accept": "受理",
    "deem_accepted": "逾期未告知视为受理",
    "notify_correction": "一次性告知补正",
    "correct": "补正",
    "refuse_acceptance": "不予受理",
    "handle": "提出办理意见",
    "review": "复核通过",
    "audit": "稽核通过",
    "meeting": "会审通过",
    "approve": "审批通过",
    "execute": "执行",
    "decide": "作出决定",
    "return": "退回",
    "suspend": "中止",
    "resume": "恢复办理",
    "extend": "延长期限",
    "transfer": "转办",
    "ask_opinion": "征求意见",
    "give_opinion": "回复意见",
    "supply": "补交容缺材料",
    "verify_promise": "核验承诺",
    "withdraw": "撤回申请",
    "terminate": "终止办理",
    "deliver": "送达",
    "archive": "归档",
    "rate": "评价",
    "answer_rating": "整改回复",
    "fast_forward": "改用新版事项",
}
LINES: dict[str, str] = {
    "employment": "就业创业",
    "insurance": "社会保险",
    "talent": "人才人事",
    "labour": "劳动关系",
    "card": "社会保障卡",
    "general": "综合服务",
}
LEVELS: dict[str, int] = {"village": 12, "township": 9, "county": 6}
