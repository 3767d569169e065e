"""Django wiring of the access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """App ``access``: posts, grants, routes, purposes."""

    name = "hrss.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
