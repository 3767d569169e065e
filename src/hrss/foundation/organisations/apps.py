"""Django wiring of the organisations app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class OrganisationsConfig(AppConfig):
    """App ``organisations``: employers, agencies, training bodies, service points."""

    name = "hrss.foundation.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Publish the datasets."""
        register(*import_module(f"{self.name}.datasets").DATASETS)
