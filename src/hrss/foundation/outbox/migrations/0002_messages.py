"""Announced messages and their deliveries: anybody may announce, only the system reads and delivers."""

import django.db.models
import django.db.models.functions
from django.db import migrations

RULES = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_announce ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY {table}_deliver ON {table} USING (hrss_kind() = 'system');
"""
UNDO = """
DROP POLICY {table}_deliver ON {table};
DROP POLICY {table}_announce ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
TABLES = ("outbox_message", "outbox_delivery")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_idempotency")]
    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", django.db.models.UUIDField(primary_key=True, serialize=False)),
                ("topic", django.db.models.TextField()),
                ("payload", django.db.models.JSONField()),
                ("at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
            options={"indexes": [django.db.models.Index(fields=["at"], name="outbox_message_at")]},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", django.db.models.UUIDField(primary_key=True, serialize=False)),
                ("subscriber", django.db.models.TextField()),
                (
                    "state",
                    django.db.models.TextField(
                        choices=[("waiting", "待送达"), ("done", "已送达"), ("parked", "已搁置")], db_default="waiting"
                    ),
                ),
                ("attempts", django.db.models.IntegerField(db_default=0)),
                ("due_at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
                ("done_at", django.db.models.DateTimeField(null=True)),
                ("error", django.db.models.TextField(db_default="")),
                (
                    "message",
                    django.db.models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="outbox.message"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.db.models.Index(
                        condition=django.db.models.Q(("state", "waiting")),
                        fields=["due_at", "id"],
                        name="outbox_delivery_due",
                    )
                ],
                "constraints": [
                    django.db.models.UniqueConstraint(fields=("message", "subscriber"), name="outbox_delivery_once")
                ],
            },
        ),
        *(migrations.RunSQL(RULES.format(table=table), UNDO.format(table=table)) for table in TABLES),
    ]
