"""Signatures on money: append-only, stamped by the database."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Step(models.TextChoices):
    """The three posts of a money matter (经办 → 复核 → 审批), in order."""

    MADE = "made", "经办"
    REVIEWED = "reviewed", "复核"
    APPROVED = "approved", "审批"


class Signature(models.Model):
    """One natural person's name to one step. ``person``, ``account`` and ``at`` are stamped by a trigger."""

    id = models.BigAutoField(primary_key=True)
    source = models.TextField("业务来源")
    reference = models.TextField("业务编号")
    step = models.TextField("环节", choices=Step.choices)
    digest = models.TextField("所签内容摘要")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_constraint=False)
    account = models.UUIDField("账号")
    name = models.TextField("姓名")
    at = models.DateTimeField("时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "资金签名"
        constraints = [
            models.UniqueConstraint(fields=["source", "reference", "step"], name="signing_step_once"),
            models.UniqueConstraint(fields=["source", "reference", "person"], name="signing_three_persons"),
        ]
