"""Django wiring of monitoring."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class MonitoringConfig(AppConfig):
    """App ``monitoring``: rules, alerts, measures and their effect."""

    name = "hrss.oversight.monitoring"
    label = "monitoring"
    verbose_name = "监控"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs and publish the datasets once the models are there."""
        import_module(f"{self.name}.jobs")
        register(*import_module(f"{self.name}.datasets").DATASETS)
