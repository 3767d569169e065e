"""Django wiring of banking."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """App ``banking``."""

    name = "hrss.funds.banking"
    label = "banking"
    default_auto_field = "django.db.models.BigAutoField"
