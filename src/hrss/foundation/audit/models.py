"""The audit event: who did or read what, about whom, in which post, why, from where."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now


class Event(models.Model):
    """One act, read or refusal. Written in the transaction of the thing it tells of; never changed afterwards.

    The table has one more column, ``day`` (the day in China), kept by the database for questions about staff.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        DONE = "done", "已办"
        READ = "read", "查看"
        REFUSED = "refused", "拒绝"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor_account = models.UUIDField(null=True)
    actor_person = models.UUIDField(null=True)
    actor_name = models.TextField(default="")
    actor_kind = models.TextField()
    post_function = models.TextField(default="")
    organisation = models.TextField(default="")
    channel = models.TextField(default="")
    action = models.TextField()
    outcome = models.TextField(choices=Outcome.choices)
    purpose = models.TextField(default="")
    subject_kind = models.TextField(default="")
    subject_id = models.TextField(default="")
    person_id = models.UUIDField(null=True)
    region_code = models.TextField(default="")
    detail = models.JSONField(default=dict)
    request_id = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["person_id", "-id"], name="audit_event_person", condition=models.Q(person_id__isnull=False)
            ),
            models.Index(fields=["actor_account", "-id"], name="audit_event_actor"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_event_subject"),
            models.Index(fields=["request_id"], name="audit_event_request"),
            GinIndex(
                KeyTransform("shown", "detail"),
                name="audit_event_shown",
                condition=models.Q(outcome="read", person_id=None),
            ),
        ]
