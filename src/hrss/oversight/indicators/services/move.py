"""Review, release, return: a statement goes one step, by a person who did not take the step before."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.outbox import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.models import Statement
from hrss.oversight.indicators.policies import RELEASERS, REVIEWERS

_RULE = "统计数据会审：制表、复核、发布分由不同的人办理（规划第八章第四节）"


@verb("indicators.review")
def review(statement_id: UUID, *, actor: Actor, opinion: str = "") -> Outcome:
    """Confirm a draft. Findings that did not pass need an ``opinion``. Problems ``indicators.state|opinion``."""
    require(actor, *REVIEWERS, doing="复核统计数据")
    statement = _open(statement_id, Statement.State.DRAFT)
    said = opinion.strip()
    if any(not one["passed"] for one in statement.checks) and not said:
        raise Problem(
            "indicators.opinion", "有核对没有通过，复核要写明意见", rule=_RULE, remedy="说明原因和处理", field="opinion"
        )
    statement.reviewed_by, statement.reviewed_name = actor.person, actor.name
    statement.reviewed_at, statement.opinion = timezone.now(), said
    return _moved(statement, Statement.State.REVIEWED, actor, "indicators.review")


@verb("indicators.release")
def release(statement_id: UUID, *, actor: Actor) -> Outcome:
    """Release a reviewed figure; from then on it never changes. Problem ``indicators.state``, ``indicators.same``."""
    require(actor, *RELEASERS, doing="发布统计数据")
    statement = _open(statement_id, Statement.State.REVIEWED)
    statement.released_by, statement.released_name = actor.person, actor.name
    statement.released_at = timezone.now()
    outcome = _moved(statement, Statement.State.RELEASED, actor, "indicators.release")
    announce("indicators.released", {"statistic": statement.statistic, "month": statement.month}, actor=actor)
    return outcome


@verb("indicators.send_back")
def send_back(statement_id: UUID, *, actor: Actor, opinion: str) -> Outcome:
    """Return a statement to be taken again. Problems ``indicators.state``, ``indicators.opinion``."""
    require(actor, *REVIEWERS, *RELEASERS, doing="退回统计数据")
    statement = _open(statement_id, Statement.State.DRAFT, Statement.State.REVIEWED)
    if not opinion.strip():
        raise Problem("indicators.opinion", "退回要写明原因", rule=_RULE, remedy="填写原因", field="opinion")
    statement.opinion = opinion.strip()
    return _moved(statement, Statement.State.RETURNED, actor, "indicators.send_back")


def _open(statement_id: UUID, *states: Statement.State) -> Statement:
    statement = Statement.objects.select_for_update().filter(id=statement_id).first()
    if statement is None:
        raise Problem("indicators.no_statement", "没有这份会审", remedy="请从会审列表进入", status=404)
    if statement.state not in states:
        raise Problem(
            "indicators.state",
            f"这份数据{statement.get_state_display()}，不能这样办",
            rule=_RULE,
            remedy="已发布的数据要改，请重新取数并提交更正",
            status=409,
        )
    return statement


def _moved(statement: Statement, state: Statement.State, actor: Actor, action: str) -> Outcome:
    statement.state = state
    try:
        with transaction.atomic():
            statement.save()
    except IntegrityError as error:
        raise Problem(
            "indicators.same", "这一步要由另一个人办理", rule=_RULE, remedy="请交给没有经手的同事", status=409
        ) from error
    detail = {"statistic": statement.statistic, "month": statement.month, "state": state.value}
    audit.record(actor, action, subject_kind="statement", subject_id=statement.id, detail=detail)
    return Outcome("statement", str(statement.id), statement.month, detail)
