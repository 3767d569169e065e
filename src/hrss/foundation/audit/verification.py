"""Verification from inside: every event, leaf, tile and head against each other; says what is wrong and where.

It reads the whole log in order and keeps only the tree's edge in memory. It is a second implementation beside
``tools/verify_audit.py``, which outsiders run on an export without trusting this program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from hrss.foundation.audit.canonical import canonical, parse
from hrss.foundation.audit.heads import NO_HEAD, SignedHead
from hrss.foundation.audit.merkle import Frontier, Subtree, leaf_hash
from hrss.foundation.audit.sealed import TreeHead
from hrss.foundation.audit.sealing import LIMIT_MINUTES
from hrss.foundation.audit.signer import signer_in_use
from hrss.foundation.audit.witness import check_against_witness
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

CHUNK = 5_000
LONGEST_TRANSACTION = timedelta(hours=1)

_LEAVES = """
SELECT leaf.seq, leaf.event_id, leaf.hash, event.at, event.body::text
FROM audit_leaf leaf LEFT JOIN audit_event_json event ON event.id = leaf.event_id
WHERE leaf.seq > %s ORDER BY leaf.seq LIMIT %s
"""
_HIDDEN = """
SELECT event.id FROM audit_event event
WHERE NOT EXISTS (SELECT FROM audit_leaf leaf WHERE leaf.event_id = event.id)
  AND NOT EXISTS (SELECT FROM audit_waiting waiting WHERE waiting.event_id = event.id) ORDER BY event.id LIMIT 100
"""
_LATE = "SELECT event_id FROM audit_waiting WHERE since < clock_timestamp() - make_interval(mins => %s) LIMIT 100"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree: its kind, the events from ``first`` to ``last`` (0 for heads), and words."""

    kind: str
    first: int
    last: int
    text: str


@dataclass(slots=True)
class Report:
    """What was looked at and what was found."""

    events: int = 0
    heads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings

    def add(self, kind: str, first: int, last: int, text: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(kind, first, last, text))


@dataclass(frozen=True, slots=True)
class _Row:
    seq: int
    event_id: int
    hash: bytes
    at: datetime | None
    body: str | None


class _Walk:
    """The tree rebuilt from stored leaves; after the first difference later heads tell nothing new."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._frontier = Frontier()
        self._whole = True
        self._vouched = 0

    def append(self, row: _Row) -> None:
        """Put the next leaf on the tree, or note that some are missing before it."""
        if row.seq != self._frontier.size + 1 and self._whole:
            self._report.add("deleted", self._frontier.size + 1, row.seq - 1, "封存记录缺失")
            self._whole = False
        if self._whole:
            _check_tiles(self._frontier.append(row.hash), self._report)

    def reach(self, signed: SignedHead) -> None:
        """Compare a head with the tree so far."""
        head = signed.head
        if not self._whole:
            return
        if self._frontier.size < head.size:
            text = f"第 {head.number} 号树头记载的封存记录缺失"
            self._report.add("truncated", self._frontier.size + 1, head.size, text)
            self._whole = False
        elif self._frontier.root() != head.root:
            text = f"第 {head.number} 号树头的根与封存记录不符"
            self._report.add("altered", self._vouched + 1, head.size, text)
            self._whole = False
        else:
            self._vouched = head.size


def verify() -> Report:
    """Check the whole log. About 30 s for a million events."""
    with acting(system_actor("audit.verify")):
        report = Report()
        last = _check_leaves(_heads(report), report)
        _check_witness(last, report)
        _check_unsealed(report)
        return report


def _heads(report: Report) -> Iterator[SignedHead]:
    """Give the heads in order, checking number, chain, course and signature of each as it goes by."""
    signer = signer_in_use()
    before: SignedHead | None = None
    for signed in _stored_heads():
        head = signed.head
        if not signer.is_valid(signed.signature, head.signed_bytes(), key=head.key):
            report.add("head", 0, 0, f"第 {head.number} 号树头签名不对")
        if head.number != (before.head.number + 1 if before else 1):
            report.add("head", 0, 0, f"第 {head.number} 号树头之前缺号")
        elif head.previous != (before.digest() if before else NO_HEAD):
            report.add("head", 0, 0, f"第 {head.number} 号树头没有接在前一个之后")
        if before and (head.at < before.head.at or head.size < before.head.size):
            report.add("head", 0, 0, f"第 {head.number} 号树头时间或条数倒退")
        report.heads += 1
        before = signed
        yield signed


def _stored_heads() -> Iterator[SignedHead]:
    reached = 0
    while rows := list(TreeHead.objects.filter(number__gt=reached).order_by("number")[:CHUNK]):
        yield from (row.signed() for row in rows)
        reached = rows[-1].number


def _check_witness(last: SignedHead | None, report: Report) -> None:
    try:
        check_against_witness(last)
    except Problem as problem:
        report.add("forked", 0, 0, problem.message)


def _check_leaves(heads: Iterator[SignedHead], report: Report) -> SignedHead | None:
    """Go through leaves and heads side by side; gives the last head."""
    walk, passed = _Walk(report), None
    head = next(heads, None)
    for row in _rows():
        while head is not None and head.head.size < row.seq:
            walk.reach(head)
            passed, head = head, next(heads, None)
        _check_row(row, passed, report)
        walk.append(row)
        report.events += 1
        if head is None:
            report.add("inserted", row.seq, row.seq, "多出没有树头覆盖的封存记录")
    while head is not None:
        walk.reach(head)
        passed, head = head, next(heads, None)
    return passed


def _rows() -> Iterator[_Row]:
    reached = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_LEAVES, [reached, CHUNK])
            rows = [_Row(seq, event, bytes(digest), at, body) for seq, event, digest, at, body in cursor.fetchall()]
        if not rows:
            return
        yield from rows
        reached = rows[-1].seq


def _check_row(row: _Row, sealed_before: SignedHead | None, report: Report) -> None:
    if row.body is None or row.at is None:
        report.add("deleted", row.seq, row.seq, f"事件 {row.event_id} 被删除")
    elif leaf_hash(canonical(parse(row.body))) != row.hash:
        report.add("altered", row.seq, row.seq, f"事件 {row.event_id} 与封存时不同")
    elif sealed_before and row.at < sealed_before.head.at - LONGEST_TRANSACTION:
        report.add("backdated", row.seq, row.seq, f"事件 {row.event_id} 的时间早于上一次封存一小时以上")


def _check_tiles(completed: list[Subtree], report: Report) -> None:
    for tile in completed:
        with connection.cursor() as cursor:
            cursor.execute('SELECT hash FROM audit_tile WHERE level = %s AND "index" = %s', [tile.level, tile.index])
            row = cursor.fetchone()
        if row is None or bytes(row[0]) != tile.hash:
            first = (tile.index << tile.level) + 1
            report.add("altered", first, first - 1 + (1 << tile.level), "封存记录与分块摘要不符")


def _check_unsealed(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN)
        hidden = [row[0] for row in cursor.fetchall()]
        cursor.execute(_LATE, [LIMIT_MINUTES])
        late = [row[0] for row in cursor.fetchall()]
    if hidden:
        report.add("hidden", 0, 0, f"有事件既未封存也不在等待：{hidden[:5]}")
    if late:
        report.add("late", 0, 0, f"有事件等待封存超过 {LIMIT_MINUTES} 分钟：{late[:5]}")
