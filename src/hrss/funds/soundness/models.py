"""What the last look at each invariant found."""

from __future__ import annotations

from django.db import models


class Check(models.Model):
    """The latest look at one invariant: how many rows its view gave, by fund, with examples in words."""

    invariant = models.TextField(primary_key=True)
    checked_at = models.DateTimeField("核对时间")
    found = models.IntegerField("发现问题数")
    funds = models.JSONField("各基金问题数", default=dict)
    examples = models.JSONField("示例", default=list)
    milliseconds = models.IntegerField("用时（毫秒）")

    class Meta:
        verbose_name = "资金核对"
