"""Django wiring of the jobs app."""

from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """App ``jobs``: the queue, its periodic table and its board."""

    name = "hrss.foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the house's own jobs."""
        import_module("hrss.foundation.jobs.house")
