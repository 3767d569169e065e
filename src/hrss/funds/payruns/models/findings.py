"""What the checks before a run found, and who confirmed what needs a further pair of eyes."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.funds.payables.models import Payment
from hrss.funds.payruns.models.runs import Run


class Finding(models.Model):
    """One finding. Append-only. ``payment`` is None for a finding about the run as a whole.

    ``block``: the payment was held out; ``confirm``: somebody outside the three posts must confirm before approval;
    ``alert``: for internal control, nothing waits for it.
    """

    class Kind(models.TextChoices):
        """What it stops."""

        BLOCK = "block", "挡下"
        CONFIRM = "confirm", "另行确认"
        ALERT = "alert", "提示"

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="findings")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+")
    rule = models.CharField("检查", max_length=4)
    code = models.CharField("情形", max_length=30)
    kind = models.CharField("级别", max_length=8, choices=Kind.choices)
    facts = models.JSONField("依据", default=dict)

    class Meta:
        verbose_name = "发放前检查"
        indexes = [models.Index(fields=["run", "kind", "rule", "id"], name="payruns_finding_run")]


class Confirmation(models.Model):
    """An inspector's confirmation of everything a run needs confirmed (F03, F04, F13), by a person outside the three.

    ``meeting`` is the record of the collective review where a one-off over the limit is among it (F13). Append-only,
    one a run, stamped by the database.
    """

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="confirmation")
    count = models.IntegerField("事项数")
    opinion = models.CharField("意见", max_length=500)
    meeting = models.CharField("集体会审记录", max_length=2000, blank=True, default="")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_constraint=False)
    name = models.CharField("确认人", max_length=50)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "检查确认"


class Difference(models.Model):
    """A paid amount that its stored facts do not bear out (I9), in fen; gone when the payment no longer has it."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="+")
    stored = models.BigIntegerField("发放的金额（分）")
    found = models.BigIntegerField("重新算出的金额（分）")
    stored_part = models.BigIntegerField("发放时另列科目（分）", default=0, db_default=0)
    found_part = models.BigIntegerField("重新算出另列科目（分）", default=0, db_default=0)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "重算差异"
