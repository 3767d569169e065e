"""Papers issued without a case: the decision of a fund about a debt, whatever else the house puts its name to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Paper(models.Model):
    """A PDF to ``person`` that no case issued.

    ``source`` and ``reference`` name what it is about, ``rows`` is what a verifier sees. One paper of a (source,
    reference) is in force at a time. Only the ending may be written later, once: the day from which it is no longer
    in force, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField("来源", max_length=40)
    reference = models.UUIDField("所指")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    name = models.CharField(max_length=80)
    number = models.CharField("文号", max_length=40)
    code = models.CharField("核验码", max_length=32, unique=True)
    topic = models.CharField("事项", max_length=120)
    subject = models.CharField("收件人", max_length=100)
    authority = models.CharField("发文单位", max_length=100)
    rows = models.JSONField("核验内容", default=list)
    file_id = models.UUIDField("文件")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField(db_default=Now())
    ended_on = models.DateField("失效日期", null=True)
    ended_why = models.CharField("失效原因", max_length=120, blank=True, default="")

    class Meta:
        verbose_name = "单独文书"
        indexes = [models.Index(fields=["source", "reference"], name="casework_paper_of")]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="casework_paper_number"),
            models.UniqueConstraint(
                fields=["source", "reference"], condition=Q(ended_on=None), name="casework_paper_one_in_force"
            ),
            models.CheckConstraint(
                name="casework_paper_ending",
                condition=Q(ended_on=None, ended_why="") | Q(ended_on__isnull=False) & ~Q(ended_why=""),
            ),
        ]
