"""Django wiring of the audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """App ``audit``: events and their sealing."""

    name = "hrss.foundation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
