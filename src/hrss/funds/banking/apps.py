"""Django wiring of banking."""

from importlib import import_module

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """App ``banking``."""

    name = "hrss.funds.banking"
    label = "banking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs once the models are there."""
        import_module(f"{self.name}.jobs")
