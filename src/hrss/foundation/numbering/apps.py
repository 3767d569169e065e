"""Django wiring of the numbering app (it has SQL functions and no models)."""

from importlib import import_module

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    """App ``numbering``: business numbers."""

    name = "hrss.foundation.numbering"
    label = "numbering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs."""
        import_module("hrss.foundation.numbering.jobs")
