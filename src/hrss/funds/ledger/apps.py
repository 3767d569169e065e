"""Django wiring of the ledger."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """App ``ledger``."""

    name = "hrss.funds.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the invariants once the models are there."""
        import_module(f"{self.name}.wiring").wire()
