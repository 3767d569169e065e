"""Acting: the one way a case moves. An action row is inserted; the database checks it and moves the case.

What the database refuses becomes a Problem that says which rule refused it.
"""

from __future__ import annotations

from typing import Any

from hrss.casework.cases.fetching import Work
from hrss.casework.items.vocabulary import STATE_NAMES, VERB_NAMES
from hrss.casework.models import Action
from hrss.casework.steps.permissions import functions_for
from hrss.foundation.audit import record
from hrss.foundation.refusals import told
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

_REFUSALS: dict[str, Problem] = {
    "casework_two_posts": Problem(
        "casework.two_posts",
        "您在这个办件里已经担任另一个岗位，不能再办这一步",
        rule="社会保险经办条例第三十七条：经办、复核、审批由不同的人担任",
        remedy="请另一位同事办理这一步",
        status=403,
    ),
    "casework_conflict": Problem(
        "casework.conflict",
        "不能办理自己、家人或者有利害关系的人的事",
        rule="回避制度",
        remedy="请退回待办，由其他同事办理",
        status=403,
    ),
    "casework_undeclared_transition": Problem(
        "casework.undeclared_transition",
        "办件已经不在这一步，不能这样办",
        rule="办理步骤以事项定义为准",
        remedy="请刷新页面，看看办件现在到了哪一步",
        status=409,
    ),
    "casework_no_person": Problem(
        "casework.no_person", "您的账号没有对应的自然人，不能办理", remedy="请联系系统管理员核对账号", status=403
    ),
    "casework_wrong_kind": Problem(
        "casework.wrong_kind", "这一步不能由您的账号类别办理", remedy="请换用相应账号", status=403
    ),
    "casework_not_found": Problem(
        "casework.not_found",
        "没有这个办件，或者不在您的办理范围",
        remedy="请核对编号，或者从“待办”“我的办件”进入",
        status=404,
    ),
}


def act(
    work: Work,
    verb: str,
    *,
    actor: Actor,
    to_state: str | None = None,
    function: str = "",
    note: str = "",
    detail: dict[str, Any] | None = None,
    audited: bool = True,
    leaves: bool = False,
) -> Action:
    """Do ``verb`` on a locked case: check, insert the action, let the database move the case, record the event.

    ``to_state`` None keeps the state; ``leaves``: the case leaves the actor's region and cannot be read again.
    Problems: ``casework.not_allowed``, ``casework.two_posts``, ``casework.conflict`` (403),
    ``casework.undeclared_transition`` (409).
    """
    case = work.case
    target = to_state or case.state
    chosen = function or choose_function(work, verb, target, actor=actor)
    action = Action(
        case=case,
        verb=verb,
        to_state=target,
        function=chosen,
        actor_kind=actor.kind.value,
        actor_account=actor.account,
        actor_person_id=actor.person,
        actor_name=actor.name,
        channel=actor.channel,
        note=note,
        detail=detail or {},
    )
    with told(_REFUSALS):
        action.save(force_insert=True)
    before = case.state
    if not leaves:
        case.refresh_from_db()
    if audited:
        leave_event(work, verb, actor=actor, detail={"from": before, "to": target, "function": chosen})
    return action


def choose_function(work: Work, verb: str, to_state: str, *, actor: Actor) -> str:
    """Give the function in which the actor does ``verb``; Problem ``casework.not_allowed`` where there is none."""
    functions = functions_for(work.item, work.standing, verb=verb, to_state=to_state, actor=actor)
    if not functions:
        raise not_allowed(verb, work.case.state)
    return functions[0]


def not_allowed(verb: str, state: str) -> Problem:
    """Make the problem of somebody who may not do this now."""
    return Problem(
        "casework.not_allowed",
        f"您现在不能对这个办件“{VERB_NAMES.get(verb, verb)}”（办件状态：{STATE_NAMES.get(state, state)}）",
        rule="岗位、区域、条线和办件状态都符合才能办理",
        remedy="请核对办件状态，或者请有权限的同事办理",
        status=403,
        verb=verb,
        state=state,
    )


def leave_event(work: Work, verb: str, *, actor: Actor, detail: dict[str, Any]) -> None:
    """Record an event about a case on the log."""
    case = work.case
    record(
        actor,
        f"casework.{verb}",
        subject_kind="case",
        subject_id=case.id,
        person_id=case.applicant_person_id,
        region=case.region_code,
        detail={"number": case.number, "item": case.item_code, **detail},
    )
