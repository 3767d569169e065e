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
