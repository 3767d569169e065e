"""Django wiring of the boards app: declares its jobs."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """App ``boards``: cubes and the jobs that fold and check them."""

    name = "hrss.oversight.boards"
    label = "boards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs once the models are there."""
        import_module(f"{self.name}.jobs")
