"""Django wiring of the demo county."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register
from hrss.oversight.indicators.sample import told_by


class DemoConfig(AppConfig):
    """App ``demo``: the synthetic county."""

    name = "hrss.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Publish the stand-ins of datasets nobody publishes yet; tell what share of the county is here."""
        register(*import_module(f"{self.name}.datasets").DATASETS)
        told_by(import_module(f"{self.name}.share").loaded_share)
