"""Django wiring of payables."""

from django.apps import AppConfig


class PayablesConfig(AppConfig):
    """App ``payables``."""

    name = "hrss.funds.payables"
    label = "payables"
    default_auto_field = "django.db.models.BigAutoField"
