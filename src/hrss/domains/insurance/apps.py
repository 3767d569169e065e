"""Django wiring of the insurance domain: registers its handlers, answers, benefits and jobs."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    """App ``insurance``."""

    name = "hrss.domains.insurance"
    label = "insurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire the domain once its models are there."""
        import_module(f"{self.name}.wiring").wire()
