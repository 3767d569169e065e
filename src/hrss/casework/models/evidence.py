"""Drafts, materials and one-time notices: what people type and hand in, and what they were asked to put right."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Draft(models.Model):
    """A form as typed, kept until submitted. Seen only by who typed it and the one it is for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item_code = models.CharField(max_length=8)
    item_version = models.ForeignKey("casework.ItemVersion", models.PROTECT, related_name="drafts")
    region_code = models.CharField(max_length=12, db_collation="C")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="drafts")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="drafts")
    agent_person_id = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    materials = models.JSONField(default=dict)
    step = models.PositiveSmallIntegerField("填到第几页", default=0)
    submitted_case = models.UUIDField(null=True)
    bundle_member = models.UUIDField("一件事成员", null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "草稿"
        indexes = [models.Index(F("person"), F("updated_at").desc(), name="casework_draft_person")]


class Material(models.Model):
    """One proof of a case: asked from another department, from the e-file bag, uploaded, promised or deferred."""

    class How(models.TextChoices):
        """How the proof came."""

        EXCHANGE = "exchange", "共享核验"
        BAG = "bag", "电子档案"
        UPLOAD = "upload", "上传"
        PROMISE = "promise", "告知承诺"
        DEFER = "defer", "容缺后补"

    class State(models.TextChoices):
        """How sure it is."""

        PROVEN = "proven", "已核实"
        GIVEN = "given", "已提交"
        PROMISED = "promised", "已承诺，待核验"
        DEFERRED = "deferred", "容缺，待补交"
        PENDING = "pending", "正在核验"
        BROKEN = "broken", "承诺不实"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="materials")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    how = models.CharField(max_length=8, choices=How.choices)
    state = models.CharField(max_length=8, choices=State.choices)
    source = models.CharField("来源", max_length=80, blank=True, default="")
    file_id = models.UUIDField("文件", null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    answer = models.JSONField("核验结果", default=dict)
    as_of = models.DateField("数据日期", null=True)
    promise_text = models.TextField("承诺书", blank=True, default="")
    due_on = models.DateField("补交或核验期限", null=True)
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "材料"
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="casework_material_once")]


class Notice(models.Model):
    """A one-time notice (一次性告知): everything that must be put right, told once. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="notice")
    points = models.JSONField("需要补正的内容")
    due_on = models.DateField("补正期限", null=True)
    issued_by = models.CharField(max_length=50)
    issued_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "一次性告知"
