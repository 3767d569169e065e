"""Django wiring of the counter."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """App ``counter`` (its tables are ``casework.reception``'s)."""

    name = "hrss.channels.counter"
    label = "counter"
