"""Who needs help and what was offered: hardship, families without a job, graduates without a job, services offered."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class HardshipRecognition(models.Model):
    """A person recognised as hard to employ (就业促进法第五十二条), with the category and until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    category = models.TextField()
    recognised_on = models.DateField()
    valid_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(default="")
    case_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_on__isnull=True),
                name="employment_one_open_hardship",
                violation_error_message="这个人已经认定为就业困难人员",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "recognised_on"], name="employment_hardship_region")]


class ZeroEmploymentFamily(models.Model):
    """A family in which nobody of working age works (就业促进法第五十六条); cleared when one has a job."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    head = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    members = models.JSONField(default=list)
    recognised_on = models.DateField()
    cleared_on = models.DateField(null=True)
    cleared_by = models.TextField(default="")
    case_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["head"],
                condition=models.Q(cleared_on__isnull=True),
                name="employment_one_open_family",
                violation_error_message="这个家庭已经认定为零就业家庭",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "recognised_on"], name="employment_family_region")]


class Graduate(models.Model):
    """A graduate of the county without a job, by real name (未就业高校毕业生实名制)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    school = models.TextField(default="")
    graduated_on = models.DateField()
    listed_on = models.DateField()
    contacted_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    settled_how = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["region_code", "graduated_on"], name="employment_graduate_region")]


class ServiceOffer(models.Model):
    """A job, course or counselling offered to a person, and what became of it."""

    class Kind(models.TextChoices):
        """What was offered."""

        JOB = "job", "推荐岗位"
        TRAINING = "training", "职业培训"
        COUNSEL = "counsel", "职业指导"
        PUBLIC_POST = "public_post", "公益性岗位"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    offered_on = models.DateField()
    text = models.TextField()
    accepted = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person", "-offered_on"], name="employment_offer_person")]
