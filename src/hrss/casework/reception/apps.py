"""Django wiring of reception."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """App ``reception``: tickets and sittings."""

    name = "hrss.casework.reception"
    label = "reception"
    verbose_name = "窗口接待"
    default_auto_field = "django.db.models.BigAutoField"
