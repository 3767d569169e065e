"""Django wiring of the access app."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """App ``access``: posts, grants, routes, purposes."""

    name = "hrss.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs."""
        import_module("hrss.foundation.access.jobs")
