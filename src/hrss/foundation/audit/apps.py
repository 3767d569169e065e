"""Django wiring of the audit app."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """App ``audit``: events and their sealing."""

    name = "hrss.foundation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Know the rows of the sealed log too; they have a module of their own."""
        super().import_models()
        import_module("hrss.foundation.audit.sealed")
