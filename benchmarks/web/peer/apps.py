"""The peer as an application."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    """App ``peer``."""

    name = "benchmarks.web.peer"
    label = "peer"
