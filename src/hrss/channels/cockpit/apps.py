"""Django wiring of the cockpit."""

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    """App ``cockpit`` (no models)."""

    name = "hrss.channels.cockpit"
    label = "cockpit"
