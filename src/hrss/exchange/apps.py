"""Django wiring of exchange: fills the catalogue from the packs and registers what exchange itself answers and does."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class ExchangeConfig(AppConfig):
    """App ``exchange``."""

    name = "hrss.exchange"
    label = "exchange"
    verbose_name = "共享协同"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the questions; a wrong question file stops the start with file and line."""
        import_module(f"{self.name}.wiring").wire(Path(settings.HRSS_PACKS))
