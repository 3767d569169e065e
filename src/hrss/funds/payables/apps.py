"""Django wiring of payables."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class PayablesConfig(AppConfig):
    """App ``payables``."""

    name = "hrss.funds.payables"
    label = "payables"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Publish the datasets."""
        register(*import_module(f"{self.name}.datasets").DATASETS)
