"""Recording events. One INSERT each, in the caller's transaction; outside one it is refused.

Values that must not be in a log (id numbers, account numbers, passwords) are the caller's to leave out; ``detail``
takes codes, counts and before/after of harmless fields.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

_COLUMNS = (
    "actor_account, actor_person, actor_name, actor_kind, post_function, organisation, channel, action, outcome,"
    " purpose, subject_kind, subject_id, person_id, region_code, detail, request_id"
)
_INSERT = (
    f"INSERT INTO audit_event ({_COLUMNS}) VALUES ("  # noqa: S608 - a constant list of columns, no outside text
    + ", ".join(f"%({column.strip()})s" for column in _COLUMNS.split(","))
    + ")"
)

_WRITTEN: ContextVar[int] = ContextVar("hrss_audit_written", default=0)


def events_written() -> int:
    """Count of ``done`` events this context has written; ``verbs`` compares before and after."""
    return _WRITTEN.get()


def record(
    actor: Actor,
    action: str,
    *,
    subject_kind: str = "",
    subject_id: object = "",
    person_id: UUID | None = None,
    region: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that ``actor`` did ``action``."""
    _insert(actor, action, "done", subject_kind, subject_id, person_id, region, detail)
    _WRITTEN.set(_WRITTEN.get() + 1)


def read(
    actor: Actor,
    *,
    person_id: UUID | None,
    what: str,
    subject_kind: str = "person",
    subject_id: object = "",
    region: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that ``actor`` saw a person's data. Staff need a purpose (``actor.purpose``).

    A person looking at their own data leaves no event: 本人查看本人信息不构成他人查看.
    """
    if person_id is not None and person_id == actor.person:
        return
    if actor.kind is not ActorKind.SYSTEM and not actor.purpose:
        raise Problem(
            "access.no_purpose",
            "查看他人信息必须说明用途",
            rule="个人信息保护法第六条：处理个人信息应当具有明确、合理的目的",
            remedy="从案件进入，或先在窗口选择办理事由",
            status=403,
        )
    _insert(actor, what, "read", subject_kind, subject_id or person_id or "", person_id, region, detail)


def refused(
    actor: Actor,
    action: str,
    *,
    reason: str,
    subject_kind: str = "",
    subject_id: object = "",
    person_id: UUID | None = None,
    region: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that ``actor`` tried ``action`` and was refused: in a transaction of its own, after the rollback."""
    facts = {"reason": reason} | (detail or {})
    _insert(actor, action, "refused", subject_kind, subject_id, person_id, region, facts)


def _insert(
    actor: Actor,
    action: str,
    outcome: str,
    subject_kind: str,
    subject_id: object,
    person_id: UUID | None,
    region: str,
    detail: dict[str, Any] | None,
) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"audit event {action!r} outside a transaction: open acting(actor) first")
    post = actor.posts[0] if actor.posts else None
    row = {
        "actor_account": actor.account,
        "actor_person": actor.person,
        "actor_name": actor.name,
        "actor_kind": actor.kind.value,
        "post_function": post.function.value if post else "",
        "organisation": post.organisation if post else "",
        "channel": actor.channel,
        "action": action,
        "outcome": outcome,
        "purpose": actor.purpose,
        "subject_kind": subject_kind,
        "subject_id": str(subject_id),
        "person_id": person_id,
        "region_code": region or (post.region if post else ""),
        "detail": orjson.dumps(detail or {}, default=str).decode(),
        "request_id": actor.request_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
