"""Django wiring of the scope app (it has SQL functions and no models)."""

from django.apps import AppConfig


class ScopeConfig(AppConfig):
    """App ``scope``: the SQL functions that row-level security policies call."""

    name = "hrss.foundation.scope"
    label = "scope"
    default_auto_field = "django.db.models.BigAutoField"
