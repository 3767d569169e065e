"""Django wiring of the lake: declares its jobs."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """App ``lake``: lineage of the Parquet files and the job that refreshes them."""

    name = "hrss.analytics.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs once the models are there."""
        import_module(f"{self.name}.jobs")
