"""Recording events. One INSERT each, in the caller's transaction; outside one it is refused.

Values that must not be in a log (id numbers, account numbers, passwords) are the caller's to leave out; ``detail``
takes codes, counts and before/after of harmless fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from hrss.foundation.scope.hot import later
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A read event that is on the log: whose data, by which actions. What it names needs no second event."""

    actor: Actor
    person_id: UUID | None
    actions: frozenset[str]

    def covers(self, actor: Actor, person_id: UUID | None, what: str) -> bool:
        """Tell whether this event names that look: the same actor with the same purpose, the same person."""
        return self.actor == actor and self.person_id == person_id and what in self.actions


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
    parts: tuple[str, ...] = (),
    under: Reading | None = None,
) -> Reading:
    """Record that ``actor`` saw a person's data. Staff need a purpose (``actor.purpose``).

    A page that shows several things of one person leaves one event: ``parts`` names them, and who reads a part gives
    the event back as ``under``; a part it does not name leaves an event of its own.
    A person looking at their own data leaves no event: 本人查看本人信息不构成他人查看.
    """
    if under is not None and under.covers(actor, person_id, what):
        return under
    reading = Reading(actor, person_id, frozenset((what, *parts)))
    if person_id is not None and person_id == actor.person:
        return reading
    if actor.kind is not ActorKind.SYSTEM and not actor.purpose:
        raise Problem(
            "access.no_purpose",
            "查看他人信息必须说明用途",
            rule="个人信息保护法第六条：处理个人信息应当具有明确、合理的目的",
            remedy="从案件进入，或先在窗口选择办理事由",
            status=403,
        )
    facts = (detail or {}) | ({"parts": parts} if parts else {})
    _insert(actor, what, "read", subject_kind, subject_id or person_id or "", person_id, region, facts)
    return reading


def listed(actor: Actor, *, what: str, persons: Iterable[UUID | None], purpose: str = "worklist") -> None:
    """Record once for a page of a list whom it showed; nothing where it named nobody.

    A work list needs no purpose chosen by hand: its own is to arrange one's work.
    """
    shown = sorted({str(person) for person in persons if person is not None})
    if shown and actor.kind is not ActorKind.SYSTEM:
        read(actor.for_purpose(purpose), person_id=None, what=what, detail={"shown": shown})


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
    later(_INSERT, row)
