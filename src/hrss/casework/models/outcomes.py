"""Decisions, documents, effects and the archive bag: what a case led to. All append-only."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Decision(models.Model):
    """The decision of a case: once, with reasons and remedy, and the person of the last post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="decision_made")
    granted = models.BooleanField()
    reasons = models.TextField(blank=True, default="")
    facts = models.JSONField(default=dict)
    basis = models.JSONField(default=list)
    remedy = models.TextField()
    decided_by = models.CharField(max_length=50)
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "决定"


class Document(models.Model):
    """A PDF that was issued. ``code`` is what its QR leads to; ``facts`` is what a verifier may see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="documents")
    rule = models.CharField("文书代码", max_length=40)
    name = models.CharField(max_length=80)
    number = models.CharField("文号", max_length=40, unique=True)
    code = models.CharField("核验码", max_length=32, unique=True)
    file_id = models.UUIDField("文件")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "文书"
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="casework_document_once")]


class Effect(models.Model):
    """That the effect of a grant was done. The key is unique for ever: a second effect is refused."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="effects")
    key = models.CharField(max_length=200, unique=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "办理效果"


class ArchiveBag(models.Model):
    """The e-file bag of a closed case: an index of everything in it with digests."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="bag")
    index = models.JSONField()
    digest = models.CharField(max_length=64)
    archived_by = models.CharField(max_length=50)
    archived_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "电子档案袋"
