"""What amounts of one month have in common: rule, day, place and parameter versions. A payment adds its own facts."""

from __future__ import annotations

from typing import Any

from django.db import models


class Basis(models.Model):
    """One way of calculating, kept once however many payments were calculated so; append-only.

    ``told`` is what ``rules.engine.replay`` takes, without the facts; ``versions`` are its parameter versions,
    separated by spaces.
    """

    id = models.AutoField(primary_key=True)
    versions = models.TextField("参数版本")
    told = models.JSONField("规则与参数")

    class Meta:
        verbose_name = "核算依据"

    def with_facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Give the stored explanation of an amount calculated so from these facts."""
        return {**self.told, "facts": facts}
