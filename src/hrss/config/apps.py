"""Django wiring of the config app: management commands only."""

from django.apps import AppConfig


class HrssConfig(AppConfig):
    """App ``config``: the commands ``prepare`` and ``worker``."""

    name = "hrss.config"
    label = "config"
