"""Django wiring of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """App ``api`` (no models)."""

    name = "hrss.channels.api"
    label = "api"
