"""May this actor ask this question about these subjects for this purpose? Decided from the catalogue entry alone.

Whether the actor may see the subjects at all is decided by the database (``subjects``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from hrss.exchange.catalogue.question import CONSUMERS, PURPOSES, Question, Subject
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

_CASE_NUMBER = re.compile(r"(?:case:)?(\d{6}[0-9A-Z]\d{14}[0-9X])")
_ALL_LINES = "*"
DELEGATE = "delegate"
_MINIMUM = "个人信息保护法第六条：处理个人信息应当具有明确、合理的目的，并与目的直接相关"


def purpose_kind(purpose: str) -> str:
    """Give the purpose code: a case number (alone or behind ``case:``) means ``case``, else its own code."""
    return "case" if _CASE_NUMBER.fullmatch(purpose) else purpose


def purpose_in_words(purpose: str) -> str:
    """Give the purpose in words for the person concerned."""
    case = _CASE_NUMBER.fullmatch(purpose)
    if purpose == DELEGATE:
        return "受托代办"
    return f"{PURPOSES['case']} {case[1]}" if case else PURPOSES.get(purpose, purpose)


def stated(actor: Actor, *, case_id: UUID | None) -> Actor:
    """Give the actor with a purpose where it is implied: a case, or one's own affairs."""
    if actor.purpose:
        return actor
    if case_id is not None:
        return actor.for_purpose("case")
    return actor.for_purpose("self") if actor.kind is ActorKind.PUBLIC else actor


def check_may_ask(question: Question, subject_ids: Iterable[UUID], *, actor: Actor) -> None:
    """Raise the Problem that says why the actor may not ask; pass silently when it may."""
    if not actor.purpose:
        raise _refusal("no_purpose", "查询他人信息必须说明用途", remedy="从办理的事项进入，或先选择办理事由")
    if _in_whose_name(actor) not in question.purposes or not _is_honest(actor):
        allowed = "、".join(PURPOSES[purpose] for purpose in sorted(question.purposes))
        message = f"不能为“{purpose_in_words(actor.purpose)}”查询{question.title}"
        raise _refusal("purpose", message, remedy=f"这一项只能用于：{allowed}")
    if not _may_ask(question, subject_ids, actor):
        raise _refusal("who", f"您的岗位不能查询{question.title}", remedy="请有权限的岗位查询，或由本人授权")


def _in_whose_name(actor: Actor) -> str:
    """Give the purpose that must be allowed: who acts for somebody (受托) may ask what that one may ask for oneself."""
    kind = purpose_kind(actor.purpose)
    return "self" if kind == DELEGATE and actor.kind is ActorKind.PUBLIC else kind


def _is_honest(actor: Actor) -> bool:
    """``self`` is for people at their own affairs; nobody else may claim it."""
    return actor.purpose != "self" or actor.kind is ActorKind.PUBLIC


def _may_ask(question: Question, subject_ids: Iterable[UUID], actor: Actor) -> bool:
    if actor.kind is ActorKind.PUBLIC:
        return question.asked_by.public and all(_is_own(question, subject, actor) for subject in subject_ids)
    if actor.kind is ActorKind.STAFF:
        return any(
            post.function in question.asked_by.staff and (post.line == _ALL_LINES or post.line in question.consumers)
            for post in actor.posts
        )
    if actor.kind is ActorKind.PARTNER:
        return question.asked_by.partner and f"ask:{question.name}" in actor.scopes
    return question.asked_by.system and _consumer_of(actor) in question.consumers


def _is_own(question: Question, subject_id: UUID, actor: Actor) -> bool:
    if question.subject is Subject.ORGANISATION:
        return subject_id == actor.acting_for_organisation
    return question.subject is Subject.PERSON and subject_id == actor.subject_person


def _consumer_of(actor: Actor) -> str:
    """Give the part an automatic step belongs to: ``insurance.qualification`` is one of ``insurance``."""
    part = actor.name.partition(".")[0]
    return part if part in CONSUMERS else ""


def _refusal(kind: str, message: str, *, remedy: str) -> Problem:
    return Problem(f"exchange.{kind}", message, rule=_MINIMUM, remedy=remedy, status=403)
