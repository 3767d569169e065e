"""Django wiring of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """App ``ledger``."""

    name = "hrss.funds.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
