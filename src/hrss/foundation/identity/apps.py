"""Django wiring of the identity app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """App ``identity``: accounts, codes, delegations."""

    name = "hrss.foundation.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
