"""Django wiring of the organisations app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """App ``organisations``: employers, agencies, training bodies, service points."""

    name = "hrss.foundation.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
