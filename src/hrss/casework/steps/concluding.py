"""Concluding: the decision of a case with everything that follows from it, in one transaction.

Granted or refused with reasons; the result form checked; the domain's effect done once; documents; packages go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.casework.cases.fetching import Work, facts_of
from hrss.casework.deadlines import clocks
from hrss.casework.documents.issuing import issue_for
from hrss.casework.handlers import DecisionFacts, handler_of
from hrss.casework.intake.forms import clean
from hrss.casework.items.vocabulary import State
from hrss.casework.models import Clock, Decision, Effect
from hrss.casework.notifying import tell
from hrss.casework.packages.progress import go_on
from hrss.casework.steps.acting import act, choose_function
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem, Problems

_BLOCKING = ("pending", "broken")


def conclude(
    work: Work,
    *,
    actor: Actor,
    granted: bool | None = None,
    reasons: str = "",
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Decide a case. ``granted`` None follows the handler's or the handling post's proposal.

    Problems: ``decision.no_reasons`` (a refusal needs them), those of the result form and of the domain's check,
    ``material.open``, ``casework.effect_twice``, and everything ``act`` refuses.
    """
    function = choose_function(work, "decide", State.DECIDED, actor=actor)
    proposal = proposal_of(work, actor=actor, granted=granted, reasons=reasons, facts=facts)
    _check(work, proposal, actor=actor)
    case = work.case
    detail = {"granted": proposal.granted}
    act(work, "decide", actor=actor, to_state=State.DECIDED, function=function, note=note or reasons, detail=detail)
    now = timezone.now()
    case.result, case.decision = dict(proposal.facts), "granted" if proposal.granted else "refused"
    case.decided_at = now
    case.save(update_fields=["result", "decision", "decided_at"])
    handling = (Clock.Kind.STATUTORY, Clock.Kind.PROMISED, Clock.Kind.ACCEPTANCE)
    clocks.meet(case, handling, on=timezone.localdate(now))
    case.decision_made = Decision.objects.create(
        case=case,
        granted=proposal.granted,
        reasons=proposal.reasons,
        facts=dict(proposal.facts),
        basis=[{"title": one.title, "article": one.article} for one in work.item.basis],
        remedy=work.item.remedy,
        decided_by=actor.name,
        decided_at=now,
    )
    if proposal.granted:
        _apply_effect(work, actor=actor)
    issue_for(work, "granted" if proposal.granted else "refused", actor=actor)
    issue_for(work, "decided", actor=actor)
    tell(work, "decided", actor=actor)
    go_on(work, actor=actor)


def proposal_of(
    work: Work, *, actor: Actor, granted: bool | None, reasons: str, facts: Mapping[str, Any] | None
) -> DecisionFacts:
    """Give what would be decided: what the decider says, else what was proposed, with the handler's facts beneath."""
    earlier = _latest_proposal(work)
    suggested = handler_of(work.item.handler).decide(facts_of(work.case), actor=actor)
    yes = granted if granted is not None else bool(earlier.get("granted", suggested.granted))
    said = reasons or str(earlier.get("reasons", "")) or suggested.reasons
    if not yes:
        return DecisionFacts(False, said, {})
    entered = {**dict(earlier.get("facts", {})), **dict(facts or {})}
    return DecisionFacts(True, said, {**dict(suggested.facts), **entered})


def _latest_proposal(work: Work) -> dict[str, Any]:
    action = work.case.actions.filter(detail__has_key="proposal").order_by("-ordinal").first()
    return dict(action.detail["proposal"]) if action else {}


def _check(work: Work, proposal: DecisionFacts, *, actor: Actor) -> None:
    if not proposal.granted:
        if len(proposal.reasons.strip()) < 4:
            raise Problem(
                "decision.no_reasons",
                "不予办理必须写明理由",
                rule="行政许可法第三十八条：不予许可应当书面说明理由，并告知救济权利",
                remedy="写清楚哪一条不符合、依据是什么",
                field="reasons",
            )
        return
    problems: list[Problem] = list(_open_materials(work))
    if work.item.result.get("properties"):
        try:
            own = {name: proposal.facts[name] for name in work.item.result["properties"] if name in proposal.facts}
            clean(work.item.result, own, today=timezone.localdate())
        except Problems as wrong:
            problems += list(wrong)
    problems += list(handler_of(work.item.handler).check(facts_of(work.case), actor=actor))
    if problems:
        raise Problems(problems)


def _open_materials(work: Work) -> list[Problem]:
    rows = work.case.materials.filter(state__in=_BLOCKING)
    return [
        Problem(
            "material.open",
            f"“{row.name}”{'还在核验' if row.state == 'pending' else '的承诺不属实'}，不能准予办理",
            rule="材料核实后才能作出准予的决定",
            remedy="等核验结果，或者请申请人补交",
            field=f"material.{row.code}",
            status=409,
        )
        for row in rows
    ]


def _apply_effect(work: Work, *, actor: Actor) -> None:
    result = handler_of(work.item.handler).effect(facts_of(work.case), actor=actor)
    key = f"{work.case.item_code}:{result.key}"
    try:
        with transaction.atomic():
            Effect.objects.create(case=work.case, key=key, data=dict(result.data))
    except IntegrityError as error:
        raise Problem(
            "casework.effect_twice",
            "这件事已经办过一次，不能再办第二次",
            rule="同一事项同一对象只生效一次",
            remedy="请核对以前的办件；确需重办的，先撤销前一次",
            status=409,
        ) from error
