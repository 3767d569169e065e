"""Routes of the design system."""

from __future__ import annotations

from hrss.foundation.access.routes import Route

ROUTES: tuple[Route, ...] = (
    Route(
        path="elder/<str:state>/",
        view="hrss.channels.ui.views.elder",
        name="ui.elder",
        audience=frozenset({"anyone"}),
        scope="none",
        label="L1",
        audit="none",
        rate="page",
        title="切换长辈版",
    ),
    Route(
        path="gallery/",
        view="hrss.channels.ui.views.gallery",
        name="ui.gallery",
        audience=frozenset({"anyone"}),
        scope="none",
        label="L1",
        audit="none",
        rate="page",
        title="界面组件",
    ),
    Route(
        path="gallery/<str:shell>/",
        view="hrss.channels.ui.views.gallery",
        name="ui.gallery_shell",
        audience=frozenset({"anyone"}),
        scope="none",
        label="L1",
        audit="none",
        rate="page",
        title="界面组件（各端）",
    ),
)
