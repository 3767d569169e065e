"""Django wiring of the employment domain: registers its handlers, answers and jobs."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class EmploymentConfig(AppConfig):
    """App ``employment``."""

    name = "hrss.domains.employment"
    label = "employment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire the domain once its models are there."""
        import_module(f"{self.name}.wiring").wire()
