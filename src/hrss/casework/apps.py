"""Django wiring of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """App ``casework``: items, intake, cases, steps, clocks, documents."""

    name = "hrss.casework"
    label = "casework"
    verbose_name = "综合受理"
    default_auto_field = "django.db.models.BigAutoField"
