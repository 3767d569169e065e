"""Django wiring of the demo county."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """App ``demo``: the synthetic county."""

    name = "hrss.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
