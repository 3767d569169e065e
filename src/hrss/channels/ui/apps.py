"""App of the design system: it only makes the static files known."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Wiring of ``hrss.channels.ui``; it has no models."""

    name = "hrss.channels.ui"
    label = "ui"
    verbose_name = "界面组件"
