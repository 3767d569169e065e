"""Django wiring of soundness."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SoundnessConfig(AppConfig):
    """App ``soundness``."""

    name = "hrss.funds.soundness"
    label = "soundness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the job."""
        import_module(f"{self.name}.jobs")
