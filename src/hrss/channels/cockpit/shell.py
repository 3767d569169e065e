"""The frame of every page of the cockpit: places to go, the month, dark or light."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.channels.cockpit.frame import COUNTY_DIGITS, Frame, months_to_choose
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.foundation.access.routes import find, may_enter
from hrss.foundation.regions.queries import path_of

PLACES = (
    ("总览", "cockpit.overview"),
    ("规划", "cockpit.plan"),
    ("就业", "cockpit.employment"),
    ("人口", "cockpit.people"),
    ("社保基金", "cockpit.insurance"),
    ("人才", "cockpit.talent"),
    ("劳动关系", "cockpit.labour"),
    ("服务", "cockpit.service"),
    ("失业预警", "cockpit.early"),
    ("预警", "cockpit.alerts"),
    ("自助分析", "cockpit.explore"),
)
THEME_COOKIE = "cockpit_theme"
DARK, LIGHT = "dark", "light"


def cockpit_page(request: Request, template: str, frame: Frame, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page in the frame of the cockpit."""
    return page(
        request,
        template,
        status=status,
        frame=frame,
        places=[(words, frame.href(name)) for words, name in PLACES if _may(request, name)],
        months=months_to_choose(),
        theme=theme_of(request),
        crumbs=_crumbs(request, frame),
        **context,
    )


def theme_of(request: Request) -> str:
    """Give the theme: what the person chose; dark, the wall's, where they did not."""
    return LIGHT if request.COOKIES.get(THEME_COOKIE) == LIGHT else DARK


def _may(request: Request, name: str) -> bool:
    route = find(name)
    return route is not None and may_enter(request.actor, route) is None


def _crumbs(request: Request, frame: Frame) -> list[tuple[str, str]]:
    """The way down to the place, for places below the county; a link only where the actor may look."""
    if len(frame.region) <= COUNTY_DIGITS:
        return []
    here = request.resolver_match.view_name if request.resolver_match else "cockpit.overview"
    args = tuple(str(value) for value in (request.resolver_match.kwargs if request.resolver_match else {}).values())
    visible = [
        node for node in path_of(frame.region) if any(node.code.startswith(own) for own in request.actor.regions)
    ]
    return [
        (node.name, frame.href(here, *args, region=node.code if len(node.code) > COUNTY_DIGITS else None))
        for node in visible
    ]
