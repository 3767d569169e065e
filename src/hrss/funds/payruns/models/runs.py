"""Runs and the steps they took."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.funds.payruns.states import ENDED, State
from hrss.kernel.identifiers import uuid7


class Run(models.Model):
    """One pay run. ``digest`` is the SHA-256 of its canonical lines, computed by the database, signed by three posts.

    ``line_count`` and ``total`` (fen) are those of the frozen lines; ``held_count`` of those the checks kept out.
    ``problem`` is the last sentence a worker left when it could not go on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("批次号", max_length=30, unique=True)
    fund = models.CharField("基金", max_length=24)
    group = models.CharField("待遇组", max_length=40, db_column="run_group")
    month = models.IntegerField("所属月")
    ordinal = models.IntegerField("第几批")
    pay_on = models.DateField("发放日")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    line_count = models.IntegerField("笔数", default=0)
    total = models.BigIntegerField("金额（分）", default=0)
    held_count = models.IntegerField("暂缓笔数", default=0)
    digest = models.CharField("清单摘要", max_length=64, blank=True, default="")
    problem = models.CharField("办不下去的原因", max_length=500, blank=True, default="")
    opened_by = models.CharField("开批人", max_length=50)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "发放批次"
        indexes = [models.Index(fields=["-opened_at"], name="payruns_run_newest")]
        constraints = [
            models.UniqueConstraint(fields=["group", "month", "ordinal"], name="payruns_run_ordinal"),
            models.UniqueConstraint(
                fields=["group"],
                condition=~Q(state__in=[state.value for state in ENDED]),
                name="payruns_run_one_live",
                violation_error_message="这组待遇还有没办完的批次",
            ),
        ]


class RunStep(models.Model):
    """One transition of a run, written by the database with whoever caused it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_person = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "批次步骤"
