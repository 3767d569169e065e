"""Django wiring of casework."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class CaseworkConfig(AppConfig):
    """App ``casework``: items, intake, cases, steps, clocks, documents."""

    name = "hrss.casework"
    label = "casework"
    verbose_name = "综合受理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs and publish the datasets once the models are there."""
        import_module(f"{self.name}.jobs")
        register(*import_module(f"{self.name}.datasets").DATASETS)
