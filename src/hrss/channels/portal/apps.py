"""Django wiring of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """App ``portal`` (no models)."""

    name = "hrss.channels.portal"
    label = "portal"
