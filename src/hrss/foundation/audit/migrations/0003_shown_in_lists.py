"""Whom a list showed can be found by person."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q
from django.db.models.fields.json import KeyTransform


class Migration(migrations.Migration):
    """A GIN index over the persons named in events of lists; other events are not in it."""

    dependencies = [("audit", "0002_sealing")]

    operations = [
        migrations.AddIndex(
            "event",
            GinIndex(
                KeyTransform("shown", "detail"), condition=Q(outcome="read", person_id=None), name="audit_event_shown"
            ),
        ),
    ]
