"""Django wiring of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """App ``people``: persons and what belongs to them."""

    name = "hrss.foundation.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
