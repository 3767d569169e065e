"""The ledger of questions and what is kept of answers.

An inquiry says who asked what about whom and why; its reply says what came of it. Both are append-only and readable by
the person concerned and within scope. An inquiry without a reply is still being asked.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.exchange.answer import Status
from hrss.exchange.catalogue.question import Subject


class AboutSubject(models.Model):
    """Whom a row is about; the two region codes and two ids are what row-level security looks at.

    Ids carry no foreign key: the ledger outlives merges, and a line is written before the asker's transaction ends.
    """

    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    region_code = models.CharField(max_length=12, default="", db_collation="C")
    residence_code = models.CharField(max_length=12, default="", db_collation="C")

    class Meta:
        abstract = True


class Inquiry(AboutSubject):
    """One question about one subject. ``definition`` is the digest of the catalogue entry it was asked under.

    ``refusal`` is the code of the Problem when the question was not permitted; it then went to nobody.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("提问时间", db_default=Now(), editable=False)
    batch = models.UUIDField("批次")
    question = models.CharField("问题", max_length=80)
    definition = models.CharField("目录版本", max_length=64, default="")
    basis = models.TextField("法律依据", default="")
    subject_kind = models.CharField("对象", max_length=12, choices=[(kind.value, kind.value) for kind in Subject])
    purpose = models.TextField("用途", default="")
    case_id = models.UUIDField("事项", null=True)
    refusal = models.CharField("拒绝原因", max_length=60, default="")
    actor_account = models.UUIDField(null=True)
    actor_person = models.UUIDField(null=True)
    actor_name = models.TextField(default="")
    actor_kind = models.CharField(max_length=10)
    actor_function = models.CharField(max_length=20, default="")
    actor_organisation = models.TextField(default="")
    channel = models.TextField(default="")
    request_id = models.TextField(default="")

    class Meta:
        verbose_name = "查询"
        indexes = [
            models.Index(
                fields=["person_id", "-id"], name="exchange_inquiry_person", condition=Q(person_id__isnull=False)
            ),
            models.Index(fields=["batch"], name="exchange_inquiry_batch"),
            models.Index(fields=["case_id"], name="exchange_inquiry_case", condition=Q(case_id__isnull=False)),
            models.Index(fields=["actor_account", "-id"], name="exchange_inquiry_actor"),
            BrinIndex(fields=["at"], name="exchange_inquiry_at"),
        ]


class Reply(AboutSubject):
    """What came of an inquiry; ``digest`` (keyed) lets a kept answer be matched to it without showing it."""

    id = models.BigAutoField(primary_key=True)
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, related_name="reply")
    at = models.DateTimeField("答复时间", db_default=Now(), editable=False)
    status = models.CharField("结果", max_length=8, choices=[(status.value, status.value) for status in Status])
    source = models.CharField("来源", max_length=40)
    as_of = models.DateTimeField("截至", null=True)
    is_kept = models.BooleanField("用了有效期内的答案", default=False)
    failure = models.CharField("失败类别", max_length=10, default="")
    code = models.CharField("失败原因", max_length=60, default="")
    attempts = models.SmallIntegerField("问了几次", default=1)
    took_ms = models.IntegerField("用时（毫秒）", default=0)
    digest = models.BinaryField("答案摘要", max_length=16, null=True)

    class Meta:
        verbose_name = "答复"
        indexes = [models.Index(fields=["source", "-id"], name="exchange_reply_source")]
        constraints = [
            models.CheckConstraint(
                name="exchange_reply_final",
                condition=Q(status__in=["answered", "none", "failed"]),
                violation_error_message="答复只能是有登记、没有登记或者没有问到",
            )
        ]


class KeptAnswer(AboutSubject):
    """An answer kept for its validity; ``sealed`` is its JSON, empty for "nothing on record".

    One row per distinct answer: the same answer again moves the dates, another one makes another row.
    """

    id = models.BigAutoField(primary_key=True)
    question = models.CharField("问题", max_length=80)
    definition = models.CharField("目录版本", max_length=64)
    digest = models.BinaryField("答案摘要", max_length=16)
    sealed = models.BinaryField("答案（密文）", null=True)
    source = models.CharField("来源", max_length=40)
    as_of = models.DateTimeField("截至")
    received_at = models.DateTimeField("收到时间", db_default=Now())
    valid_until = models.DateTimeField("有效期至")

    class Meta:
        verbose_name = "留存的答案"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "question", "digest", "region_code", "residence_code"],
                name="exchange_keptanswer_distinct",
            )
        ]
