"""Django wiring of signing."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """App ``signing``."""

    name = "hrss.funds.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"
