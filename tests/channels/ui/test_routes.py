"""Routes of the design system."""

from __future__ import annotations

from hrss.channels.ui import views
from hrss.channels.ui.routes import ROUTES


def test_routes_lead_to_views() -> None:
    for route in ROUTES:
        assert callable(getattr(views, route.view.rpartition(".")[2]))
