"""Attempts at jobs."""

import django.db.models
import django.db.models.functions
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", django.db.models.BigAutoField(primary_key=True, serialize=False)),
                ("job_id", django.db.models.BigIntegerField()),
                ("name", django.db.models.TextField()),
                ("attempt", django.db.models.IntegerField()),
                (
                    "state",
                    django.db.models.TextField(
                        choices=[("running", "运行中"), ("done", "完成"), ("failed", "失败"), ("lost", "中断")],
                        default="running",
                    ),
                ),
                ("started_at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
                ("ended_at", django.db.models.DateTimeField(null=True)),
                ("error", django.db.models.TextField(default="")),
            ],
            options={
                "indexes": [
                    django.db.models.Index(fields=["name", "-started_at"], name="jobs_run_name"),
                    django.db.models.Index(fields=["job_id"], name="jobs_run_job"),
                    django.db.models.Index(fields=["started_at"], name="jobs_run_started"),
                ],
                "constraints": [
                    django.db.models.UniqueConstraint(
                        condition=django.db.models.Q(("state", "done")), fields=("job_id",), name="jobs_run_done_once"
                    )
                ],
            },
        ),
    ]
