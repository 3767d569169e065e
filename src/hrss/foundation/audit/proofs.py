"""Proofs: that an event is in the log, and that an older head is a beginning of a newer one.

A proof is about 20 hashes and reads a handful of tiles. It refuses events that are not sealed yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from hrss.foundation.audit.heads import SignedHead
from hrss.foundation.audit.merkle import Tree, consistent, included
from hrss.foundation.audit.sealed import Leaf, TreeHead
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Event ``seq`` with hash ``leaf`` is in the tree of ``head``: hashes from the bottom up."""

    seq: int
    leaf: bytes
    path: tuple[bytes, ...]
    head: SignedHead

    def holds(self) -> bool:
        """Check the proof against the head's root (the signature is checked by whoever holds the public key)."""
        head = self.head.head
        return included(self.leaf, position=self.seq - 1, size=head.size, proof=self.path, root=head.root)


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """The log of ``older`` is a beginning of the log of ``newer``."""

    older: SignedHead
    newer: SignedHead
    path: tuple[bytes, ...]

    def holds(self) -> bool:
        """Check the proof against both roots."""
        older, newer = self.older.head, self.newer.head
        return consistent(older=older.size, older_root=older.root, size=newer.size, root=newer.root, proof=self.path)


class StoredTiles:
    """The tree's hashes in the database."""

    def read(self, level: int, start: int, stop: int) -> list[bytes]:
        """Give the hashes ``start`` … ``stop - 1`` of a level. Raises Problem ``audit.broken`` when one is missing."""
        with connection.cursor() as cursor:
            if level == 0:
                cursor.execute("SELECT hash FROM audit_leaf WHERE seq > %s AND seq <= %s ORDER BY seq", [start, stop])
            else:
                cursor.execute(
                    'SELECT hash FROM audit_tile WHERE level = %s AND "index" >= %s AND "index" < %s ORDER BY "index"',
                    [level, start, stop],
                )
            hashes = [bytes(row[0]) for row in cursor.fetchall()]
        if len(hashes) != stop - start:
            raise Problem("audit.broken", "审计日志缺少封存记录，无法给出证明", remedy="请审计管理员核查", status=503)
        return hashes


def prove_inclusion(event_id: int) -> InclusionProof:
    """Prove that an event is in the log under the latest head. Raises Problem ``audit.not_sealed_yet`` (404)."""
    leaf = Leaf.objects.filter(event_id=event_id).first()
    head = TreeHead.objects.order_by("-number").first()
    if leaf is None or head is None or head.size < leaf.seq:
        raise Problem("audit.not_sealed_yet", "这条日志还没有封存", remedy="请一分钟后再试", status=404)
    path = Tree(StoredTiles(), head.size).inclusion(leaf.seq - 1)
    return InclusionProof(leaf.seq, bytes(leaf.hash), tuple(path), head.signed())


def prove_consistency(older_number: int, newer_number: int | None = None) -> ConsistencyProof:
    """Prove that head ``older_number`` is a beginning of a newer head (the latest when not named)."""
    older = TreeHead.objects.filter(number=older_number, size__gt=0).first()
    heads = TreeHead.objects.order_by("-number")
    newer = heads.first() if newer_number is None else heads.filter(number=newer_number).first()
    if older is None or newer is None or older.number > newer.number:
        raise Problem("audit.no_head", "没有这两个树头", remedy="请从树头列表中选择", status=404)
    path = Tree(StoredTiles(), newer.size).consistency(older.size)
    return ConsistencyProof(older.signed(), newer.signed(), tuple(path))
