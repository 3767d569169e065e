"""Django wiring of indicators."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """App ``indicators``: definitions, measurements, review and release."""

    name = "hrss.oversight.indicators"
    label = "indicators"
    verbose_name = "指标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs and publish the datasets once the models are there."""
        import_module(f"{self.name}.wiring").wire()
