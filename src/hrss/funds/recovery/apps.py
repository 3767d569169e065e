"""Django wiring of recovery: subscribers and invariants."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """App ``recovery``."""

    name = "hrss.funds.recovery"
    label = "recovery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare subscribers and invariants once the models are there."""
        import_module(f"{self.name}.jobs")
        import_module(f"{self.name}.wiring").wire()
