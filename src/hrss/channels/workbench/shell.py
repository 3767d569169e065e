"""The frame of every page of the workbench: where this member of staff may go, and the list they came from.

A place nobody may enter is not shown; the table of routes decides, here as at the gate.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.http import HttpResponse

from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.places import short_place
from hrss.channels.ui.render import framed_page, page
from hrss.channels.ui.request import Request
from hrss.foundation.access.routes import COUNTY_DIGITS, find, may_enter
from hrss.foundation.regions.queries import children_of, full_name, refresh
from hrss.kernel.actor import Actor
from hrss.kernel.bounded import Bounded

PLACES = (
    ("待办", "workbench.inbox", "inbox"),
    ("期限", "workbench.due", "calendar-due"),
    ("跟进", "workbench.follow_ups", "checks"),
    ("找件", "workbench.find", "search"),
    ("找人", "workbench.people", "users"),
    ("窗口", "counter.desk", "building"),
    ("指标", "workbench.indicators", "chart-bar"),
    ("预警", "workbench.alerts", "alert-triangle"),
    ("计划", "workbench.plan", "list-check"),
    ("岗位", "workbench.posts", "shield-check"),
    ("账号", "workbench.accounts", "lock"),
    ("日志", "workbench.log", "history"),
    ("运行", "workbench.ops", "settings"),
    ("地图", "workbench.map", "map-pin"),
    ("参数", "workbench.parameters", "writing"),
)
FUND_PLACES = (
    ("待遇发放", "workbench.runs", "coin"),
    ("账簿", "workbench.funds", "book"),
    ("记账申请", "workbench.proposals", "writing"),
    ("对账", "workbench.reconciliation", "scale"),
    ("多发追回", "workbench.debts", "receipt"),
)
LIST = "workbench_list"
# By all that decides who may enter: kind, posts, scopes.
_PLACES: Bounded[Hashable, tuple[tuple[str, str, str], ...]] = Bounded(1024)


def work_page(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page with the navigation of this actor."""
    actor = request.actor
    return page(
        request,
        template,
        status=status,
        places=places_of(actor),
        fund_places=places_of(actor, FUND_PLACES),
        post_words=post_words(actor),
        **context,
    )


def read_page(request: Request, template: str, **context: Any) -> HttpResponse:
    """Draw a page that has read everything it shows, in its kept frame.

    Its template fills title and content only and asks the database nothing.
    """
    actor = request.actor
    refresh()
    places, fund_places, post = places_of(actor), places_of(actor, FUND_PLACES), post_words(actor)
    return framed_page(
        request,
        template,
        "workbench/frame.html",
        menus=(places, fund_places),
        beside=(actor.name, post),
        places=places,
        fund_places=fund_places,
        post_words=post,
        **context,
    )


def places_of(actor: Actor, places: tuple[tuple[str, str, str], ...] = PLACES) -> tuple[tuple[str, str, str], ...]:
    """Give the places the actor may enter: words, address, icon."""
    key = (actor.kind, actor.account, actor.posts, actor.scopes, places)
    found = _PLACES.get(key)
    if found is None:
        found = _PLACES[key] = _places_of(actor, places)
    return found


def _places_of(actor: Actor, places: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((words, reverse(name), icon) for words, name, icon in places if may_open(actor, name))


def post_words(actor: Actor) -> str:
    """Give the actor's first post in words: function and body."""
    if not actor.posts:
        return ""
    first = actor.posts[0]
    function = shown_as.FUNCTION_WORDS.get(first.function.value, first.function.value)
    return f"{first.organisation}　{function}".strip("　")


def place_words(code: str) -> str:
    """Give a place as people of the county say it: ``白帝镇大湾村``; the county itself in full."""
    county, name = full_name(code[:6]), full_name(code)
    return short_place(name.removeprefix(county)) or county


def townships_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Give code and name of the townships an officer of the whole county may choose from; nobody else has a choice."""
    county = next((code for code in actor.regions if len(code) <= COUNTY_DIGITS), "")
    return tuple((node.code, node.name) for node in children_of(county)) if county else ()


def remember_list(request: Request) -> None:
    """Keep the address of a list, so that a case leads back to the same place in it."""
    here = request.get_full_path()
    if request.session.get(LIST) != here:
        request.session[LIST] = here


def list_address(request: Request) -> str:
    """Give the list the officer came from, the inbox where there is none."""
    return str(request.session.get(LIST) or reverse("workbench.inbox"))


def may_open(actor: Actor, name: str) -> bool:
    """Tell whether the actor may enter a page, by the table of routes."""
    route = find(name)
    return route is not None and may_enter(actor, route) is None
