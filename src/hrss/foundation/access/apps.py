"""Django wiring of the access app."""

from importlib import import_module

from django.apps import AppConfig

from hrss.foundation.datasets import register


class AccessConfig(AppConfig):
    """App ``access``: posts, grants, routes, purposes."""

    name = "hrss.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Publish the datasets and declare the jobs."""
        register(*import_module(f"{self.name}.datasets").DATASETS)
        import_module("hrss.foundation.access.jobs")
