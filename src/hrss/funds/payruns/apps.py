"""Django wiring of the pay runs: their jobs."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class PayrunsConfig(AppConfig):
    """App ``payruns``."""

    name = "hrss.funds.payruns"
    label = "payruns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare jobs and invariants once the models are there."""
        import_module(f"{self.name}.jobs")
        import_module(f"{self.name}.wiring").wire()
        register(*import_module(f"{self.name}.datasets").DATASETS)
