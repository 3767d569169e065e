"""Django wiring of the people app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class PeopleConfig(AppConfig):
    """App ``people``: persons and what belongs to them."""

    name = "hrss.foundation.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Publish the datasets."""
        register(*import_module(f"{self.name}.datasets").DATASETS)
