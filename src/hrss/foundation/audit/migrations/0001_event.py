"""The event table: append-only, read by the person concerned, by scope and by the system."""

from __future__ import annotations

import django.db.models
import django.db.models.functions
from django.db import migrations

from hrss.foundation.scope.policies import IS_SYSTEM, append_only

RULES = f"""
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_event_write ON audit_event FOR INSERT WITH CHECK (true);
CREATE POLICY audit_event_read ON audit_event FOR SELECT
  USING ({IS_SYSTEM} OR hrss_is_self(person_id) OR hrss_in_scope(region_code));
"""
UNDO = """
DROP POLICY audit_event_read ON audit_event;
DROP POLICY audit_event_write ON audit_event;
ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions")]
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", django.db.models.BigAutoField(primary_key=True, serialize=False)),
                ("at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now(), editable=False)),
                ("actor_account", django.db.models.UUIDField(null=True)),
                ("actor_person", django.db.models.UUIDField(null=True)),
                ("actor_name", django.db.models.TextField(default="")),
                ("actor_kind", django.db.models.TextField()),
                ("post_function", django.db.models.TextField(default="")),
                ("organisation", django.db.models.TextField(default="")),
                ("channel", django.db.models.TextField(default="")),
                ("action", django.db.models.TextField()),
                (
                    "outcome",
                    django.db.models.TextField(choices=[("done", "已办"), ("read", "查看"), ("refused", "拒绝")]),
                ),
                ("purpose", django.db.models.TextField(default="")),
                ("subject_kind", django.db.models.TextField(default="")),
                ("subject_id", django.db.models.TextField(default="")),
                ("person_id", django.db.models.UUIDField(null=True)),
                ("region_code", django.db.models.TextField(default="")),
                ("detail", django.db.models.JSONField(default=dict)),
                ("request_id", django.db.models.TextField(default="")),
            ],
            options={
                "indexes": [
                    django.db.models.Index(
                        condition=django.db.models.Q(("person_id__isnull", False)),
                        fields=["person_id", "-id"],
                        name="audit_event_person",
                    ),
                    django.db.models.Index(fields=["actor_account", "-id"], name="audit_event_actor"),
                    django.db.models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_event_subject"),
                    django.db.models.Index(fields=["request_id"], name="audit_event_request"),
                ],
            },
        ),
        migrations.RunSQL(RULES, UNDO),
        append_only("audit_event"),
    ]
