"""Django wiring of the files app."""

from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """App ``files``: uploads and their store."""

    name = "hrss.foundation.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs."""
        import_module("hrss.foundation.files.jobs")
