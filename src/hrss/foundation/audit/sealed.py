"""Rows of the sealed log: leaves in gap-free order, finished tiles of the tree, signed heads.

``sealing`` writes them, ``proofs``, ``export`` and ``verification`` read them. All but the waiting list are
append-only; they hold hashes and no personal data.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.foundation.audit.heads import Head, SignedHead


class Waiting(models.Model):
    """An event that is committed and not sealed yet; a trigger writes it, the sealing takes it away."""

    event_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField(db_default=Now())


class Leaf(models.Model):
    """The place of one event in the log: ``seq`` counts from 1 without gaps."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField("audit.Event", on_delete=models.DO_NOTHING)
    hash = models.BinaryField()


class Tile(models.Model):
    """A full subtree at level 8, 16 or 24: what a proof reads instead of its leaves."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="audit_tile_place")]


class TreeHead(models.Model):
    """A signed statement of size and root; ``peaks`` is the frontier from which the next sealing goes on."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    key = models.TextField()
    algorithm = models.TextField()
    signature = models.BinaryField()
    peaks = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["size", "number"], name="audit_head_size")]

    def signed(self) -> SignedHead:
        """Give the head as a value."""
        head = Head(
            number=self.number,
            at=self.at,
            size=self.size,
            root=bytes(self.root),
            previous=bytes(self.previous),
            key=self.key,
            algorithm=self.algorithm,
        )
        return SignedHead(head, bytes(self.signature))
