"""The one row that says which county is in the database and whether it is whole."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Load(models.Model):
    """One loading: asked scale, seed and day; ``finished_at`` is empty while it runs or when it was cut off."""

    id = models.BigAutoField(primary_key=True)
    scale = models.FloatField("比例")
    seed = models.IntegerField("种子")
    today = models.DateField("基准日")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True)
    tables = models.JSONField("表和行数", default=dict)
    report = models.JSONField("目标和结果", default=list)

    class Meta:
        verbose_name = "示范数据"
