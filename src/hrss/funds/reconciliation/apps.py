"""Django wiring of reconciliation."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class ReconciliationConfig(AppConfig):
    """App ``reconciliation``."""

    name = "hrss.funds.reconciliation"
    label = "reconciliation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the job."""
        import_module(f"{self.name}.jobs")
        register(*import_module(f"{self.name}.datasets").DATASETS)
