"""What was done to a case, by whom, in which post. Append-only; a trigger checks each row and moves the case."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Action(models.Model):
    """One act. ``from_state``, ``post``, ``ordinal`` and the acting person are stamped by the database."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="actions")
    ordinal = models.PositiveIntegerField("序号", default=0)
    at = models.DateTimeField("时间", db_default=Now())
    verb = models.CharField("动作", max_length=20)
    from_state = models.CharField(max_length=12, blank=True, default="")
    to_state = models.CharField(max_length=12)
    function = models.CharField("岗位职能", max_length=16)
    post = models.CharField("岗位", max_length=8, blank=True, default="")
    actor_kind = models.CharField(max_length=8)
    actor_account = models.UUIDField(null=True)
    actor_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_constraint=False)
    actor_name = models.CharField("办理人", max_length=50, blank=True, default="")
    channel = models.CharField(max_length=12, blank=True, default="")
    note = models.TextField("意见", blank=True, default="")
    detail = models.JSONField(default=dict)
    key = models.CharField("提交编号", max_length=255, null=True, unique=True)  # noqa: DJ001 - unique where given

    class Meta:
        verbose_name = "办理动作"
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="casework_action_ordinal"),
        ]


class ConflictDeclaration(models.Model):
    """A clerk's declared relative or interest (利益冲突登记): neither may act on the other's case."""

    class Relation(models.TextChoices):
        """What binds the two."""

        RELATIVE = "relative", "近亲属"
        INTEREST = "interest", "利害关系"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="conflicts")
    other_person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="conflicted", db_constraint=False
    )
    other_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="conflicted", db_constraint=False
    )
    relation = models.CharField(max_length=10, choices=Relation.choices)
    region_code = models.CharField(max_length=12, db_collation="C")
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True)

    class Meta:
        verbose_name = "回避登记"
        constraints = [
            models.CheckConstraint(
                name="casework_conflict_not_self",
                condition=Q(other_person=None) | ~Q(other_person=F("person")),
            ),
            models.CheckConstraint(
                name="casework_conflict_one_side",
                condition=Q(other_person__isnull=False) ^ Q(other_organisation__isnull=False),
            ),
        ]


class Opinion(models.Model):
    """A question to another post or place while a case is handled (joint handling), and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="opinions")
    function = models.CharField("征求岗位", max_length=16)
    region_code = models.CharField("征求单位所在地", max_length=12, db_collation="C")
    question = models.TextField("问题")
    asked_by = models.CharField(max_length=50)
    asked_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField(null=True)
    answer = models.TextField("意见", blank=True, default="")
    agrees = models.BooleanField(null=True)
    answered_by = models.CharField(max_length=50, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "会办意见"
