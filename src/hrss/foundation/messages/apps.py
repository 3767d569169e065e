"""Django wiring of the messages app."""

from importlib import import_module

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """App ``inbox`` (Django's own app already has the label ``messages``): inbox and text messages."""

    name = "hrss.foundation.messages"
    label = "inbox"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare subscribers and jobs."""
        import_module("hrss.foundation.messages.texting")
        import_module("hrss.foundation.messages.jobs")
