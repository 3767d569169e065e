"""What became of jobs: a row for each attempt, kept thirty days, without personal data."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class JobRun(models.Model):
    """One attempt at one job. At most one attempt of a job is ``done``: the database says so."""

    class State(models.TextChoices):
        """How the attempt stands."""

        RUNNING = "running", "运行中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"
        LOST = "lost", "中断"

    id = models.BigAutoField(primary_key=True)
    job_id = models.BigIntegerField()
    name = models.TextField()
    attempt = models.IntegerField()
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["name", "-started_at"], name="jobs_run_name"),
            models.Index(fields=["job_id"], name="jobs_run_job"),
            models.Index(fields=["started_at"], name="jobs_run_started"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job_id"], condition=models.Q(state="done"), name="jobs_run_done_once"),
        ]
