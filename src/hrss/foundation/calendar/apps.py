"""Django wiring of the calendar app."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """App ``calendar``: working days and their changes."""

    name = "hrss.foundation.calendar"
    label = "calendar"
    default_auto_field = "django.db.models.BigAutoField"
