"""Django wiring of the regions app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """App ``regions``: divisions and their names."""

    name = "hrss.foundation.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"
