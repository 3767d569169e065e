"""Ratings (好差评): five grades once a case; a bad one opens a task of fifteen working days with a call-back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Rating(models.Model):
    """What the applicant thought: 5 非常满意 … 1 非常不满意. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    aspects = models.JSONField(default=dict)
    comment = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=12, blank=True, default="")
    rated_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "评价"
        constraints = [
            models.CheckConstraint(name="casework_rating_grade", condition=Q(stars__gte=1, stars__lte=5)),
        ]


class RatingTask(models.Model):
    """Rectification of a bad rating: reply and call-back within fifteen working days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="rating_task")
    due_on = models.DateField()
    trace = models.JSONField(default=list)
    reply = models.TextField(blank=True, default="")
    called_back = models.BooleanField(default=False)
    satisfied = models.BooleanField(null=True)
    answered_by = models.CharField(max_length=50, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "差评整改"
        indexes = [models.Index(fields=["due_on"], name="casework_ratingtask_open", condition=Q(answered_at=None))]
