"""Keys of requests from outside."""

import django.db.models
import django.db.models.functions
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions")]
    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("key", django.db.models.TextField(primary_key=True, serialize=False)),
                ("verb", django.db.models.TextField()),
                ("actor_account", django.db.models.UUIDField(null=True)),
                ("request_digest", django.db.models.TextField()),
                ("answer", django.db.models.JSONField(null=True)),
                ("created_at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
        ),
        migrations.RunSQL("REVOKE DELETE, TRUNCATE ON outbox_idempotencykey FROM hrss_app", migrations.RunSQL.noop),
    ]
