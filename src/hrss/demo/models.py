"""The row that says which county is in the database and whether it is whole; stand-in rows of parts to come."""

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


class Record(models.Model):
    """A stand-in row of a part that is not built yet; what the columns mean is said by its dataset."""

    id = models.UUIDField(primary_key=True, editable=False)
    dataset = models.TextField("数据集", db_collation="C")
    region_code = models.TextField("所在地", db_collation="C")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.TextField("类别", default="")
    level = models.TextField("层次", default="")
    started_on = models.DateField("起")
    ended_on = models.DateField("止", null=True)
    happened_on = models.DateField("发生", null=True)
    flag = models.BooleanField("是否", null=True)
    amount = models.BigIntegerField("金额", default=0)
    label = models.TextField("名称", default="")

    class Meta:
        verbose_name = "示范历史"
        indexes = [models.Index(fields=["dataset", "started_on"], name="demo_record_dataset")]
