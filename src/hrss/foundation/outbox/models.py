"""Rows that make effects happen exactly once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class IdempotencyKey(models.Model):
    """One request from outside: its key, what it asked and what it was answered. Kept for the life of the case."""

    key = models.TextField(primary_key=True)
    verb = models.TextField()
    actor_account = models.UUIDField(null=True)
    request_digest = models.TextField()
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())


class Message(models.Model):
    """Something that happened, announced in the transaction in which it happened."""

    id = models.UUIDField(primary_key=True)
    topic = models.TextField()
    payload = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["at"], name="outbox_message_at")]


class Delivery(models.Model):
    """One message on its way to one subscriber."""

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", "待送达"
        DONE = "done", "已送达"
        PARKED = "parked", "已搁置"

    id = models.UUIDField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.TextField()
    state = models.TextField(choices=State.choices, db_default=State.WAITING)
    attempts = models.IntegerField(db_default=0)
    due_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    error = models.TextField(db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="outbox_delivery_due", condition=models.Q(state="waiting"))
        ]
        constraints = [models.UniqueConstraint(fields=["message", "subscriber"], name="outbox_delivery_once")]
