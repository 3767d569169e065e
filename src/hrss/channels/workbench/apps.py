"""Django wiring of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """App ``workbench`` (no models)."""

    name = "hrss.channels.workbench"
    label = "workbench"
