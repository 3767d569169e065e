"""Sealing: every minute the committed events get their place, their hash, and a signed head over all of them.

Work is in proportion to what is new. One sealer at a time (advisory lock). It refuses to build on a log that was
altered, shortened or forked: then no head comes, and after fifteen minutes money steps stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hrss.foundation.audit.canonical import canonical, parse
from hrss.foundation.audit.heads import NO_HEAD, Head, SignedHead
from hrss.foundation.audit.merkle import Frontier, Subtree, leaf_hash
from hrss.foundation.audit.record import record
from hrss.foundation.audit.sealed import Leaf, TreeHead
from hrss.foundation.audit.signer import Signer, signer_in_use
from hrss.foundation.audit.witness import check_against_witness, show_to_witness
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.problem import Problem

LOCK = 0x6872737361756474  # "hrssaudt"
BATCH = 20_000
HEARTBEAT_SECONDS = 300
LIMIT_MINUTES = 15

_TAKE = (
    "DELETE FROM audit_waiting WHERE event_id IN (SELECT event_id FROM audit_waiting ORDER BY event_id LIMIT %s)"
    " RETURNING event_id"
)
_BODIES = "SELECT id, body::text FROM audit_event_json WHERE id = ANY(%s) ORDER BY id"
_PUT_LEAVES = (
    "INSERT INTO audit_leaf (seq, event_id, hash) SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
)
_PUT_TILES = (
    'INSERT INTO audit_tile (level, "index", hash) SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])'
)
_CURRENT = """
SELECT coalesce((SELECT at FROM audit_treehead ORDER BY number DESC LIMIT 1) >= clock_timestamp() - span.limit, false)
   AND NOT EXISTS (SELECT FROM audit_waiting WHERE since < clock_timestamp() - span.limit)
FROM (SELECT make_interval(mins => %s) AS "limit") span
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one round did: events sealed, and the head (None when another sealer was at work or nothing was due)."""

    events: int
    head: SignedHead | None


def seal(*, batch: int = BATCH, rounds: int = 50) -> Sealed:
    """Seal what is waiting, ``batch`` events to a head, until nothing waits.

    Raises Problem ``audit.broken`` when the stored log does not agree with its last head or with the witness.
    """
    events, head = 0, None
    for _ in range(rounds):
        done = seal_once(batch=batch)
        events += done.events
        head = done.head or head
        if done.events < batch:
            break
    return Sealed(events, head)


def seal_once(*, batch: int = BATCH) -> Sealed:
    """Seal one batch in one transaction."""
    actor = system_actor("audit.seal")
    with acting(actor):
        if not _alone():
            return Sealed(0, None)
        last = TreeHead.objects.order_by("-number").first()
        frontier = _frontier_of(last)
        events = _append_waiting(frontier, batch, actor)
        now = _database_time()
        if events == 0 and last is not None and (now - last.at).total_seconds() < HEARTBEAT_SECONDS:
            return Sealed(0, None)
        return Sealed(events, _sign(last, frontier, now, signer_in_use()))


def sealing_is_current(*, minutes: int = LIMIT_MINUTES) -> bool:
    """Tell whether a head was signed within ``minutes`` and no event has waited longer; by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [minutes])
        return bool(cursor.fetchone()[0])


def require_current_sealing(*, minutes: int = LIMIT_MINUTES) -> None:
    """Stop a money step while the log is not being sealed. Raises Problem ``audit.not_sealed`` (503)."""
    if not sealing_is_current(minutes=minutes):
        raise Problem(
            "audit.not_sealed",
            f"审计日志已超过 {minutes} 分钟没有封存签名，资金操作暂停",
            rule="GB/T 22239-2019 8.1.4.3：审计进程不得中断",
            remedy="请系统管理员检查后台任务和签名密钥，恢复后再办",
            status=503,
        )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _frontier_of(last: TreeHead | None) -> Frontier:
    """Give the edge to build on, after checking that it is the edge the last head was signed over."""
    stored = Leaf.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    check_against_witness(last.signed() if last else None)
    if last is None:
        if stored:
            raise _broken(f"已有 {stored} 条封存记录，却没有任何树头")
        return Frontier()
    if stored != last.size:
        raise _broken(f"封存记录有 {stored} 条，最后一个树头记载 {last.size} 条")
    try:
        frontier = Frontier.from_bytes(last.size, bytes(last.peaks))
    except ValueError as error:
        raise _broken("最后一个树头的边缘摘要已损坏") from error
    if frontier.size and frontier.root() != bytes(last.root):
        raise _broken("最后一个树头的根与边缘摘要不符")
    return frontier


def _append_waiting(frontier: Frontier, batch: int, actor: Actor) -> int:
    """Take what waits, put it on the tree; gives the number of events."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [batch])
        taken = sorted(row[0] for row in cursor.fetchall())
        if not taken:
            return 0
        cursor.execute(_BODIES, [taken])
        bodies: list[tuple[int, str]] = cursor.fetchall()
    _tell_of_missing(taken, bodies, actor)
    _put(frontier, bodies)
    return len(bodies)


def _tell_of_missing(taken: Sequence[int], bodies: Sequence[tuple[int, str]], actor: Actor) -> None:
    """An event that was waiting and is gone was deleted by force; say so in the log itself."""
    missing = sorted(set(taken) - {event_id for event_id, _ in bodies})
    if missing:
        record(actor, "audit.event_missing", subject_kind="audit", detail={"events": missing[:1000]})


def _put(frontier: Frontier, bodies: Sequence[tuple[int, str]]) -> None:
    first = frontier.size + 1
    leaves = [leaf_hash(canonical(parse(body))) for _, body in bodies]
    tiles: list[Subtree] = []
    for leaf in leaves:
        tiles.extend(frontier.append(leaf))
    columns: list[Any] = [list(range(first, first + len(leaves))), [event_id for event_id, _ in bodies], leaves]
    with connection.cursor() as cursor:
        cursor.execute(_PUT_LEAVES, columns)
        if tiles:
            cursor.execute(_PUT_TILES, [[t.level for t in tiles], [t.index for t in tiles], [t.hash for t in tiles]])


def _sign(last: TreeHead | None, frontier: Frontier, now: datetime, signer: Signer) -> SignedHead:
    head = Head(
        number=last.number + 1 if last else 1,
        at=max(now, last.at) if last else now,
        size=frontier.size,
        root=frontier.root(),
        previous=last.signed().digest() if last else NO_HEAD,
        key=signer.key,
        algorithm=signer.algorithm,
    )
    signed = SignedHead(head, signer.sign(head.signed_bytes()))
    TreeHead.objects.create(
        number=head.number,
        at=head.at,
        size=head.size,
        root=head.root,
        previous=head.previous,
        key=head.key,
        algorithm=head.algorithm,
        signature=signed.signature,
        peaks=frontier.to_bytes(),
    )
    transaction.on_commit(lambda: show_to_witness(signed))
    return signed


def _broken(what: str) -> Problem:
    return Problem(
        "audit.broken",
        f"审计日志被改动，停止封存：{what}",
        rule="GB/T 22239-2019 8.1.4.3：审计记录应受保护",
        remedy="请审计管理员导出日志，用 tools/verify_audit.py 定位被改动的记录",
        status=503,
    )
