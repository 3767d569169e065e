"""How a person's record changed: history by trigger, high-risk changes with four signatures, merges with lineage."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class PersonHistory(models.Model):
    """What a row held before a change, written by trigger with who and when; nobody can write or change it by hand.

    ``before`` holds the changed columns only; sealed columns stay sealed.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    table_name = models.CharField(max_length=40)
    row_id = models.UUIDField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, db_constraint=False, related_name="history")
    region_code = models.CharField(max_length=12, db_collation="C")
    operation = models.CharField(max_length=6)
    before = models.JSONField()
    actor_kind = models.CharField(max_length=10)
    actor_account = models.UUIDField(null=True)
    actor_person = models.UUIDField(null=True)

    class Meta:
        verbose_name = "人员变更历史"
        indexes = [
            models.Index(fields=["table_name", "row_id", "-id"], name="people_history_row"),
        ]


class ChangeRequest(models.Model):
    """A change of grade G3: done only after handler, reviewer, inspector and approver signed (M03, M04, M10).

    ``payload`` is sealed JSON of the new values; ``evidence`` are ids of stored files (原档影像), ``meeting`` is the
    record of the collective review (集体会审).
    """

    class Kind(models.TextChoices):
        """What is to change."""

        IDENTITY = "identity", "姓名和身份号码变更"
        BIRTH = "birth", "出生日期变更"
        MERGE = "merge", "重复档案合并"

    class State(models.TextChoices):
        """Where the request stands."""

        OPEN = "open", "审批中"
        APPLIED = "applied", "已执行"
        REFUSED = "refused", "未通过"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="change_requests")
    other = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="merge_requests")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    payload = models.BinaryField("内容（密文）")
    reason = models.CharField("理由", max_length=500)
    evidence = models.JSONField("原档影像", default=list)
    meeting = models.CharField("集体会审记录", max_length=2000, blank=True, default="")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "高风险变更"
        indexes = [models.Index(fields=["state", "region_code"], name="people_changerequest_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state="open"),
                name="people_changerequest_one_open",
                violation_error_message="这个人已有一项变更正在审批",
            )
        ]


class ChangeSignature(models.Model):
    """One post's signature. One natural person signs a request once; a post signs it once."""

    class Stage(models.TextChoices):
        """Posts in the order they sign."""

        HANDLER = "handler", "经办"
        REVIEWER = "reviewer", "复核"
        INSPECTOR = "inspector", "稽核"
        APPROVER = "approver", "审批"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="signatures")
    stage = models.CharField("岗位", max_length=10, choices=Stage.choices)
    signer = models.UUIDField("签署人（自然人）")
    account = models.UUIDField("签署账号", null=True)
    region_code = models.CharField(max_length=12, db_collation="C")
    agrees = models.BooleanField("同意", default=True)
    note = models.CharField("意见", max_length=500, blank=True, default="")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "高风险变更签署"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "stage"],
                name="people_changesignature_stage_once",
                violation_error_message="这个岗位已经签署",
            ),
            models.UniqueConstraint(
                fields=["request", "signer"],
                name="people_changesignature_person_once",
                violation_error_message="同一个人不能在一项变更中签署两次",
            ),
        ]


class PersonMerge(models.Model):
    """Lineage of a merge: ``absorbed`` is another record of the person kept as ``kept``. Both histories stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey("people.Person", models.PROTECT, related_name="merges")
    absorbed = models.OneToOneField("people.Person", models.PROTECT, related_name="absorption")
    request = models.OneToOneField(ChangeRequest, models.PROTECT, related_name="merge")
    region_code = models.CharField(max_length=12, db_collation="C")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "档案合并"
