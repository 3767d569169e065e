"""Django wiring of the outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """App ``outbox``: idempotency keys and announced messages."""

    name = "hrss.foundation.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
