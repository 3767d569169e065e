"""Django wiring of changed parameters."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from hrss.rules.engine.loading import keep_local


class ParametersConfig(AppConfig):
    """App ``parameters``: values of the county beside those that are published with the platform."""

    name = "hrss.oversight.parameters"
    label = "parameters"
    verbose_name = "县级参数"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rules where the county's own values stand."""
        keep_local(settings.HRSS_HOME / "parameters" / "county.yaml")
